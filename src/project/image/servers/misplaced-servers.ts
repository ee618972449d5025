import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {TextFile} from '../../files/text.ts'
import {releaseOf} from '../base/releases.ts'

/** A server in a folder where the nginx of a distribution's package does not look for servers. */
export interface MisplacedServer {
  /** In the image. */
  path: string
  /** Its `server {`. */
  at: FileLocation
  /** What starts nginx: `CMD`, `the process group web`. */
  by: string
  distribution: 'debian' | 'alpine'
  /** The project's own nginx.conf, which does not include it; undefined: the package's. */
  main: FileLocation | undefined
  /** It is a configuration with all that nginx needs, and not a server alone. */
  isAll: boolean
  /** nginx reads the folder outside of http, and ends at a server there. */
  stops: boolean
  /** It surely is started, and its end is that of the machine. */
  certain: boolean
}

/** What a package lets be there, and nothing includes. */
const parts = /\/(?:snippets|modules-available|templates)\//

/**
 * The package of Alpine reads servers from /etc/nginx/http.d since 3.14, that of Debian from conf.d and sites-enabled. From
 * 3.17 on the nginx.conf of Alpine includes conf.d again, outside of http, where a server is not allowed (aports,
 * main/nginx/nginx.conf). The image of nginx is built by nginx itself and reads conf.d.
 */
export async function loadMisplacedServers(facts: FactStore): Promise<Fact<MisplacedServer[]>> {
  const nginx = await facts.value('packagedNginx')
  if (!nginx) return known([])
  const {read, unread, main: place, distribution, start, base, isWhole} = nginx
  const main = read.find(([path]) => path === place)?.[1]
  // One that is read may be all that the app needs; what lies beside it is then another's.
  const servesElsewhere = !isWhole || read.some(([, file]) => serverIn(file))
  return known(
    unread.flatMap(([path, file]): MisplacedServer[] => {
      const at = parts.test(path) ? undefined : serverIn(file)
      const isOutside = !main && distribution === 'alpine' && path.startsWith('/etc/nginx/conf.d/')
      const stops = isOutside && path.endsWith('.conf') && (releaseOf(base)?.alpine ?? 0) >= 17
      const isAll = isWholeFile(file)
      if (!at || (isOutside ? isAll : servesElsewhere)) return []
      return [{path, at, isAll, by: start.by, distribution, main: main?.whole, stops, certain: start.certain}]
    }),
  )
}

/** The first server of HTTP in a file. */
function serverIn(file: TextFile): FileLocation | undefined {
  const first = /^[ \t]*stream\s*\{/m.test(file.text) ? undefined : /^[ \t]*server\s*\{/m.exec(file.text)
  return first ? file.span(first.index + first[0].indexOf('server'), first.index + first[0].length) : undefined
}

/** A configuration with all that nginx needs. */
const isWholeFile = ({text}: TextFile): boolean => /^[ \t]*http\s*\{/m.test(text)
