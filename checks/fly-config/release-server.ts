import {behindLaunchers, defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/release-server',
  title: 'the release command comes to its end',
  why: 'flyctl waits until the release command ends, and starts the new machines after that: a server never does.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['flyConfig', 'startedCommands'],
  uses: ['image', 'deployCommands', 'buildsElse'],
  *run({flyConfig, startedCommands, image, deployCommands, buildsElse}) {
    if (!flyConfig.config.deploy?.release_command) return
    const started = startedCommands.started.filter(({by, certain}) => by === 'release_command' && certain)
    const commands = started.flatMap(({command: {words, supervised}}) => (supervised ? [] : behindLaunchers(words)))
    const server = commands.find(servesForever)
    if (server === undefined) return
    // A script before it may do something else on the machine of a release, and that of a base is not seen.
    const entrypoint = flyConfig.config.experimental?.entrypoint ?? image?.final.entrypoint
    const isAlone = entrypoint?.every((word) => /^-|^(?:\S*\/)?(?:tini|dumb-init|catatonit)$/.test(word)) ?? false
    const isLowered = !isAlone || buildsElse || deployCommands?.hasFlag('--skip-release-command')
    yield {
      message: `deploy.release_command starts ${nameOf(server)}, which runs until somebody ends it: the deploy waits for its end until release_command_timeout, and fails`,
      at: flyConfig.at('deploy', 'release_command'),
      hint: 'Leave the server to CMD or [processes], and write here what is to be done once before it starts, such as the migrations; or delete the line.',
      ...(isLowered && {severity: 'warning'}),
    }
  },
})

/** With these they say something and end, or leave a daemon behind. */
const ends =
  / (?:-h|--help|--version|-v|-V|--check-config|--print-config|-D|--daemon(?:ize)?|-d|-t|-T|--stop-when-empty|--once|--exit)(?: |$)/

/** Servers and workers in the foreground, each by its own documentation. */
const forever = [
  /^(?:\S*\/)?(?:gunicorn|uvicorn|hypercorn|daphne|granian|waitress-serve) \S/,
  /^(?:\S*\/)?(?:flask (?:-\S+ \S+ )*run|fastapi (?:run|dev)|streamlit run|jupyter (?:lab|notebook))(?: |$)/,
  /^(?:\S*\/)?manage\.py (?:runserver|qcluster|rqworker)(?: |$)/,
  /^(?:\S*\/)?celery (?:-\S+ \S+ )*(?:worker|beat|flower)(?: |$)/,
  /^(?:\S*\/)?(?:next start|nuxt start|vite preview|remix-serve|react-router-serve|pm2-runtime|http-server|nodemon)(?: |$)/,
  /^(?:\S*\/)?(?:rails (?:server|s)|puma|sidekiq)(?: |$)/,
  /^(?:\S*\/)?php (?:\S*\/)?artisan (?:serve|horizon|octane:start|reverb:start|queue:work|queue:listen|schedule:work)(?: |$)/,
  /^(?:\S*\/)?(?:caddy run|apache2-foreground)(?: |$)/,
  /^(?:\S*\/)?mix phx\.server(?: |$)/,
  /^(?:\S*\/)?(?:sleep infinity|tail -[fF]\b)/,
]

const servesForever = (text: string): boolean => !ends.test(text) && forever.some((each) => each.test(text))

const nameOf = (text: string): string => {
  const [program = '', ...rest] = text.split(' ')
  const own = program.replace(/^.*\//, '')
  return /^(?:php|manage\.py|flask|fastapi|streamlit|celery|next|nuxt|vite|rails|mix|caddy|sleep|tail|jupyter)$/.test(
    own,
  )
    ? [own, ...rest.filter((word) => !word.startsWith('-')).slice(0, own === 'php' ? 2 : 1)].join(' ')
    : own
}
