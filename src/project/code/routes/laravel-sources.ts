import {posix} from 'node:path'
import {rootName} from '../../dockerfile/parse.ts'
import type {Build} from '../../image/build.ts'
import type {Project, Sources} from './sources.ts'

/** Images that answer by what the project says alone, and no path of their own. */
const plainPhp = /^(?:php|dunglas\/frankenphp|fideloper\/fly-laravel|ubuntu|debian|alpine)(?:[:@]|$)/
/** Packages by which an app answers more than its routes say. */
const answering =
  /["'][\w.-]{1,100}\/[\w.-]{0,100}(?:health|heartbeat|modules?|monitor|uptime|prometheus|statamic|cms|october|winter|twill|voyager|bagisto|lunar|wave|filament|nova|backpack|admin|orchid|folio|lighthouse|graphql|octane-\w|route-attributes|fortify|jetstream)[\w.-]{0,100}["']\s*:/i

/** Servers of Laravel's own that have no routes of the app. */
export const otherOfLaravel = /\breverb\b|\bwebsockets\b|\binertia\b|\bnode\b|\bqueue\b|\bsoketi\b/

/** Routes of Laravel stand in files of their own, whatever serves it. */
export async function laravelSources({final}: Build, {reader, paths}: Project): Promise<Sources | undefined> {
  const [held, another] = [...final.files.files((names) => names.named('artisan'))].filter(
    ([path, {source}]) => posix.basename(path) === 'artisan' && paths.has(source),
  )
  const home = held && posix.dirname(held[1].source)
  const manifest = home === undefined || another ? undefined : await reader.text(posix.join(home, 'composer.json'))
  if (
    home === undefined ||
    !manifest?.text.includes('laravel/framework') ||
    answering.test(manifest.text) ||
    manifest.text.includes('"repositories"')
  )
    return undefined
  if (!plainPhp.test(rootName(final.stage) ?? '')) return undefined
  const own = (folder: string) => paths.under(posix.join(home, folder)).filter((path) => path.endsWith('.php'))
  const servers = paths
    .ending('.conf', '.conf.template', 'Caddyfile', '.template')
    .concat(paths.named('default', 'nginx.conf', 'Caddyfile'))
  const texts = await reader.texts([final.stage.at.file, ...new Set(servers)])
  return {
    language: 'php',
    files: await reader.texts([
      ...own('routes'),
      ...own('app/Providers'),
      ...own('app/Http/Middleware'),
      posix.join(home, 'bootstrap/app.php'),
    ]),
    mayAnswer(path) {
      const handedOut = posix.join(home, 'public', path)
      // `/horizon` is that of laravel/horizon.
      const [, first = ''] = path.split('/')
      const isPackages = first.length > 2 && manifest.text.includes(`/${first}"`)
      const isFile = paths.has(handedOut) || (path !== '/' && paths.hasFolder(handedOut))
      return isPackages || isFile || texts.some(({text}) => text.includes(path))
    },
  }
}
