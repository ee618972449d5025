/** The one folder whose files the image's web server, or a command for that, hands out. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {blank} from '../../code/code.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import type {Started} from '../../processes/processes.ts'
import {plainName} from '../base/base-images.ts'
import type {Build} from '../build.ts'
import {Arguments} from '../shell/arguments.ts'
import {nginxFiles, nginxImage, plainNginx} from './nginx-image.ts'
import {nameOf, peel} from './server-name.ts'
import {changed, filesIn, type WebContext} from './web-context.ts'

export interface StaticRoot {
  server: string
  folder: string
  /** Where that is written; of an image's own folder the FROM. */
  at: FileLocation
  /** Its configuration, as text: a path below the folder may stand in it. */
  text: string
  /** A path that no file has gets the page, and not 404. */
  fallback: boolean
  /** Where it asks for a folder of that name before: `try_files $uri $uri/ /index.html`. */
  asksFolders?: FileLocation
}

interface Kind {
  server: string
  base: RegExp
  /** How it is started; without a command the image does. */
  command: RegExp
  /** The folder of its configuration. */
  home: string
  /** Its folder where no file of the project says another one. */
  standard: string
  files: RegExp
  /** Of these files one takes the place of the image's own. */
  main: RegExp
  root: RegExp
  /** With this in a file there is more than one folder. */
  unless: RegExp
  /** A RUN with this may change the configuration. */
  changes: RegExp
  /** What hands out the page, or something else, for a path that no file has. */
  fallback: RegExp
}

