import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import type {TextFile} from '../../text.ts'
import {plainName} from '../base/base-images.ts'
import type {Build} from '../build.ts'
import {isBelow} from '../files/image-path.ts'
import {machineCommands} from '../machine-commands.ts'
import {mayHold} from '../may-hold.ts'
import {writtenByRun} from '../moment.ts'
import {changed, coveredBy, filesIn} from './web-context.ts'

/** A file that the configuration of nginx names, that nginx reads when it starts, and that the image has not. */
export interface MissingNginxFile {
  /** `include`, `ssl_certificate`. */
  directive: string
  path: string
  at: FileLocation
  /** The package of Debian has it, and the image of nginx has not. */
  isOfDebian: boolean
}

/** What lies beside nginx.conf in the image of nginx (pkg-oss), and what the package of Debian has more. */
const own =
  /^\/etc\/nginx\/(?:nginx\.conf|mime\.types|(?:fastcgi|scgi|uwsgi)_params|conf\.d(?:\/default\.conf)?|modules(?:\/.*)?)$/
const ofDebian =
  /^\/etc\/nginx\/(?:fastcgi\.conf|proxy_params|koi-utf|koi-win|win-utf|snippets\/(?:fastcgi-php|snakeoil)\.conf|modules-enabled\/.*)$/

/** What `make install` lays there, and the package for Alpine alone keeps. */
const ofAlpine = /^\/etc\/nginx\/(?:fastcgi\.conf|koi-utf|koi-win|win-utf)$/

/** nginx ends where one of these is not there; what a request asks for, it looks for then. */
const directive =
  /^[ \t]*(?<name>include|ssl_certificate|ssl_certificate_key|ssl_dhparam|ssl_trusted_certificate|load_module|js_import)[ \t]+(?:[\w.]+[ \t]+from[ \t]+)?["']?(?<path>[^\s;"'$*?[]+)["']?[ \t]*;/gm

export async function loadMissingNginxFiles(inputs: Inputs, facts: FactStore): Promise<Fact<MissingNginxFile[]>> {
  const settings = await nginxSettings(inputs, facts)
  if (!settings) return known([])
  const {build, base, covered, read} = settings
  const {final} = build
  const found: MissingNginxFile[] = []
  for (const [, file] of read) {
    for (const match of file.text.matchAll(directive)) {
      const {name = '', path: written = ''} = match.groups ?? {}
      const wanted = posix.resolve('/etc/nginx', written)
      const isMade = read.some(([each]) => each === `/etc/nginx/templates/${posix.basename(wanted)}.template`)
      const isAlpine = ofAlpine.test(wanted) && /alpine/.test(base)
      if (
        own.test(wanted) ||
        isAlpine ||
        isMade ||
        final.files.get(wanted) ||
        covered.some((each) => isBelow(wanted, each))
      )
        continue
      if (/^(?:data|engine):|ca-cert|\/cert\.pem$/.test(written)) continue
      if (!wanted.startsWith('/etc/nginx/') && mayHold(final, wanted) && !/letsencrypt|\/certs?\//.test(wanted))
        continue
      const start = match.index + match[0].search(/\S/)
      found.push({
        directive: name,
        path: wanted,
        at: file.span(start, match.index + match[0].length),
        isOfDebian: ofDebian.test(wanted),
      })
    }
  }
  return known(found)
}

/** The configuration that nginx reads in its own image, where nothing but nginx is started and nothing changes it before. */
export async function nginxSettings(
  {reader}: Inputs,
  facts: FactStore,
): Promise<{build: Build; base: string; covered: string[]; read: [string, TextFile][]} | undefined> {
  const [build, files, flyConfig] = await Promise.all([
    facts.need('build'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const {final} = build
  const base = plainName(rootImage(final.stage) ?? '')
  if (!/^(?:nginx|nginxinc\/nginx-unprivileged)(?::|$)/.test(base) || final.config.entrypoint) return undefined
  const {started} = await startedCommands(facts)
  const isUsual = started.every(({command: {words}}) => /^nginx(?: -g daemon off;)?$/.test(words.join(' ')))
  if (!isUsual || changed(build, /nginx|envsubst|openssl|certbot|\bcurl\b|\bwget\b/)) return undefined
  // Its variables move the templates (docker-entrypoint.d/20-envsubst-on-templates.sh).
  if (Object.keys(flyConfig?.config.env ?? {}).some((name) => name.startsWith('NGINX_ENVSUBST_'))) return undefined
  // A shell that starts nginx is none to the entrypoint, which fills in the templates for nginx alone.
  const isDirect = machineCommands(build, flyConfig).every(
    ({by, words}) => by === 'release_command' || /^nginx(?:-debug)?$/.test(words[0] ?? ''),
  )
  const covered = coveredBy(flyConfig?.config)
  const context = {build, paths: files ?? noFiles, reader, covered}
  const found = await filesIn(
    '/etc/nginx',
    /^\/etc\/nginx\/(?:nginx\.conf|conf\.d\/[^/]+\.conf|templates\/[^/]+\.template)$/,
    context,
  )
  const read = found?.filter(([path]) => isDirect || !path.endsWith('.template'))
  const isWritten = writtenByRun(build.stages)
  if (read?.some(([path, file]) => isWritten(path) || isWritten(file.path))) return undefined
  const main = read?.find(([path]) => path === '/etc/nginx/nginx.conf')
  const readsFolder = !main || /^[^#\n]{0,300}include\s+["']?(?:\/etc\/nginx\/)?conf\.d\/\*/m.test(main[1].text)
  return read && {build, base, covered, read: main && !readsFolder ? [main] : read}
}
