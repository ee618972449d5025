import {defineCheck, type Facts, type Finding, quote} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Problem = Omit<Finding, 'at'>

export default defineCheck({
  id: 'fly-config/builder',
  title: 'build.builder is an image with buildpacks',
  why: 'flyctl pulls what builder names and runs the buildpacks in it, whether or not there is a Dockerfile.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['flyConfig', 'options'],
  uses: ['files', 'deployCommands'],
  *run({flyConfig, options, files, deployCommands}) {
    const {builder, buildpacks = [], image, dockerfile: named} = flyConfig.config.build ?? {}
    // An image is deployed as it is; buildpacks alone do nothing. Both are told by build-strategy.
    if (!builder || image || options.image) return
    // A deploy with these flags pulls no builder.
    const other = deployCommands?.commands.some(
      ({image, nixpacks, flags}) => image || nixpacks || [...flags].some((flag) => flag.startsWith('--buildkit')),
    )
    const lower = other ? {severity: 'warning' as const} : {}
    // That build.dockerfile is not used is told by build-strategy.
    const dockerfile = named ? undefined : files?.in('.').find((path) => /^dockerfile$/i.test(path))
    const problem = otherTool(builder) ?? gone(builder) ?? retired(builder, flyConfig) ?? unknown(builder, dockerfile)
    if (problem) yield {...problem, at: flyConfig.at('build', 'builder'), ...lower}
    for (const [index, buildpack] of buildpacks.entries()) {
      const missing = gone(buildpack)
      if (missing) yield {...missing, at: flyConfig.at('build', 'buildpacks', index), ...lower}
    }
  },
})

/** Other platforms name a way of building here: Railway's railway.toml does. */
function otherTool(builder: string): Problem | undefined {
  const [name = ''] = builder.toLowerCase().split(/[:/]/)
  const hint = new Map([
    ['dockerfile', 'Delete the line: without builder flyctl builds the Dockerfile.'],
    ['docker', 'Delete the line: without builder flyctl builds the Dockerfile.'],
    ['depot', 'Delete the line: flyctl builds with Depot by itself.'],
    ['nixpacks', 'Delete the line, and deploy with: flyctl deploy --nixpacks'],
    ['railpack', 'Delete the line and add a Dockerfile: flyctl launch writes one.'],
    ['buildpacks', 'Write "paketobuildpacks/builder-jammy-base".'],
    ['paketo', 'Write "paketobuildpacks/builder-jammy-base".'],
    ['heroku', 'Write "heroku/builder:24".'],
  ]).get(name)
  const isName = !builder.includes('/')
  if (!hint || (!isName && name !== 'depot')) return undefined
  return {
    message: `build.builder is ${quote(builder)}, it must be the name of an image with buildpacks, which that is not`,
    hint,
    // depot/… could be an image that somebody publishes, and with --nixpacks nobody reads builder.
    ...((!isName || name === 'nixpacks') && {severity: 'warning'}),
  }
}

/** Google deleted the project in May 2025: github.com/paketo-buildpacks/python/issues/1043. */
function gone(name: string): Problem | undefined {
  const image = /^(?:docker:\/\/)?gcr\.io\/paketo-buildpacks\/(\S+)$/.exec(name)?.[1]
  if (image === undefined) return undefined
  return {
    message: `${name} cannot be pulled any more: Paketo's images have left gcr.io`,
    hint: `Write "docker.io/paketobuildpacks/${image.replace(/^builder(?::(base|full|tiny))?.*/, (_, kind = 'base') => `builder-jammy-${kind}`)}".`,
    // What a registry holds changes without the files.
    severity: 'warning',
  }
}

/** Builders that are no longer made, and what lets a build with them go on. */
const old: readonly {pattern: RegExp; why: string; instead: string; unless?: string}[] = [
  {
    pattern: /^heroku\/buildpacks:20$|^heroku\/builder-classic:22$/,
    why: 'refuses to build since March 2024',
    instead: 'heroku/builder:24',
    unless: 'ALLOW_EOL_SHIMMED_BUILDER',
  },
  {
    pattern: /^heroku\/buildpacks:18$/,
    why: 'refuses to build since May 2023',
    instead: 'heroku/builder:24',
    unless: 'ALLOW_INSECURE_HEROKU_18_BUILDER',
  },
  {
    pattern: /^heroku\/builder:20$/,
    why: 'refuses to build since April 2025',
    instead: 'heroku/builder:24',
    unless: 'ALLOW_EOL_HEROKU_BUILDER_20',
  },
  {
    pattern: /^paketobuildpacks\/builder(:\S+)?$/,
    why: 'has had no update since 2023: its languages and its Ubuntu 18.04 are that old',
    instead: 'paketobuildpacks/builder-jammy-base',
  },
]

function retired(builder: string, {config, write}: FlyConfig): Problem | undefined {
  const name = builder.replace(/^(?:index\.)?docker\.io\//, '')
  const found = old.find(({pattern}) => pattern.test(name))
  if (!found || (found.unless && config.build?.args?.[found.unless])) return undefined
  return {
    message: `build.builder is ${quote(builder)}, which ${found.why}`,
    ...write(['build', 'builder'], found.instead.replace(/base$/, /:(full|tiny)/.exec(name)?.[1] ?? 'base')),
    // A --build-arg on the command line can still allow it.
    severity: 'warning',
  }
}

const makers =
  /^(?:(?:index\.)?docker\.io\/)?(?:paketobuildpacks|paketocommunity|heroku|cnbs|flyio|cloudfoundry|dokku|gcr\.io\/buildpacks|(?:ghcr|quay|public\.ecr)\.\S+)\//

/** Whether any other image holds buildpacks is not known here; that a Dockerfile is passed over is. */
function unknown(builder: string, dockerfile: string | undefined): Problem | undefined {
  if (!dockerfile || makers.test(builder)) return undefined
  return {
    message: `build.builder is ${quote(builder)}, so flyctl builds with buildpacks, and ${dockerfile} is not used`,
    hint: `Delete builder to build ${dockerfile}.`,
    severity: 'warning',
  }
}
