import {defineCheck, type Facts} from '../../src/check.ts'

/** Programs that take their work from a queue or a clock, and never listen (their own documentation). */
const workers =
  /^\s*(?:(?:exec|(?:bundle|pipenv)\s+exec|(?:uv|poetry|pdm|pipenv)\s+run|python3?\s+-m|(?:\S*\/)?(?:ba|da)?sh\s+-\w*c)\s+)*(?:\S*\/)?(?:celery\s.{0,200}\b(?:worker|beat)|rq\s+worker|rqworker|dramatiq|arq|(?:python3?\s+)?(?:\.\/)?manage\.py\s+(?:run_huey|db_worker)|sidekiq)(?:\s|$)/
const servers =
  /(?:^|\s|\/)(?:uvicorn|gunicorn|hypercorn|daphne|granian|puma|nginx|caddy|(?:fastapi|flask)\s+run|runserver|rails\s+s(?:erver)?)(?:\s|$)/

export default defineCheck({
  id: 'image/server-stage',
  title: 'the stage that is built for requests starts a server',
  why: 'Docker builds the last stage unless one is named: with the worker there, nobody listens on internal_port.',
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig', 'dockerfile'],
  uses: ['deployCommands', 'buildsElse'],
  *run({flyConfig, dockerfile, deployCommands, buildsElse}) {
    const {config, services, hasContainers} = flyConfig
    const {final, stages} = dockerfile
    const {cmd, entrypoint, exec} = config.experimental ?? {}
    // The command of the configuration starts, or a stage is chosen somewhere.
    if (config.processes || cmd || entrypoint || exec || hasContainers) return
    if (config.build?.['build-target'] || stages.at(-1) !== final) return
    if (buildsElse || deployCommands?.hasFlag('build-target') || deployCommands?.hasFlag('image')) return
    const service = services.find(({protocol}) => protocol !== 'udp')
    const started = commandOf(final)
    const server = stages.find((each) => each !== final && each.name && servers.test(commandOf(each)))
    if (!service || !server || !workers.test(started) || servers.test(started)) return
    // Something else runs beside it, or the server of that stage is for another port.
    const [, port] = /(?:--port[=\s]+|:)(\d{2,5})\b/.exec(commandOf(server)) ?? []
    if (/[&|;]/.test(started) || (port && Number(port) !== service.internal_port)) return
    const [program = ''] = /\b(?:celery|rq|rqworker|dramatiq|arq|run_huey|db_worker|sidekiq)\b/.exec(started) ?? []
    yield {
      message: `the last stage is built, and starts ${program}, which listens on no port; the server is in the stage ${server.name}`,
      at: flyConfig.at(...service.path, 'internal_port'),
      related: [final.at, server.at],
      hint: `Name that stage: build-target = "${server.name}" under [build]; the worker gets its command under [processes].`,
    }
  },
})

type Stage = Facts['dockerfile']['final']

/** What the stage itself says is started, without the marks of JSON. */
const commandOf = ({instructions}: Stage): string =>
  ['ENTRYPOINT', 'CMD']
    .map((name) => instructions.findLast(({keyword}) => keyword === name)?.text.replace(/[[\]",]/g, ' ') ?? '')
    .join(' ')
