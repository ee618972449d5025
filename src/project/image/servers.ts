/**
 * Which server a command starts, and where it listens. Defaults and variables are those of the servers' own sources;
 * what is not certain to be read right is left out.
 */

import type {FileLocation} from '../../check.ts'
import type {Entry} from '../code/entry.ts'
import {scripts} from '../files.ts'
import {Arguments, type ReadWord} from './arguments.ts'
import {nameOf, peel} from './server-name.ts'
import {hostOf, portOf, type Setting, type Socket, socketOf} from './sockets.ts'

export interface Server {
  name: string
  /** What to write so that every address is listened on. */
  everywhere: string
  /** Empty where nothing is known. */
  sockets: Socket[]
  /** Of the project's own code: the place that listens. */
  at?: FileLocation
  entry?: Entry
  /** It may be that another part of the code listens, or this part does not run. */
  indirect?: boolean
}

export interface Surroundings {
  /** undefined: nothing sets the variable; an undefined value: it cannot be known. */
  variable(name: string): {value: string | undefined} | undefined
  /** Whether the project has a file of this name, in any folder. */
  hasFile(...names: readonly string[]): boolean
}

type Read = (args: Arguments, around: Surroundings) => Socket[]
interface Kind {
  everywhere: string
  read: Read
}

/** What counts without a flag: the first variable that is set, else the server's own default. */
function preset<T>(
  names: readonly string[],
  standard: T,
  {variable}: Surroundings,
  read: (word: ReadWord) => Setting<T> | undefined,
): Setting<T> | undefined {
  for (const name of names) {
    const set = variable(name)
    if (set) return read({text: set.value, fixed: false})
  }
  // A secret may set the variable, which no file shows.
  return {value: standard, fixed: names.length === 0}
}

interface Plain {
  host: string
  port: number
  hostFlags?: string[]
  portFlags?: string[]
  hostVariables?: string[]
  portVariables?: string[]
  /** Where one of these is there, the defaults are not known. */
  files?: readonly string[]
  /** With one of these flags it listens elsewhere. */
  elsewhere?: string[]
  /** The defaults are those of some versions, or can be changed in code. */
  loose?: boolean
}

/** A server with a flag for its address and one for its port. */
const plain =
  (about: Plain): Read =>
  (args, around) => {
    if (args.has(...(about.elsewhere ?? []))) return []
    const host = args.last(...(about.hostFlags ?? ['--host']))
    const port = args.last(...(about.portFlags ?? ['--port']))
    const hidden = about.files ? around.hasFile(...about.files) : false
    const loosen = <T>(setting: Setting<T> | undefined) =>
      hidden ? undefined : about.loose && setting ? {...setting, fixed: false} : setting
    return [
      {
        host: host ? hostOf(host) : loosen(preset(about.hostVariables ?? [], about.host, around, hostOf)),
        port: port ? portOf(port) : loosen(preset(about.portVariables ?? [], about.port, around, portOf)),
      },
    ]
  }

/** One that takes addresses with their ports: all of them, or none where one cannot be read. */
const bound = (words: readonly ReadWord[], standard?: number): Socket[] => {
  const sockets = words.map((word) => socketOf(word, standard))
  return sockets.every((socket) => socket !== undefined) ? sockets : []
}

const uvicorn: Read = (args, around) => {
  const [socket] = plain({
    host: '127.0.0.1',
    port: 8000,
    hostVariables: ['UVICORN_HOST'],
    portVariables: ['UVICORN_PORT'],
    elsewhere: ['--uds', '--fd'],
  })(args, around)
  if (!socket) return []
  // With one worker asyncio makes the socket, and sets IPV6_V6ONLY; with more, uvicorn does, and takes both families:
  // github.com/Kludex/uvicorn/issues/2945.
  const workers = args.last('--workers')
  const several =
    (workers && workers.text !== '1') || args.has('--reload') || around.variable('WEB_CONCURRENCY') !== undefined
  return [{...socket, onlyIPv6: socket.host?.value === '::' && !several}]
}

