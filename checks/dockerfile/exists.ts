import {defineCheck, type Facts, type FileLocation} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/exists',
  title: 'the Dockerfile is where flyctl looks for it',
  why: 'flyctl joins build.dockerfile to the folder of fly.toml; at another place it finds nothing to build.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: [],
  uses: ['workflows', 'flyConfig', 'files', 'deployCommands', 'documentedImages'],
  examines: ['dockerfile'],
  *run({dockerfile, workflows, flyConfig, files, deployCommands, documentedImages = []}) {
    if (dockerfile.state === 'ok') {
      const {isAssumed, file} = dockerfile.value
      if (isAssumed && flyConfig) yield unnamed(file.path, flyConfig.file)
      return
    }
    const {problem, reason} = dockerfile
    if (!problem) return reason
    if (problem.kind !== 'missing' && problem.kind !== 'unreadable') return
    // A path of fly.toml is the same wherever flyctl runs.
    const ownFolder = problem.kind === 'missing' && flyConfig && !flyConfig.config.build?.dockerfile
    const deploys = ownFolder ? (workflows?.deploys.filter(({config}) => config === flyConfig.file) ?? []) : []
    const elsewhere = deploys.find(
      ({call: {folder}}) => files?.has(`${folder}/Dockerfile`) || files?.has(`${folder}/dockerfile`),
    )
    const here = deploys.filter(({call: {folder}}) => folder === '.').map(({call}) => call.at)
    if (elsewhere && here.length === 0) {
      const {folder, at} = elsewhere.call
      yield {
        ...problem,
        message: `flyctl finds nothing to build when it runs here: the Dockerfile is in ${folder}, where ${at.file} runs it`,
        severity: 'warning',
        related: [at],
        hint: `Run preflight and flyctl in ${folder}, too.`,
      }
      return
    }
    const deploysOther = ({at}: {at: FileLocation}) =>
      (workflows?.deploys ?? []).some(
        ({config, call}) => config !== flyConfig?.file && call.at.file === at.file && call.at.line === at.line,
      )
    // A deploy that copies fly.toml to this folder before finds it by the same path.
    const copied = flyConfig && deployCommands?.laidAt('fly.toml') === flyConfig.file
    if (copied && files?.has(`${flyConfig.config.build?.dockerfile}`.replace(/^\.\//, ''))) {
      yield {
        ...problem,
        message: `${problem.message}; it is found where the deploy of the project copies ${flyConfig.file} first`,
        severity: 'info',
      }
      return
    }
    // The image of such a database is Fly.io's own, and its configuration is saved for other commands than flyctl deploy.
    if (ownFolder && isFlyPostgres(flyConfig) && deployCommands?.commands.every(deploysOther)) {
      yield {
        ...problem,
        message:
          'flyctl deploy finds nothing to build here: this is the configuration of a database that flyctl postgres made',
        severity: 'warning',
        hint: 'Update its image with flyctl image update.',
      }
      return
    }
    // Who deploys by hand from here is likely to pass the one beside fly.toml.
    const beside = ownFolder ? flyConfig.file.replace(/[^/]*$/, 'Dockerfile') : ''
    if (files?.has(beside) && deployCommands?.commands.length === 0) {
      yield {...problem, ...unnamed(beside, flyConfig?.file ?? '')}
    } else if (ownFolder && here.length === 0 && isReady(workflows?.deploys ?? [])) {
      yield {
        ...problem,
        message: 'flyctl finds nothing to build here without --image, as the workflows hand it over for the other apps',
        severity: 'warning',
      }
    } else if (ownFolder && here.length === 0 && documentedImages[0]) {
      yield {
        ...problem,
        message: `flyctl finds nothing to build here without --image, as ${documentedImages[0].file} hands it over`,
        severity: 'warning',
        related: [documentedImages[0]],
        hint: 'Give preflight the same one: --image IMAGE. Or name it in build.image.',
      }
    } else yield here.length > 0 ? {...problem, related: here} : problem
  },
})

/** A Dockerfile beside fly.toml that flyctl does not find by itself, and whoever deploys by hand is likely to pass. */
const unnamed = (dockerfile: string, config: string) => ({
  message: `flyctl finds nothing to build when it runs here without --dockerfile ${dockerfile}`,
  at: {file: config},
  severity: 'warning' as const,
  hint: `Name it in ${config}, relative to that file: [build] dockerfile = "${dockerfile.replace(/^.*\//, '')}". Or pass it each time, to preflight as to flyctl: --dockerfile ${dockerfile}`,
})

/** Every deploy of the project takes an image that is made before: one of this app by hand is likely to do so, too. */
const isReady = (deploys: Facts['workflows']['deploys']): boolean =>
  deploys.length > 0 && deploys.every(({call}) => call.flags.has('image'))

/** What `flyctl postgres create` gives its machines: checks of its own server, or Postgres's own TLS on its volume. */
const isFlyPostgres = ({topLevelChecks, services, mounts}: Facts['flyConfig']): boolean =>
  topLevelChecks.some(({check}) => check.path?.startsWith('/flycheck/')) ||
  (mounts.some(({source}) => source === 'pg_data') &&
    services.some(({ports}) => ports.some(({port}) => port.handlers?.includes('pg_tls'))))
