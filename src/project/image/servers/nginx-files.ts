import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {isBelow} from '../files/image-path.ts'
import {mayHold} from '../may-hold.ts'
import {nginxSettings} from './nginx-settings.ts'

/** A file that the configuration of nginx names, that nginx reads when it starts, and that the image has not. */
export interface MissingNginxFile {
  /** `include`, `ssl_certificate`. */
  directive: string
  path: string
  at: FileLocation
  /** The package of Debian has it, and this nginx has not: that of Alpine, or of the image of nginx. */
  isOfDebian: boolean
  isAlpine: boolean
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
  const {build, base, covered, read, main, distribution} = settings
  const {final} = build
  const home = posix.dirname(main ?? '/etc/nginx/nginx.conf')
  // A certificate that the machine makes for itself as it starts.
  const makes = (await startedCommands(facts)).texts.some(({text}) =>
    /\b(?:openssl|certbot|mkcert|acme\.sh)\b/.test(text),
  )
  const found: MissingNginxFile[] = []
  for (const [, file] of read) {
    for (const match of file.text.matchAll(directive)) {
      const {name = '', path: written = ''} = match.groups ?? {}
      const wanted = posix.resolve(home, written)
      const isMade = read.some(([each]) => each === `/etc/nginx/templates/${posix.basename(wanted)}.template`)
      const isAlpine = ofAlpine.test(wanted) && /alpine/.test(base)
      const isBrought = isAlpine || (distribution === 'debian' && ofDebian.test(wanted))
      if (
        own.test(wanted) ||
        isBrought ||
        isMade ||
        final.files.get(wanted) ||
        covered.some((each) => isBelow(wanted, each))
      )
        continue
      if (/^(?:data|engine):|ca-cert|\/cert\.pem$/.test(written)) continue
      if (makes && name.startsWith('ssl_')) continue
      const isOfTls = distribution ? /letsencrypt/ : /letsencrypt|\/certs?\//
      if (!wanted.startsWith('/etc/nginx/') && mayHold(final, wanted) && !isOfTls.test(wanted)) continue
      const start = match.index + match[0].search(/\S/)
      found.push({
        directive: name,
        path: wanted,
        at: file.span(start, match.index + match[0].length),
        isOfDebian: ofDebian.test(wanted),
        isAlpine: distribution === 'alpine',
      })
    }
  }
  return known(found)
}
