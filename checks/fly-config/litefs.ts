import {defineCheck, type Facts, type Finding, imagePath, isBelow} from '../../src/check.ts'

type LiteFs = Facts['litefs']
type Config = NonNullable<LiteFs['config']>
type FlyConfig = Facts['flyConfig']

/** What LiteFS refuses in litefs.yml itself is told by image/litefs. */
export default defineCheck({
  id: 'fly-config/litefs',
  title: 'LiteFS is started, has a volume and gets the requests',
  why: 'Without its volume LiteFS loses the database at a deploy; requests that go past its proxy fail when they write.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['litefs', 'flyConfig'],
  uses: ['buildsElse'],
  *run({litefs, flyConfig, buildsElse}) {
    if (flyConfig.hasContainers || buildsElse) return
    if (litefs.isReplaced) yield* replaced(litefs, flyConfig)
    else if (litefs.config) {
      yield* primary(litefs, litefs.config, flyConfig)
      yield* volume(litefs, litefs.config, flyConfig)
      yield* port(litefs, litefs.config, flyConfig)
    }
  },
})

function* replaced({at}: LiteFs, flyConfig: FlyConfig): Generator<Finding> {
  const {processes = {}, experimental} = flyConfig.config
  const [group] = Object.keys(processes)
  const instead = experimental?.cmd ? (['experimental', 'cmd'] as const) : (['processes', group ?? ''] as const)
  yield {
    message: `${instead.join('.')} takes the place of the CMD that mounts LiteFS: the app finds no database where it looks for one`,
    at: flyConfig.at(...instead),
    related: [at],
    hint: experimental?.cmd
      ? 'Delete it: the CMD of the Dockerfile starts the app, too.'
      : `Write ${flyConfig.setting(group ?? 'app', 'litefs mount')} under [processes], and the command of the app under exec in litefs.yml.`,
  }
}

function* primary({filled}: LiteFs, {candidate}: Config, flyConfig: FlyConfig): Generator<Finding> {
  if (!candidate) return
  const {primary_region: region} = flyConfig.config
  const [, named] = /^\$\{\s*FLY_REGION\s*==\s*['"](\w+)['"]\s*\}$/.exec(candidate.text) ?? []
  if (named && region && named !== region) {
    yield {
      message: `only machines in ${named} may become the primary, and primary_region is ${region}: LiteFS there waits for a primary, and starts no app`,
      at: candidate.at,
      related: [flyConfig.at('primary_region')],
      hint: 'candidate: ${FLY_REGION == PRIMARY_REGION}',
      failsAt: 'boot',
    }
  }
  const asks = /^\$\{\s*FLY_REGION\s*==\s*PRIMARY_REGION\s*\}$/.test(candidate.text)
  if (asks && !region && filled('$PRIMARY_REGION') === undefined) {
    yield {
      message: `no machine may become the primary: PRIMARY_REGION is set by primary_region, which ${flyConfig.file} does not have`,
      at: candidate.at,
      related: [flyConfig.at()],
      hint: `In ${flyConfig.file}: primary_region = "…", the region of the volumes.`,
      failsAt: 'boot',
    }
  }
}

function* volume({dataFolder: data}: LiteFs, config: Config, flyConfig: FlyConfig): Generator<Finding> {
  if (data === undefined || config.hasBackup) return
  if (flyConfig.mounts.some(({destination = ''}) => isBelow(data, imagePath('/', destination)))) return
  const [mount] = flyConfig.mounts
  yield {
    message: `LiteFS keeps the databases in ${data}, but ${mount?.destination ? `the volume is at ${mount.destination}` : `${flyConfig.file} mounts no volume`}: each deploy begins with what another machine still has, or with nothing`,
    at: config.dataDir?.at ?? config.at('data'),
    related: [flyConfig.at('mounts')],
    hint: mount?.destination
      ? `Write under data in ${config.file.path}: dir: "${imagePath(mount.destination, 'litefs')}"`
      : `Mount a volume there: [[mounts]] with source = "litefs" and destination = "${data}".`,
    failsAt: 'silent',
  }
}

function* port({filled}: LiteFs, {proxyAddress, proxyTarget}: Config, flyConfig: FlyConfig): Generator<Finding> {
  const portOf = (address: string): number | undefined =>
    Number(/:(\d{1,5})$/.exec(filled(address) ?? '')?.[1]) || undefined
  const listens = proxyAddress && portOf(proxyAddress.text)
  const target = proxyTarget && portOf(proxyTarget.text)
  if (!listens || !target) return
  if (listens === target) {
    yield {
      message: `the proxy of LiteFS listens on port ${listens}, and sends the requests to ${target}, too: one of it and the app finds the port taken, or the proxy asks itself`,
      at: proxyTarget.at,
      related: [proxyAddress.at],
      hint: 'Let the app listen on a port of its own (PORT), and name that one in target: internal_port is the port of the proxy.',
      failsAt: 'boot',
    }
    return
  }
  if (flyConfig.services.some(({internal_port: each}) => each === listens)) return
  const past = flyConfig.services.find(({internal_port: each}) => each === target)
  const [only, another] = flyConfig.services
  if (!past && only?.internal_port !== undefined && !another) {
    yield {
      message: `internal_port is ${only.internal_port}, and what LiteFS starts listens elsewhere: its proxy on port ${listens}, the app behind it on ${target}`,
      at: flyConfig.at(...only.path, 'internal_port'),
      related: [proxyAddress.at],
      hint: `Write ${flyConfig.setting('internal_port', listens)} under ${only.header}.`,
      failsAt: 'health',
    }
  }
  if (!past) return
  yield {
    message: `internal_port is ${target}, where the app itself listens: requests go past the proxy of LiteFS on port ${listens}, and what writes fails on every machine but the primary`,
    at: flyConfig.at(...past.path, 'internal_port'),
    related: [proxyAddress.at],
    hint: `Write ${flyConfig.setting('internal_port', listens)} under ${past.header}.`,
  }
}
