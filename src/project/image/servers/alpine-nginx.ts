import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, rootImage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {plainName} from '../base/base-images.ts'
import {releaseOf} from '../base/releases.ts'
import {programOf} from '../shell/command.ts'
import {coveredBy, filesIn} from './web-context.ts'

/** A server in conf.d of the image, where the nginx of Alpine's own package does not look for servers. */
export interface MisplacedServer {
  /** In the image. */
  path: string
  /** Its `server {`. */
  at: FileLocation
  /** What starts nginx: `CMD`, `the process group web`. */
  by: string
  /** nginx reads the folder outside of http, and ends at a server there. */
  stops: boolean
  /** It surely is started, and its end is that of the machine. */
  certain: boolean
}

/**
 * The package of Alpine reads servers from /etc/nginx/http.d since 3.14. From 3.17 on its nginx.conf includes conf.d again,
 * outside of http, where a server is not allowed (aports, main/nginx/nginx.conf). The image of nginx is built by nginx itself
 * and reads conf.d.
 */
export async function loadMisplacedServers({reader}: Inputs, facts: FactStore): Promise<Fact<MisplacedServer[]>> {
  const build = await facts.need('build')
  const {stage} = build.final
  const base = rootImage(stage) ?? ''
  const {alpine = 0} = releaseOf(base) ?? {}
  // An image of somebody else's may have brought an nginx with a configuration of its own.
  if (alpine < 14 || !/^(?:alpine|php|node|python|ruby|golang|rust)(?::|$)/.test(plainName(base))) return known([])
  const runs = allInstructions(stage).filter(({keyword}) => /^(?:RUN|WORKDIR)$/.test(keyword))
  if (!runs.some(({text}) => addsNginx.test(text)) || runs.some(({text}) => changes.test(text))) return known([])
  const {started, texts} = await startedCommands(facts)
  if (texts.some(({text}) => changes.test(text))) return known([])
  const start = started.find(
    ({command}) =>
      programOf(command) === 'nginx' &&
      !command.words.slice(1).some((word) => word === undefined || /^-[cptTsv]/.test(word)),
  )
  if (!start) return known([])
  const [files, flyConfig] = await Promise.all([facts.value('files'), facts.value('flyConfig')])
  const read = await filesIn('/etc/nginx', /^\/etc\/nginx\/(?:nginx\.conf|(?:conf|http)\.d\/[^/]+\.conf)$/, {
    build,
    paths: files ?? noFiles,
    reader,
    covered: coveredBy(flyConfig?.config),
  })
  // With a configuration of the project's own nobody knows what it includes.
  if (!read || read.some(([path]) => !path.startsWith('/etc/nginx/conf.d/'))) return known([])
  return known(
    read.flatMap(([path, file]): MisplacedServer[] => {
      const first = /^(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*server\s*\{/.exec(file.text)
      if (!first) return []
      const at = file.span(first[0].lastIndexOf('server'), first[0].length)
      return [{path, at, by: start.by, stops: alpine >= 17, certain: start.certain}]
    }),
  )
}

const addsNginx =
  /\bapk\s(?:(?!\b(?:add|apk)\s)[^&|;]){0,300}\badd\s(?:(?:(?!\bapk\s)[^&|;]){0,2000}\s)?nginx(?=[\s=~<>]|$)/
/** What may have given nginx another configuration, or another nginx. */
const changes =
  /nginx\.conf|\/etc\/nginx(?!\/conf\.d\/[\w-]+\.conf)|http\.d|\bnginx\s+-[cp]|\.sh\b|nginx\.org|repository|repositories/
