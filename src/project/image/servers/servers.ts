/**
 * Which server a command starts, and where it listens. Defaults and variables are those of the servers' own sources;
 * what is not certain to be read right is left out.
 */

import type {FileLocation} from '../../../check.ts'
import type {Entry} from '../../code/entry.ts'
import {Arguments, type ReadWord} from '../shell/arguments.ts'
import {nodeServers} from './node-servers.ts'
import {pythonServers} from './python-servers.ts'
import {bound, type Kind, plain, preset, type Read} from './server-kind.ts'
import {nameOf, peel} from './server-name.ts'
import {everyAddress, hostOf, portOf, type Setting, type Socket} from './sockets.ts'

export interface Server {
  name: string
  /** What to write so that every address is listened on. */
  everywhere: string
  /** Empty where nothing is known. */
  sockets: Socket[]
  /** Of the project's own code: the place that listens. */
  at?: FileLocation
  entry?: Entry
  /** It speaks another protocol: no browser and no proxy of Fly.io gets an answer. */
  noHttp?: boolean
  /** The hosts that its sites are for, where they are no names that others can ask for: `*`, `localhost`. */
  onlyFor?: string[]
  /** It may be that another part of the code listens, or this part does not run. */
  indirect?: boolean
}

export interface Surroundings {
  /** undefined: nothing sets the variable; an undefined value: it cannot be known. */
  variable(name: string): {value: string | undefined} | undefined
  /** Whether the project has a file of this name, in any folder. */
  hasFile(...names: readonly string[]): boolean
  /** Whether it has one whose name begins so. */
  hasFileBeginning(...starts: readonly string[]): boolean
  /** Whether the Dockerfile, or a script that is started, has this text. */
  mentions(text: string): boolean
}

/** Flags only: without them config/puma.rb decides, and with them it may still listen elsewhere as well. */
const rails: Read = (args) => {
  const port = args.last('-p', '--port')
  const host = args.last('-b', '--binding')
  if (host?.text?.includes('/')) return []
  const loose = <T>(setting: Setting<T> | undefined) => setting && {...setting, fixed: false}
  return [{host: loose(host && hostOf(host)), port: loose(port && portOf(port))}]
}

/** Flags only, as above: Puma does not read PORT by itself, config/puma.rb does. */
const puma: Read = (args) => {
  const port = args.last('-p', '--port')
  const binds = args.all('-b', '--bind')
  if (port && binds.length > 0) return []
  if (port) return [{host: {value: '', fixed: false}, port: portOf({...port, fixed: false})}]
  // Its own file, which it finds by itself.
  const file = args.last('-C', '--config')
  if (binds.length === 0 && (!file || /^(?:\.\/)?config\/puma\.rb$/.test(file.text ?? '')))
    return [{host: undefined, port: undefined}]
  return bound(binds.map(({text}) => ({text, fixed: false})))
}

/**
 * It listens itself, and starts Puma with PORT as its TARGET_PORT (basecamp/thruster, internal/config.go). With a flag that
 * one listens elsewhere; with TLS_DOMAIN Thruster has ports of its own for the encryption.
 */
const thruster: Read = (args, around) => {
  if (args.has('-p', '--port', '-b', '--bind', '-C', '--config') || around.variable('TLS_DOMAIN')) return []
  const port = (name: string, standard: number) => {
    const setting = preset([`THRUSTER_${name}`, name], standard, around, portOf)
    return setting && {...setting, variable: name}
  }
  return [
    {host: everyAddress, port: port('HTTP_PORT', 80)},
    {host: undefined, port: port('TARGET_PORT', 3000)},
  ]
}

const kinds: Readonly<Record<string, Kind>> = {
  ...pythonServers,
  ...nodeServers,
  'php -S': {everywhere: '0.0.0.0:PORT', read: (args) => bound(args.all('-S'))},
  'artisan serve': {
    everywhere: '--host 0.0.0.0',
    // It also reads them from .env, and takes the next port where one is in use.
    read: plain({
      host: '127.0.0.1',
      port: 8000,
      hostVariables: ['SERVER_HOST'],
      portVariables: ['SERVER_PORT'],
      files: ['.env'],
    }),
  },
  // laravel/octane's InteractsWithServers: flag, config/octane.php, OCTANE_HOST.
  'artisan octane:start': {
    everywhere: '--host 0.0.0.0',
    read: plain({
      host: '127.0.0.1',
      port: 8000,
      hostVariables: ['OCTANE_HOST'],
      portVariables: ['OCTANE_PORT'],
      files: ['.env'],
      loose: true,
    }),
  },
  'pocketbase serve': {
    everywhere: '--http=0.0.0.0:PORT',
    // With a domain it serves that one on 80 and 443.
    read: (args) => {
      if (args.positional.length > 0 || args.has('--https')) return []
      const addresses = args.all('--http')
      return addresses.length > 0
        ? bound(addresses.slice(-1))
        : [{host: {value: '127.0.0.1', fixed: true}, port: {value: 8090, fixed: true}}]
    },
  },
  'hugo server': {
    everywhere: '--bind 0.0.0.0',
    read: plain({host: '127.0.0.1', port: 1313, hostFlags: ['--bind'], portFlags: ['-p', '--port']}),
  },
  'jekyll serve': {
    everywhere: '--host 0.0.0.0',
    // _config.yml may have both.
    read: plain({
      host: '127.0.0.1',
      port: 4000,
      hostFlags: ['-H', '--host'],
      portFlags: ['-P', '--port'],
      loose: true,
    }),
  },
  puma: {everywhere: '-b tcp://0.0.0.0:PORT', read: puma},
  'rails server': {everywhere: '-b 0.0.0.0', read: rails},
  thrust: {everywhere: '-b 0.0.0.0', read: thruster},
}

/** The flags that take no value here, though those of other servers with the same name do. */
const booleans: Readonly<Record<string, readonly string[]>> = {
  'http-server': ['-S', '-e', '-o', '-C'],
  serve: ['-C', '-n', '-S', '-u', '-L'],
  'php -S': ['-n', '-a', '-H'],
  'fastify start': ['-o', '-P'],
  sirv: ['-c', '-e'],
  'deno serve': ['-A', '-C', '-S', '-e', '-n', '-u'],
  'hugo server': ['-w', '-v'],
  'jekyll serve': ['-w', '-l', '-o', '-t'],
  'litestar run': ['-P'],
  'chainlit run': ['-w', '-h', '-c'],
  'shiny run': ['-b'],
  sanic: ['-d', '-r', '-s', '-3', '-1'],
  'mkdocs serve': ['-o', '-c', '-v'],
}

/** The server that these words start, with what stands before it left out: `uv run`, `python -m`, `npx`. */
export function serverOf(words: readonly ReadWord[], around: Surroundings): Server | undefined {
  const found = nameOf(peel(words))
  if (!found) return undefined
  const [name, rest] = found
  const {everywhere, read} = kinds[name] as Kind
  const args = new Arguments(rest, booleans[name] ?? [])
  const help = args.has('--help', '--version')
  return help ? undefined : {name, everywhere, sockets: args.isKnown ? read(args, around) : []}
}
