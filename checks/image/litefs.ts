import {
  defineCheck,
  type Facts,
  type Finding,
  imagePath,
  isBelow,
  operatorIn,
  quote,
  startedPart,
} from '../../src/check.ts'

type LiteFs = Facts['litefs']
type Config = NonNullable<LiteFs['config']>
type FlyConfig = Facts['flyConfig']

export default defineCheck({
  id: 'image/litefs',
  title: 'LiteFS can work with its configuration',
  why: 'LiteFS stops at a configuration that it cannot use, and the app that it should start with it.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['litefs', 'flyConfig', 'dockerfile'],
  uses: ['deployCommands'],
  *run({litefs, flyConfig, dockerfile, deployCommands}) {
    if (flyConfig.hasContainers || deployCommands?.buildsElse(dockerfile.file.path)) return
    const {config, missing, by, at} = litefs
    if (missing.length > 0) {
      yield {
        message: `${by} starts litefs mount, and the image has no ${missing.at(-1)}: LiteFS stops without its configuration`,
        at,
        hint: `COPY litefs.yml ${missing.at(-1)}`,
      }
    }
    if (!config) return
    if (litefs.isKnownRelease) yield* unknownKeys(config)
    yield* lease(litefs, config, flyConfig)
    yield* folders(litefs, config, flyConfig)
    if (!litefs.replacesCommands) yield* commands(config)
  },
})

function* unknownKeys({unknownKeys: keys}: Config): Generator<Finding> {
  for (const {key, at} of keys) {
    yield {
      message: `LiteFS 0.5 does not know ${key}, and refuses the whole file`,
      at,
      hint: 'What there is: https://fly.io/docs/litefs/config/',
    }
  }
}

function* lease({variable}: LiteFs, config: Config, flyConfig: FlyConfig): Generator<Finding> {
  const {leaseType: type, candidate} = config
  if (!type?.text.includes('$') && type?.text !== 'consul' && type?.text !== 'static') {
    yield {
      message: `lease.type is ${type ? quote(type.text) : 'missing'}: LiteFS knows "consul" and "static", and stops at anything else`,
      at: type?.at ?? config.at('lease'),
      hint: 'lease: { type: "consul" }, with the URL that fly consul attach sets as FLY_CONSUL_URL.',
    }
  }
  if (!candidate) return
  const {primary_region: primary} = flyConfig.config
  const [, region] = /^\$\{\s*FLY_REGION\s*==\s*['"](\w+)['"]\s*\}$/.exec(candidate.text) ?? []
  if (region && primary && region !== primary) {
    yield {
      message: `only machines in ${region} may become the primary, and primary_region is ${primary}: LiteFS there waits for a primary, and starts no app`,
      at: candidate.at,
      related: [flyConfig.at('primary_region')],
      hint: 'candidate: ${FLY_REGION == PRIMARY_REGION}',
      severity: 'warning',
    }
  }
  const asks = /^\$\{\s*FLY_REGION\s*==\s*PRIMARY_REGION\s*\}$/.test(candidate.text)
  if (asks && !primary && variable('PRIMARY_REGION') === undefined) {
    yield {
      message: `no machine may become the primary: PRIMARY_REGION is set by primary_region, which ${flyConfig.file} does not have`,
      at: candidate.at,
      related: [flyConfig.at()],
      hint: `In ${flyConfig.file}: primary_region = "…", the region of the volumes.`,
      severity: 'warning',
    }
  }
}

function* folders({variable}: LiteFs, config: Config, flyConfig: FlyConfig): Generator<Finding> {
  const expanded = (text: string): string | undefined => {
    const whole = /^\$\{?(\w+)\}?$/.exec(text)?.[1]
    const value = whole === undefined ? text : variable(whole)
    return value?.startsWith('/') && !value.includes('$') ? imagePath('/', value) : undefined
  }
  const data = expanded(config.dataDir?.text ?? '/var/lib/litefs')
  const fuse = expanded(config.fuseDir?.text ?? '/litefs')
  const at = config.dataDir?.at ?? config.at('data')
  if (data !== undefined && data === fuse) {
    yield {
      message: `fuse.dir and data.dir are both ${data}: LiteFS stops, as they must be two folders`,
      at,
      related: config.fuseDir ? [config.fuseDir.at] : [],
      hint: 'fuse.dir is where the app opens the database, data.dir is where LiteFS keeps it, on the volume.',
    }
    return
  }
  if (data === undefined || config.hasBackup) return
  if (flyConfig.mounts.some(({destination = ''}) => isBelow(data, imagePath('/', destination)))) return
  const [mount] = flyConfig.mounts
  yield {
    message: `LiteFS keeps the databases in ${data}, which is on no volume: each deploy begins without them`,
    at,
    related: [flyConfig.at('mounts')],
    hint: mount?.destination
      ? `data.dir: "${imagePath(mount.destination, 'litefs')}", as ${flyConfig.file} mounts ${mount.destination}.`
      : `Mount a volume there: [[mounts]] with source = "data" and destination = "${data}".`,
    severity: 'warning',
    failsAt: 'silent',
  }
}

/** Words of the shell that are no programs. */
const ofShell = /^\s*(?:cd|export|source|\.|set|exec|eval|\w+=\S*)\s/

function* commands({commands: all}: Config): Generator<Finding> {
  for (const [index, {text, at}] of all.entries()) {
    const found = operatorIn(text)
    const word = ofShell.exec(text)?.[0].trim()
    const wrapped = `sh -c ${quote(text)}`
    if (word !== undefined) {
      yield {
        message: `LiteFS starts this without a shell, and ${word} is no program`,
        at,
        hint: `- cmd: ${wrapped}`,
      }
    } else if (found) {
      const isLast = index === all.length - 1 && /^(?:&&|;)$/.test(found.operator)
      yield {
        message: `LiteFS starts this without a shell: of it only ${quote(startedPart(text).trim())} runs, and what begins with ${found.operator} is left out${isLast ? ', so that the app does not start' : ''}`,
        at,
        hint: isLast ? `Write each command as a cmd of its own, or - cmd: ${wrapped}` : `- cmd: ${wrapped}`,
        ...(!isLast && {severity: 'warning'}),
      }
    }
  }
}
