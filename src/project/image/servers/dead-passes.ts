/** Where nginx hands requests on to its own machine, and nothing of it listens there. */

import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {fpmPools, plainAddress} from '../../php/fpm-pools.ts'
import {type Started, startedCommands} from '../../processes/processes.ts'
import {programOf} from '../shell/command.ts'
import {besideNginx, isFollowed} from './beside-nginx.ts'
import {isSeen} from './listeners.ts'
import {withoutNginxComments} from './nginx-text.ts'
import {serverOf} from './servers.ts'

export interface DeadPass {
  /** `fastcgi_pass`, `proxy_pass`. */
  directive: string
  /** `127.0.0.1:9001`, `/run/php/php8.3-fpm.sock`. */
  address: string
  at: FileLocation
  /** What starts nginx. */
  by: string
  /** Where PHP-FPM listens, and the line that says so; undefined where it is not started. */
  fpm: {listens: string[]; at: FileLocation | undefined} | undefined
  /** All pages go there. */
  isForAll: boolean
  certain: boolean
}

const passes =
  /(?<=^|[\s;{}])(?<name>proxy|fastcgi|uwsgi|scgi|grpc)_pass\s{1,50}(?<scheme>https?:\/\/|grpcs?:\/\/)?(?<target>unix:[^\s;]{1,300}|[\w.[\]:-]{1,300})(?:\/[^;$\s]{0,300})?\s{0,50};/g
const upstreams = /(?<=^|[\s;{}])upstream\s{1,50}(?<name>[\w.-]{1,200})\s{0,50}\{(?<body>[^{}]{0,5000})\}/g
const local = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?$/

export async function loadDeadPasses({reader}: Inputs, facts: FactStore): Promise<Fact<DeadPass[]>> {
  const [nginx, flyConfig, files] = await Promise.all([
    facts.value('packagedNginx'),
    facts.value('flyConfig'),
    facts.value('files'),
  ])
  if (!nginx || flyConfig?.hasContainers) return known([])
  const {build, read, start, covered} = nginx
  const all = await startedCommands(facts)
  const isOfGroup = ({by}: {by: string}) => by === start.by || /^(?:ENTRYPOINT|CMD)$/.test(by)
  const others = all.started.filter((each) => isOfGroup(each) && each !== start)
  const texts = all.texts.filter(isOfGroup)
  const scripts = all.scripts.filter(isOfGroup).map(({file}) => file.text)
  // A variable may decide where another one listens.
  const unknown = {
    variable: () => ({value: undefined}),
    hasFile: () => true,
    hasFileBeginning: () => true,
    mentions: () => true,
  }
  const serverFor = ({command}: Started) =>
    serverOf(
      command.words.map((text) => ({text, fixed: true})),
      unknown,
    )
  const beside = besideNginx(nginx, others, all.scripts, unknown, serverFor)
  if (
    !beside ||
    beside.sockets.some(({port}) => !port) ||
    !others.every((each) => isSeen(each, all) || isFollowed(each, all.scripts, build))
  )
    return known([])
  const ports = new Set(beside.sockets.map(({port}) => port?.value))
  const fpms = others.filter((each) => /^php-fpm[\d.]*$/.test(programOf(each.command) ?? '') || isService(each))
  const paths = files ?? noFiles
  const pools = await Promise.all(fpms.map((each) => fpmPools(each, {build, reader, paths, covered, texts})))
  if (pools.some((each) => !each)) return known([])
  const listens = [...new Set(pools.flatMap((each) => each?.listens ?? []))]
  const fpm = fpms.length > 0 ? {listens, at: pools[0]?.at} : undefined

  const isDead = (directive: string, address: string): boolean => {
    const place = plainAddress(address)
    // A supervisor has a port of its own, and what a script names may listen there.
    const name = place.startsWith('/') ? place.slice(place.lastIndexOf('/') + 1) : place.replace(/^.*:/, '')
    if ([...scripts, ...texts.map(({text}) => text)].some((text) => text.includes(name))) return false
    if (place.startsWith('/')) {
      // The package of Debian makes a link of that name as its service starts.
      const isLink = place === '/run/php/php-fpm.sock' && fpms.some(isService)
      return directive === 'fastcgi_pass' && fpm !== undefined && !listens.includes(place) && !isLink
    }
    const port = Number(name)
    return !ports.has(port) && !listens.some((each) => Number(each.replace(/^.*:/, '')) === port)
  }
  const runsAlways = start.certain || start.command.supervised === true
  const found: DeadPass[] = []
  const add = (file: TextFile, directive: string, address: string, from: number, to: number, isForAll: boolean) => {
    if (found.some((each) => each.address === address) || !isDead(directive, address)) return
    found.push({directive, address, at: file.span(from, to), by: start.by, fpm, isForAll, certain: runsAlways})
  }
  const plain = read.map(([, file]) => ({file, text: withoutNginxComments(file.text)}))
  const groups = plain.flatMap(({file, text}) => [...text.matchAll(upstreams)].map((match) => ({file, match})))
  for (const {file, text} of plain) {
    for (const {index, 0: whole, groups: {name = '', scheme = '', target = ''} = {}} of text.matchAll(passes)) {
      const directive = `${name}_pass`
      const isForAll = forAll(text.slice(0, index))
      const group = groups.find(({match}) => match.groups?.name === target)
      const [first = '', ...more] = group ? serversOf(group.match.groups?.body ?? '') : [target]
      const address = addressOf(first, scheme)
      if (!address || more.length > 0) continue
      add(file, directive, address, index, index + whole.length, isForAll)
    }
  }
  return known(found)
}

const isService = ({command: {words}}: Started): boolean =>
  words[0] === 'service' && /^php[\d.]*-fpm$/.test(words[1] ?? '')

const serversOf = (body: string): string[] =>
  [...body.matchAll(/(?<=^|[\s;{}])server\s{1,50}([^\s;]{1,300})/g)].map(([, server = '']) => server)

/** The port or the socket on its own machine. */
function addressOf(target: string, scheme: string): string | undefined {
  if (target.startsWith('unix:')) return target.slice('unix:'.length)
  const found = local.exec(target)
  if (!found) return undefined
  const port = found[1] ?? ({'http://': '80', 'https://': '443'}[scheme] || undefined)
  return port && `127.0.0.1:${port}`
}

/** Whether the location that a text ends in is that of the pages: `/`, PHP, or a name of its own. */
function forAll(text: string): boolean {
  const [, place = '/'] =
    [...text.matchAll(/(?<=^|[\s;{}])location\s{1,20}([^{;\s][^{;]{0,200}?)\s{0,20}\{/g)].at(-1) ?? []
  return /^(?:\/|@.{0,300}|.{0,300}php.*)$/.test(place)
}