/** Command line, then GUNICORN_CMD_ARGS, then the configuration file, then PORT (gunicorn/config.py, app/base.py). */
const gunicorn: Read = (args, around) => {
  const binds = args.all('-b', '--bind')
  if (binds.length > 0) return bound(binds, 8000)
  const hidden = args.has('-c', '--config', '--paste', '--paster') || around.hasFile('gunicorn.conf.py')
  if (hidden || around.variable('GUNICORN_CMD_ARGS')) return []
  const port = around.variable('PORT')
  if (!port) return [{host: {value: '127.0.0.1', fixed: false}, port: {value: 8000, fixed: false}}]
  return [{host: {value: '0.0.0.0', fixed: false}, port: portOf({text: port.value, fixed: false})}]
}

const hypercorn: Read = (args) => {
  const binds = args.all('-b', '--bind')
  if (args.has('--insecure-bind', '--quic-bind')) return []
  if (binds.length > 0) return bound(binds, 8000)
  if (args.has('-c', '--config')) return []
  return [{host: {value: '127.0.0.1', fixed: true}, port: {value: 8000, fixed: true}}]
}

/** `runserver`, `runserver 8000`, `runserver 0.0.0.0:8000`; `0` is every address. */
const runserver: Read = ({positional}, {hasFile}) => {
  const [address] = positional
  if (!address) {
    // A command of the project with the same name, or manage.py itself, may have another default.
    if (hasFile('runserver.py')) return []
    return [{host: {value: '127.0.0.1', fixed: false}, port: {value: 8000, fixed: false}}]
  }
  const port = portOf(address)
  if (port) return [{host: {value: '127.0.0.1', fixed: false}, port}]
  const text = address.text?.replace(/^0:/, '0.0.0.0:')
  const socket = socketOf({...address, text})
  return socket ? [socket] : []
}

/** waitress: `--listen=HOST:PORT`, as often as wanted; else --host and --port. */
const waitress: Read = (args, around) => {
  const listens = args.all('--listen')
  if (listens.length > 0) return bound(listens)
  return plain({host: '0.0.0.0', port: 8080, elsewhere: ['--unix-socket'], loose: true})(args, around)
}

/** serve: `-l PORT`, `-l tcp://HOST:PORT`, or the older `-p PORT`; PORT counts without them. */
const serve: Read = (args, around) => {
  const words = args.all('-l', '--listen', '-p', '--port')
  if (words.length === 0) {
    // A program of the project may have this name, too.
    if (!args.has('-s', '--single')) return []
    return [{host: {value: '', fixed: true}, port: preset(['PORT'], 3000, around, portOf)}]
  }
  const sockets = words.map((word) => {
    const port = portOf(word)
    return port ? {host: {value: '', fixed: true}, port} : socketOf(word)
  })
  return sockets.every((socket) => socket !== undefined) ? sockets : []
}

const httpServer = plain({
  host: '0.0.0.0',
  port: 8080,
  hostFlags: ['-a'],
  portFlags: ['-p', '--port'],
  portVariables: ['PORT'],
})

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
  return bound(binds.map(({text}) => ({text, fixed: false})))
}

const vite =
  (port: number): Read =>
  (args, around) => {
    // `--host` alone is every address.
    const bare = args.flags.some(([name, value]) => name === '--host' && (!value || value.text?.startsWith('-')))
    const configured = around.hasFile(...scripts('vite.config'))
    if (bare || configured) {
      const written = args.last('--port')
      const host = bare ? undefined : args.last('--host')
      const standard = configured ? undefined : {value: port, fixed: false}
      return [{host: host && hostOf(host), port: written ? portOf(written) : standard}]
    }
    return plain({host: 'localhost', port, loose: true})(args, around)
  }

