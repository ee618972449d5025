import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/phoenix-server',
  title: 'the release starts the server of Phoenix',
  why: 'A release starts the app and no server, unless its configuration says so: the machine runs, and nothing listens.',
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['phoenix', 'flyConfig', 'processes'],
  *run({phoenix, flyConfig, processes}) {
    const {serverSwitch} = phoenix
    if (!serverSwitch || flyConfig.services.length === 0) return
    const {variable, at} = serverSwitch
    const served = new Set(flyConfig.services.flatMap(({groups}) => groups))
    const start = processes.commands.find(
      ({by, text, certain}) =>
        certain &&
        (by === 'CMD' || by === 'ENTRYPOINT' || [...served].some((group) => by === `[processes] ${group}`)) &&
        /(?:^|\s|\/)bin\/[\w-]+ (?:start|daemon)$/.test(text),
    )
    if (!start) return
    yield {
      message: `${start.text} starts no server: nothing sets ${variable}, so that nothing listens for the health check or anybody`,
      at: start.at,
      related: [at],
      hint: `Add to [env]: ${flyConfig.setting(variable, 'true')}, or start bin/server, which mix phx.gen.release writes.`,
    }
  },
})
