import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {blank} from '../../code/code.ts'
import type {Inputs} from '../../inputs.ts'
import {nginxSettings} from './nginx-settings.ts'
import {withoutNginxComments} from './nginx-text.ts'

/** A host that nginx looks up before it starts, and that no machine knows. */
export interface UnknownHost {
  host: string
  /** `proxy_pass`, or `server` of an `upstream`. */
  directive: string
  at: FileLocation
  /** nginx surely starts, and what it ends is the machine. */
  certain: boolean
}

/** Where nginx asks for the address as it reads its configuration. With a variable in it, it asks with each request. */
const passes =
  /(?<=^|[\s;{}])(?<name>(?:proxy|grpc|fastcgi|uwsgi|scgi|memcached)_pass)\s{1,50}(?:(?:https?|grpcs?):\/\/)?(?<host>[\w-]{1,100})(?::\d{1,9})?(?=[/;\s])[^;$\n]{0,300};/g
const upstreams = /(?<=^|[\s;{}])upstream\s+(?<name>[\w.-]+)\s*\{(?<body>[^{}]*)\}/g
/** Whatever they are made of: `server ${API_HOST}:3000;`. nginx takes no notice of capitals there. */
const named = /(?<=^|[\s;{}])upstream\s+["']?([\w.-]+)/g
const servers = /(?<=^|[\s;{}])server\s+(?<host>[\w-]+)(?::\d+)?(?=[;\s])(?<more>[^;$\n]{0,300});/g

const includes =
  /(?<=^|[;{}])[ \t]*include\s+(?!\S*(?:mime\.types|_params|fastcgi\.conf|conf\.d\/\*\.conf|modules[\w-]*\/\*\.conf)\s*;)/m

/** A text with blanks or semicolons in it: `return 200 'proxy_pass http://app;'`. */
const quoted = /(?<=[\s;{}(])(["'])(?=(?:\\.|(?!\1)[^\\\s;])*[\s;])(?:\\.|(?!\1)[^\\])*\1/g

/** What the machine's own /etc/hosts has. */
const local = /^(?:localhost|ip6-\w+|fly-local-6pn|\d+)$/

/** Hosts in one word, as docker compose gives its services: outside of it they have no address (ngx_http_upstream.c). */
export async function loadUnknownHosts(inputs: Inputs, facts: FactStore): Promise<Fact<UnknownHost[]>> {
  const settings = await nginxSettings(inputs, facts)
  if (!settings) return known([])
  const {build, read, certain, distribution, isWhole} = settings
  // Containers of one machine may know each other by their names.
  if ((await facts.value('flyConfig'))?.hasContainers) return known([])
  if (build.final.unknown.some(({text = ''}) => /\/etc\/hosts|dnsmasq/.test(text))) return known([])
  // What its image runs first may give the machine a name, and what is included elsewhere may be a group of servers.
  const startsFirst = [...build.final.files.files()].some(([path]) => path.startsWith('/docker-entrypoint.d/'))
  if (startsFirst || !isWhole || (!distribution && read.some(([, {text}]) => includes.test(text)))) return known([])
  const files = read.map(([, file]) => ({
    file,
    text: withoutNginxComments(file.text).replace(quoted, blank),
  }))
  const groups = files.flatMap(({file, text}) => [...text.matchAll(upstreams)].map((match) => ({file, match})))
  const own = new Set(files.flatMap(({text}) => [...text.matchAll(named)].map(([, name]) => name?.toLowerCase())))
  const found: UnknownHost[] = []
  for (const {file, text} of files) {
    for (const {index, 0: whole, groups: {name = '', host = ''} = {}} of text.matchAll(passes)) {
      if (local.test(host) || own.has(host.toLowerCase())) continue
      found.push({host, directive: name, at: file.span(index, index + whole.length), certain})
    }
  }
  for (const {file, match} of groups) {
    const body = match.groups?.body ?? ''
    const start = match.index + match[0].indexOf('{') + 1
    for (const {index, 0: whole, groups: {host = '', more = ''} = {}} of body.matchAll(servers)) {
      if (local.test(host) || /\bresolve\b/.test(more)) continue
      found.push({host, directive: 'server', at: file.span(start + index, start + index + whole.length), certain})
    }
  }
  return known(found)
}