const kinds: readonly Kind[] = [
  {
    server: 'nginx',
    home: '/etc/nginx',
    base: nginxImage,
    command: plainNginx,
    standard: '/usr/share/nginx/html',
    files: nginxFiles,
    main: /\/(?:nginx|default)\.conf(?:\.template)?$/,
    root: /(?<=^|[{;\s])root\s+([^\s;{}]+)\s*;/g,
    unless:
      /\balias\s|\broot\s[^;\n]{0,300}\$|^[ \t]*include\s{1,20}(?!\S{0,300}(?:mime\.types|conf\.d\/))|\blocation\s{1,20}(?:\^~\s{1,20})?\/\s{0,20}\{[^{}]{0,2000}proxy_pass/m,
    changes: /nginx|envsubst/,
    fallback:
      /\btry_files\s[^;]{0,500}\s(?!=)\S{1,200};|\berror_page\s[^;]{0,100}\b40[34]\b(?!\s+\/404\.html)|\b(?:rewrite|proxy_pass)\s/,
  },
  {
    server: 'caddy',
    home: '/etc/caddy',
    base: /^caddy(?::|$)/,
    command: /^caddy run --config \/etc\/caddy\/Caddyfile(?: --adapter caddyfile)?$/,
    standard: '/usr/share/caddy',
    files: /^\/etc\/caddy\/Caddyfile$/,
    main: /Caddyfile$/,
    root: /^[ \t]*root(?:[ \t]+\*)?[ \t]+(\/\S+)[ \t]*$/gm,
    unless: /\bimport\b|\brewrite\b|\broot\s[^\n]{0,300}\{/,
    changes: /[Cc]addy/,
    fallback: /^[ \t]*(?:try_files|rewrite|handle_errors|error|reverse_proxy)\b/m,
  },
  {
    server: 'apache',
    home: '/usr/local/apache2/conf',
    base: /^httpd(?::|$)/,
    command: /^httpd-foreground$/,
    standard: '/usr/local/apache2/htdocs',
    files: /^\/usr\/local\/apache2\/conf\/.+\.conf$/,
    main: /\/httpd\.conf$/,
    root: /^[ \t]*DocumentRoot[ \t]+"?([^"\s]+)"?/gm,
    unless: /^[ \t]*(?:Alias|ProxyPass|RewriteRule|Include)\b/m,
    changes: /httpd|apache/,
    fallback: /^[ \t]*(?:FallbackResource|Rewrite\w+|ErrorDocument[ \t]+404|AllowOverride[ \t]+(?!None))\b/im,
  },
]

/** undefined where nothing or several things are served, or it cannot be told from where. */
export async function staticRoot(
  started: readonly Started[],
  context: WebContext & {build: Build},
): Promise<StaticRoot | undefined> {
  const [only, another] = started
  if (another) return undefined
  const {final} = context.build
  const words = only?.command.words ?? []
  const text = words.map((word) => word ?? '?').join(' ')
  const base = plainName(rootImage(final.stage) ?? '')
  const kind = kinds.find((each) => each.base.test(base) && (text === '' || each.command.test(text)))
  // The entrypoint fills in the templates for a command that it knows by its bare name.
  if (kind) return final.config.entrypoint ? undefined : folderOf(kind, !text.startsWith('/'), context)
  if (!only || words.includes(undefined)) return undefined
  // `serve -s build`, `http-server dist`: the folder stands in the command.
  const [name, rest = []] = nameOf(peel(words.map((word) => ({text: word, fixed: true})))) ?? []
  if (name === undefined || !/^(?:serve|http-server|sirv)$/.test(name)) return undefined
  const args = new Arguments(
    rest,
    name === 'sirv' ? ['-c', '-e', '-s'] : ['-s', '-S', '-C', '-n', '-u', '-L', '-o', '-e'],
  )
  const [folder, more] = args.positional
  if (folder?.text === undefined || more || args.has('-c', '--config')) return undefined
  const fallback = name === 'http-server' ? args.has('-P', '--proxy') : args.has('-s', '--single')
  const place = posix.resolve('/', final.config.workingDir, folder.text)
  return {server: name, folder: place, at: only.command.at, text: '', fallback}
}

async function folderOf(
  kind: Kind,
  readsTemplates: boolean,
  context: WebContext & {build: Build},
): Promise<StaticRoot | undefined> {
  const {final} = context.build
  if (changed(context.build, kind.changes)) return undefined
  const all = await filesIn(kind.home, kind.files, context)
  if (!all) return undefined
  const files = all.filter(([path]) => readsTemplates || !path.endsWith('.template'))
  const {server} = kind
  if (files.length === 0) return {server, folder: kind.standard, at: final.stage.at, text: '', fallback: false}
  if (!files.some(([path]) => kind.main.test(path))) return undefined
  const found = new Map<string, FileLocation>()
  let fallback = false
  let asksFolders: FileLocation | undefined
  for (const [, file] of files) {
    const text = file.text
      .replace(/(?:^|\s)#[^\n]*/g, blank)
      .replace(/\blocation\s*=\s*\/50x\.html\s*\{[^{}]*\}/g, blank)
    if (kind.unless.test(text)) return undefined
    fallback ||= kind.fallback.test(text)
    const asks = server === 'nginx' && !/\bautoindex\s{1,9}on\b/.test(text) ? folderTry.exec(text) : undefined
    if (asks)
      asksFolders = file.span(asks.index + asks[0].length - (asks[1] as string).length, asks.index + asks[0].length)
    for (const match of text.matchAll(kind.root)) {
      const folder = match[1] as string
      if (!folder.startsWith('/')) return undefined
      found.set(posix.resolve(folder), file.span(match.index, match.index + match[0].length))
    }
  }
  const [root, more] = found
  const text = files.map(([, file]) => file.text).join('\n')
  return root && !more
    ? {server, folder: root[0], at: root[1], text, fallback, ...(asksFolders && {asksFolders})}
    : undefined
}

/** In the location of all paths; what a folder has no page for is 403 then, and nothing behind it is tried. */
const folderTry =
  /\blocation\s{1,9}\/\s{0,9}\{[^{}]{0,500}?(\btry_files\s{1,9}\$uri\s{1,9}\$uri\/\s{1,9}\/index\.html\s{0,9};)/
