import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Inputs} from '../../inputs.ts'
import {ofDirectives, repeatKey, setInHttp} from './nginx-repeats.ts'
import {nginxSettings} from './nginx-settings.ts'
import {words} from './nginx-text.ts'

/** Where nginx stops as it reads its configuration. */
export interface NginxFault {
  /**
   * `braces`: of a regular expression without quotes; `place`: a directive that nginx does not take there; `events`: a whole
   * configuration without that block; `unended`: a directive without its `;`; `open`, `close`: a brace too few, or too many;
   * `twice`: a directive that the same block has already.
   */
  kind: 'braces' | 'place' | 'events' | 'unended' | 'open' | 'close' | 'twice'
  /** The directive. */
  name: string
  /** Of `twice`: where the first is. */
  first?: 'block' | 'command' | 'http'
  /** The file in the image. */
  path: string
  at: FileLocation
  isMain: boolean
  /** The nginx of Alpine's or Debian's package; undefined in the image of nginx. */
  distribution: 'debian' | 'alpine' | undefined
  /** nginx surely starts, and what it ends is the machine. */
  certain: boolean
}

type Found = Pick<NginxFault, 'kind' | 'name' | 'first'> & {start: number; end: number}

/** What stands before a file: directives of its outermost block. */
interface Before {
  names: ReadonlySet<string>
  by: 'command' | 'http'
}

/** What stands in `http` and below it, never at the top of nginx.conf (nginx.org, "Alphabetical index of directives"). */
const belowHttp = words(
  'server location upstream map geo listen server_name root index try_files proxy_pass return rewrite gzip types sendfile ' +
    'keepalive_timeout default_type access_log log_format client_max_body_size add_header limit_req_zone proxy_cache_path',
)
/** What no file that `http` includes can have: the top of the whole configuration, and the inside of a server. */
const notInHttp = words(
  'events http stream mail user worker_processes worker_connections worker_rlimit_nofile pid load_module daemon ' +
    'master_process location listen server_name try_files proxy_pass',
)

export async function loadNginxFaults(inputs: Inputs, facts: FactStore): Promise<Fact<NginxFault[]>> {
  const settings = await nginxSettings(inputs, facts)
  if (!settings) return known([])
  const {read, main, nested, distribution, certain, byCommand} = settings
  const ofCommand: Before = {names: new Set(byCommand), by: 'command'}
  const ofPackage: Before = {names: setInHttp[distribution ?? 'image'], by: 'http'}
  return known(
    read.flatMap(([path, file]): NginxFault[] => {
      // The image of nginx reads what it makes of a template, where the name of that ends in .conf.
      const isTemplate = path.endsWith('.template')
      if (isTemplate && !path.endsWith('.conf.template')) return []
      // A configuration of the project's own may include the others anywhere.
      const isMain = path === main
      const misplaced = isMain ? belowHttp : main || nested.has(path) ? undefined : notInHttp
      const inHttp = !main && !nested.has(path)
      const before = isMain ? ofCommand : inHttp ? ofPackage : undefined
      const [found] = faultsOf(file.text, {misplaced, isMain, before})
        // A variable of a template may bring what is missed.
        .filter(({kind}) => !isTemplate || kind === 'braces' || kind === 'place' || kind === 'twice')
        .sort((a, b) => a.start - b.start)
      if (!found) return []
      const {start, end, ...fault} = found
      return [{...fault, path, at: file.span(start, end), isMain, distribution, certain}]
    }),
  )
}

/** One directive, or the end of a block, as ngx_conf_read_token takes them apart. */
const tokens =
  /\s+|#[^\n]*|(?<quoted>"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|(?<end>[;{}])|(?<word>(?:\\[\s\S]|\$\{|[^\s;{\\])+)/g

/** `misplaced`: what its outermost block cannot have; `before`: what that has already. */
function faultsOf(
  text: string,
  {
    misplaced,
    isMain,
    before,
  }: {misplaced: ReadonlySet<string> | undefined; isMain: boolean; before: Before | undefined},
): Found[] {
  const found: Found[] = []
  const open: Found[] = []
  /** By open block, the outermost first; undefined in one whose lines are no directives. */
  const seen: (Set<string> | undefined)[] = [new Set()]
  let directive: {name: string; start: number; words: string[]} | undefined
  let hasEvents = false
  for (const match of text.matchAll(tokens)) {
    const {word, quoted, end} = match.groups ?? {}
    const past = match.index + match[0].length
    if (word !== undefined || quoted !== undefined) {
      directive ??= {name: match[0], start: match.index, words: []}
      directive.words.push(quoted?.slice(1, -1) ?? match[0])
      // `[0-9a-f]{8}`: the brace ends the word, and begins a block.
      const count = word === undefined ? undefined : /^\{\d+(?:,\d*)?\}/.exec(text.slice(past, past + 12))?.[0]
      if (count) {
        // The first word of a line of `map` is no name.
        const name = directive.start === match.index ? (open.at(-1)?.name ?? directive.name) : directive.name
        return [...found, {kind: 'braces', name, start: match.index, end: past + count.length}]
      }
      continue
    }
    if (end === undefined) continue
    const {name = '', start = match.index, words: written = []} = directive ?? {}
    const here: Found = {kind: 'place', name, start, end: start + name.length}
    directive = undefined
    if (end !== '}') {
      const block = seen.at(-1)
      const key = block && repeatKey(written)
      if (key && block.has(key)) found.push({...here, kind: 'twice', name: shown(written), first: 'block'})
      else if (key && open.length === 0 && before?.names.has(key)) {
        found.push({...here, kind: 'twice', name: shown(written), first: before.by})
      }
      if (key) block.add(key)
      if (open.length === 0 && name === 'events') hasEvents = true
      // What a file includes is not seen.
      if (open.length === 0 && name === 'include') hasEvents = true
      if (open.length === 0 && misplaced?.has(name)) found.push(here)
      if (end === '{') {
        open.push({...here, kind: 'open'})
        seen.push(block && ofDirectives.has(name) ? new Set() : undefined)
      }
      continue
    }
    if (name) return [...found, {...here, kind: 'unended'}]
    if (!open.pop()) return [...found, {kind: 'close', name: '}', start: match.index, end: past}]
    seen.pop()
  }
  if (directive) found.push({kind: 'unended', ...directive, end: directive.start + directive.name.length})
  found.push(...open.slice(-1))
  if (isMain && !hasEvents) found.push({kind: 'events', name: 'events', start: 0, end: text.indexOf('\n') + 1})
  return found
}

/** `location /api`, `upstream web`; of what has no name of its own, the directive. */
const shown = ([name = '', ...values]: readonly string[]): string =>
  /^(?:location|upstream|log_format)$/.test(name)
    ? [name, ...values.slice(0, name === 'location' ? 2 : 1)].join(' ')
    : name
