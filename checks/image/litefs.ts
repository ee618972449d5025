import {defineCheck, imagePath, isBelow} from '../../src/check.ts'

export default defineCheck({
  id: 'image/litefs',
  title: 'LiteFS is started, has a volume and gets the requests',
  why: 'Without its volume LiteFS loses the database at a deploy; requests that go past its proxy fail when they write.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['litefs', 'flyConfig'],
  *run({litefs, flyConfig}) {
    const {data, proxy, replaced} = litefs
    const {processes = {}, experimental} = flyConfig.config
    if (replaced) {
      const [group] = Object.keys(processes)
      const instead = experimental?.cmd ? (['experimental', 'cmd'] as const) : (['processes', group ?? ''] as const)
      yield {
        message: `${instead.join('.')} takes the place of the CMD that mounts LiteFS: the app finds no database where it looks for one`,
        at: flyConfig.at(...instead),
        related: [replaced],
        hint: experimental?.cmd
          ? 'Delete it: the CMD of the Dockerfile starts the app, too.'
          : `Write ${flyConfig.setting(group ?? 'app', 'litefs mount')} under [processes], and the command of the app under exec in litefs.yml.`,
      }
      return
    }
    const isKept = flyConfig.mounts.some(
      ({destination = ''}) => data && isBelow(data.folder, imagePath('/', destination)),
    )
    if (data && !isKept) {
      const [mount] = flyConfig.mounts
      yield {
        message: `LiteFS keeps its data in ${data.folder}, but ${mount?.destination ? `the volume is at ${mount.destination}` : `${flyConfig.file} mounts no volume`}: each deploy begins with what another machine still has, or with nothing`,
        at: data.at,
        related: [flyConfig.at('mounts')],
        hint: mount?.destination
          ? `Write under data in litefs.yml: dir: "${mount.destination}/litefs"`
          : `Mount a volume there: [[mounts]] with source = "litefs" and destination = "${data.folder}".`,
        failsAt: 'silent',
      }
    }
    const past = flyConfig.services.find(({internal_port: port}) => proxy && port === proxy.target)
    if (!proxy || !past || flyConfig.services.some(({internal_port: port}) => port === proxy.port)) return
    yield {
      message: `internal_port is ${proxy.target}, where the app itself listens: requests go past the proxy of LiteFS on port ${proxy.port}, and what writes fails on every machine but the primary`,
      at: flyConfig.at(...past.path, 'internal_port'),
      related: [proxy.at],
      hint: `Write ${flyConfig.setting('internal_port', proxy.port)} under ${past.header}.`,
    }
  },
})
