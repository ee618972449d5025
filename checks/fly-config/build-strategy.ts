import {defineCheck, type Facts, type Finding, quote} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']

export default defineCheck({
  id: 'fly-config/build-strategy',
  title: 'flyctl uses everything that [build] says',
  why: 'Of several ways to build flyctl takes one without a question, and another image is deployed than was meant.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'options'],
  uses: ['dockerfile'],
  // flyctl internal/command/deploy/deploy_build.go, determineImage; internal/build/imgsrc/resolver.go, BuildImage
  *run({flyConfig, options, dockerfile}) {
    const {build} = flyConfig.config
    // With a compose file the services in it say what is built, with --image nothing is.
    if (!build || build.compose || options.image) return
    const {image, builder, buildpacks, builtin} = build
    const unused = (keys: string[], winner: string, because: string): Finding[] =>
      keys
        .filter((key) => hasValue(build[key as keyof typeof build]))
        .map((key) => lost(flyConfig, key, winner, because))
    if (image) {
      const keys = ['builder', 'buildpacks', 'dockerfile', 'build-target', 'builtin']
      yield* unused(keys, 'image', `image ${quote(image)} is deployed as it is, and nothing is built`)
    } else if (builder) {
      yield* unused(['dockerfile', 'build-target', 'builtin'], 'builder', 'builder builds the image with buildpacks')
    } else {
      if (buildpacks?.length) {
        yield {
          message: 'build.buildpacks is not used: without builder there is no image to run them in',
          at: flyConfig.at('build', 'buildpacks'),
          hint: `Add ${flyConfig.setting('builder', 'paketobuildpacks/builder-jammy-base')}, or delete buildpacks where a Dockerfile is built.`,
        }
      }
      if (build.dockerfile) yield* unused(['builtin'], 'dockerfile', 'dockerfile comes first')
      else if (dockerfile && builtin) {
        const beside = `there is ${dockerfile.file.path}, which comes first`
        yield {...lost(flyConfig, 'builtin', dockerfile.file.path, beside), related: [dockerfile.file.whole]}
      } else if (!builtin && !buildpacks?.length) yield* ignorefile(flyConfig)
    }
  },
})

const hasValue = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value))

const lost = (flyConfig: FlyConfig, key: string, winner: string, because: string): Finding => ({
  message: `build.${key} is not used: ${because}`,
  at: flyConfig.at('build', key),
  ...(flyConfig.config.build?.[winner as 'image'] && {related: [flyConfig.at('build', winner)]}),
  hint: `Keep one of the two: delete ${key}, or delete ${winner}.`,
})

/** Depot and BuildKit get the folder itself, and read the ignore files that BuildKit knows (imgsrc/depot.go, buildkit.go). */
function* ignorefile(flyConfig: FlyConfig): Generator<Finding> {
  const {ignorefile: path, dockerfile = 'Dockerfile'} = flyConfig.config.build ?? {}
  if (!path) return
  const inWorkingFolder = !flyConfig.file.includes('/')
  const read = inWorkingFolder
    ? ['.dockerignore', './.dockerignore', `${dockerfile}.dockerignore`]
    : ['../.dockerignore']
  if (read.includes(path)) return
  yield {
    message: `build.ignorefile is not read by the builders that flyctl uses, so what ${path} leaves out is sent and may be in the image`,
    at: flyConfig.at('build', 'ignorefile'),
    hint: `Rename the file to .dockerignore in the folder in which flyctl runs, or to ${dockerfile.split('/').at(-1)}.dockerignore beside the Dockerfile, and delete ignorefile.`,
  }
}