const kinds: Readonly<Record<string, Kind>> = {
  uvicorn: {everywhere: '--host 0.0.0.0', read: uvicorn},
  gunicorn: {everywhere: '--bind 0.0.0.0:PORT', read: gunicorn},
  hypercorn: {everywhere: '--bind 0.0.0.0:PORT', read: hypercorn},
  daphne: {
    everywhere: '-b 0.0.0.0',
    read: plain({
      host: '127.0.0.1',
      port: 8000,
      hostFlags: ['-b', '--bind'],
      portFlags: ['-p', '--port'],
      elsewhere: ['-u', '--unix-socket', '--fd', '-e', '--endpoint'],
    }),
  },
  granian: {
    everywhere: '--host 0.0.0.0',
    read: plain({
      host: '127.0.0.1',
      port: 8000,
      hostVariables: ['GRANIAN_HOST'],
      portVariables: ['GRANIAN_PORT'],
      elsewhere: ['--uds'],
    }),
  },
  'flask run': {
    everywhere: '--host 0.0.0.0',
    read: plain({
      host: '127.0.0.1',
      port: 5000,
      hostFlags: ['--host', '-h'],
      portFlags: ['--port', '-p'],
      hostVariables: ['FLASK_RUN_HOST'],
      portVariables: ['FLASK_RUN_PORT'],
      files: ['.env', '.flaskenv'],
    }),
  },
  'fastapi run': {
    everywhere: '--host 0.0.0.0',
    read: plain({host: '0.0.0.0', port: 8000, portVariables: ['PORT'], loose: true}),
  },
  'fastapi dev': {
    everywhere: '--host 0.0.0.0',
    read: plain({host: '127.0.0.1', port: 8000, portVariables: ['PORT'], loose: true}),
  },
  'manage.py runserver': {everywhere: '0.0.0.0:PORT', read: runserver},
  'streamlit run': {
    everywhere: '--server.address 0.0.0.0',
    read: plain({
      host: '',
      port: 8501,
      hostFlags: ['--server.address'],
      portFlags: ['--server.port'],
      hostVariables: ['STREAMLIT_SERVER_ADDRESS'],
      portVariables: ['STREAMLIT_SERVER_PORT'],
      files: ['config.toml'],
    }),
  },
  'waitress-serve': {everywhere: '--host 0.0.0.0', read: waitress},
  'next start': {
    everywhere: '-H 0.0.0.0',
    read: plain({
      host: '',
      port: 3000,
      hostFlags: ['-H', '--hostname'],
      portFlags: ['-p', '--port'],
      portVariables: ['PORT'],
    }),
  },
  'next dev': {
    everywhere: '-H 0.0.0.0',
    read: plain({
      host: '',
      port: 3000,
      hostFlags: ['-H', '--hostname'],
      portFlags: ['-p', '--port'],
      portVariables: ['PORT'],
    }),
  },
  'vite dev': {everywhere: '--host 0.0.0.0', read: vite(5173)},
  'react-router-serve': {
    everywhere: 'with HOST=0.0.0.0',
    read: plain({host: '', port: 3000, hostVariables: ['HOST'], portVariables: ['PORT']}),
  },
  'remix-serve': {
    everywhere: 'with HOST=0.0.0.0',
    read: plain({host: '', port: 3000, hostVariables: ['HOST'], portVariables: ['PORT']}),
  },
  'vite preview': {everywhere: '--host 0.0.0.0', read: vite(4173)},
  serve: {everywhere: '-l tcp://0.0.0.0:PORT', read: serve},
  'http-server': {
    everywhere: '-a 0.0.0.0',
    // The same: one without any argument is not taken for it.
    read: (args, around) => (args.flags.length + args.positional.length === 0 ? [] : httpServer(args, around)),
  },
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
  puma: {everywhere: '-b tcp://0.0.0.0:PORT', read: puma},
  'rails server': {everywhere: '-b 0.0.0.0', read: rails},
}

/** The flags that take no value here, though those of other servers with the same name do. */
const booleans: Readonly<Record<string, readonly string[]>> = {
  'http-server': ['-S', '-e', '-o', '-C'],
  serve: ['-C', '-n', '-S', '-u', '-L'],
  'php -S': ['-n', '-a', '-H'],
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
