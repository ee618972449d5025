import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, rootImage} from '../../dockerfile/parse.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {Inputs} from '../../inputs.ts'
import {basePrograms} from '../base/base-programs.ts'
import {comesWith, mayMakeAny, mayMakeUser, writesUsers} from '../base/known-users.ts'
import {isBelow} from '../files/image-path.ts'
import {isRoot} from './ownership.ts'

/** A user that the configuration of a server names, and that the image does not have. */
export interface ServerUser {
  server: 'nginx' | 'supervisord'
  name: string
  base: string
  at: FileLocation
  /** A command that starts the server; undefined where that is not seen. */
  startedBy: FileLocation | undefined
  /** It surely reads this file. */
  isUsual: boolean
  /** What the distribution has in its place, where that is known. */
  instead: string | undefined
}

/** nginx.conf and others beside it; those of conf.d are read within http {}, where no user may stand. */
const ofNginx = /^\/etc\/nginx\/[^/]+\.conf$/
const ofSupervisor = /(?:^|\/)supervisord[^/]*\.conf$|^\/etc\/supervisor(?:d|\/conf\.d)?\/[^/]+\.(?:conf|ini)$/

/** What the servers read where their command names nothing else. */
const usual: ReadonlySet<string> = new Set([
  '/etc/nginx/nginx.conf',
  '/etc/supervisord.conf',
  '/etc/supervisor/supervisord.conf',
])
const writes = /\b(?:sed|envsubst|tee|cp|mv|ln|rm|perl)\b|>/

export async function loadServerUsers({reader}: Inputs, facts: FactStore): Promise<Fact<ServerUser[]>> {
  const [{final}, {commands, find}, files] = await facts.needAll('build', 'processes', 'files')
  const root = rootImage(final.stage)
  const base = root === undefined ? undefined : basePrograms(root)
  // As another user nginx passes over the line.
  if (root === undefined || !base || base.distribution === 'none' || !isRoot(final.config.user)) return known([])
  if (
    final.files.get('/etc/passwd') ||
    final.unknown.some(({by, path}) => by === 'copy' && isBelow('/etc/passwd', path))
  )
    return known([])
  // What is started may make the user first, or write the configuration anew.
  if (find(new RegExp(`\\b(?:useradd|adduser)\\b|${writesUsers.source}`))) return known([])
  const hookFolder = final.files.get('/docker-entrypoint.d')
  const hooks = hookFolder?.kind === 'folder' && [...final.files.filesOf(hookFolder)].length > 0
  const runs = allInstructions(final.stage).flatMap(({keyword, text}) => (keyword === 'RUN' ? [text] : []))
  const found: ServerUser[] = []
  for (const [path, {source}] of final.files.files((names) => names.ending('.conf', '.ini'))) {
    const server = ofNginx.test(path) ? 'nginx' : ofSupervisor.test(path) ? 'supervisord' : undefined
    if (!server || !files.has(source)) continue
    // A step may write into it.
    if (runs.some((text) => text.includes(posix.basename(path)) && writes.test(text))) continue
    if (find(new RegExp(`(?:${writes.source}).*${escapePattern(posix.basename(path))}`))) continue
    const starts = commands.filter(({text}) => new RegExp(`^(?:\\S*/)?${server}(?:\\s|$)`).test(text))
    if (starts.some(({text}) => /\suser\s|\s-p/.test(text))) continue
    const named = starts.flatMap(({text}) => /\s(?:-c|--configuration)[\s=]*["']?([^\s"']+)/.exec(text)?.[1] ?? [])
    const isNamed = named.some((each) => posix.basename(each) === posix.basename(path))
    if (named.length > 0 && !isNamed && !/^\/etc\/supervisor/.test(path)) continue
    const file = await reader.text(source)
    const pattern =
      server === 'nginx'
        ? /^[ \t]*user\s+([\w.-]+)(?:\s+[\w.-]+)?\s*;/gm
        : /^user\s*=\s*([A-Za-z_][\w.-]*)\s*(?:[;#].*)?$/gm
    for (const match of file?.text.matchAll(pattern) ?? []) {
      const [line, name = ''] = match
      if (!file || isRoot(name) || /^\d+$/.test(name) || !isMissing(name)) continue
      const started = starts.find(({certain}) => certain)
      const isAlone = server === 'nginx' && /^nginx(?::|$)/.test(root) && commands.length === 0 && !hooks
      found.push({
        ...{server, name, base: root},
        at: file.span(match.index + line.search(/\S/), match.index + line.trimEnd().length),
        startedBy: started?.at ?? (isAlone ? final.stage.at : undefined),
        isUsual: isNamed || (named.length === 0 && usual.has(path)),
        instead: server === 'nginx' ? {debian: 'www-data', alpine: 'nginx'}[base.distribution] : undefined,
      })
    }
  }
  return known(found)

  function isMissing(name: string): boolean {
    if (!base || root === undefined || comesWith(root, base.distribution, name)) return false
    // The packages of nginx: that of Debian runs as www-data, that of Alpine and those of nginx.org make a user nginx.
    if (name === 'nginx' && base.distribution === 'debian') {
      const sources = allInstructions(final.stage).some(({text}) => /nginx\.org|\/etc\/apt\//.test(text))
      return (
        !sources && !runs.some((text) => mayMakeAny(text) || /\b(?:useradd|adduser)\b[^;&|]{0,500}\bnginx\b/.test(text))
      )
    }
    return !runs.some((text) => mayMakeUser(text, name))
  }
}
