import {posix} from 'node:path'
import type {Project, Sources} from './sources.ts'

/** Gems that answer a path which no file of routes has. */
const answering = /^ {4}(?:okcomputer|rails-healthcheck|health_check|status-page|rack-healthcheck|rack-health) \(/m

/** What answers before the routes, by a path of its own: a middleware, another app beside it in config.ru. */
const before =
  /^[ \t]*(?:use|map|run)\b(?![ \t(]+(?:Rails\.application|ActionDispatch::|Rack::(?:Cors|Attack|Deflater|Timeout|CommonLogger|Runtime))\b)|\bmiddleware\.(?:use|unshift|insert\w*)\b[^\n]{0,500}(?:Health|Heartbeat|Ping|Status|Alive|Ready)/im

/** The routes of Rails stand in files of their own. */
export async function railsSources({reader, paths}: Project): Promise<Sources | undefined> {
  const routes = paths.ending('.rb').filter((path) => /(?:^|\/)config\/routes(?:\/[\w/]{1,300})?\.rb$/.test(path))
  const main = routes.find((path) => posix.basename(path) === 'routes.rb')
  const home = main === undefined ? '.' : posix.dirname(posix.dirname(main))
  const own = (name: string) => posix.join(home, name)
  const lock = await reader.text(own('Gemfile.lock'))
  const settings = await reader.texts(
    [
      own('config.ru'),
      own('config/application.rb'),
      own('config/environments/production.rb'),
      ...paths.under(own('config/initializers')),
    ].filter((path) => paths.has(path)),
  )
  if (answering.test(lock?.text ?? '') || settings.some(({text}) => before.test(text))) return undefined
  const classes = await reader.texts(
    [...paths.under(own('lib')), ...paths.under(own('app/middleware')), ...paths.under(own('app/middlewares'))].filter(
      (path) => path.endsWith('.rb'),
    ),
  )
  return {
    language: 'ruby',
    files: await reader.texts(routes),
    mayAnswer: (path) =>
      // ActionDispatch::Static: /health is public/health, public/health.html or public/health/index.html.
      ['', '.html', '/index.html'].some((ending) => paths.has(own(`public${path}${ending}`))) ||
      (path !== '/' && [...settings, ...classes].some(({text}) => text.includes(path))),
  }
}
