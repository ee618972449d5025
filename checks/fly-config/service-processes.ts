import {defineCheck, keyPath} from '../../src/check.ts'

/** The groups that most often answer requests. */
const likely = ['web', 'app', 'server', 'api']

export default defineCheck({
  id: 'fly-config/service-processes',
  title: 'every service names its process group',
  why: 'Once there is [processes], flyctl refuses a service that does not say which group its requests go to.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {config, groups, services} = flyConfig
    // A single group, even app, is enough: flyctl counts what is written (appconfig/validation.go).
    if (Object.keys(config.processes ?? {}).length === 0) return
    const group = likely.find((name) => groups.includes(name)) ?? (groups[0] as string)
    for (const {path, header, processes, strayFrom} of services) {
      if (processes?.length) continue
      yield {
        message: `${keyPath(path)} has no processes: beside [processes] every service must name its group`,
        at: flyConfig.at(...path, 'processes'),
        related: [flyConfig.at('processes')],
        hint: strayFrom
          ? `Move its keys to ${strayFrom.header}, which they are for.`
          : `Under ${header} write ${flyConfig.setting('processes', [group])}${groups.length > 1 ? `, or another of ${groups.filter((each) => each !== group).join(', ')}` : ''}`,
      }
    }
  },
})
