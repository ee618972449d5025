import {scripts} from '../../files/files.ts'
import {type Kind, plain, preset, type Read} from './server-kind.ts'
import {everyAddress, hostOf, portOf, socketOf} from './sockets.ts'

/** serve: `-l PORT`, `-l tcp://HOST:PORT`, or the older `-p PORT`; PORT counts without them. */
const serve: Read = (args, around) => {
  const words = args.all('-l', '--listen', '-p', '--port')
  if (words.length === 0) {
    // A program of the project may have this name, too.
    if (!args.has('-s', '--single')) return []
    return [{host: everyAddress, port: preset(['PORT'], 3000, around, portOf)}]
  }
  const sockets = words.map((word) => {
    const port = portOf(word)
    return port ? {host: everyAddress, port} : socketOf(word)
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

/** sirv-cli: variables count before flags, and `--host` alone is every address. */
const sirv: Read = (args, around) => {
  const [host, port] = [around.variable('HOST'), around.variable('PORT')]
  const flag = args.last('-H', '--host')
  const written = args.last('-p', '--port')
  return [
    {
      host: host
        ? hostOf({text: host.value, fixed: false})
        : flag
          ? hostOf({...flag, fixed: false})
          : {value: 'localhost', fixed: false},
      port: port
        ? portOf({text: port.value, fixed: false, variable: 'PORT'})
        : written
          ? portOf({...written, fixed: false})
          : {value: 8080, fixed: false, variable: 'PORT'},
    },
  ]
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

const next = plain({
  host: '',
  port: 3000,
  hostFlags: ['-H', '--hostname'],
  portFlags: ['-p', '--port'],
  portVariables: ['PORT'],
})

/** Remix's own server, and React Router's, which it became. */
const remix = plain({host: '', port: 3000, hostVariables: ['HOST'], portVariables: ['PORT']})

/** Servers of npm's packages, by the name that nameOf gives them. */
export const nodeServers: Readonly<Record<string, Kind>> = {
  'next start': {
    everywhere: '-H 0.0.0.0',
    read: next,
  },
  'next dev': {
    everywhere: '-H 0.0.0.0',
    read: next,
  },
  'vite dev': {everywhere: '--host 0.0.0.0', read: vite(5173)},
  'react-router-serve': {
    everywhere: 'with HOST=0.0.0.0',
    read: remix,
  },
  'remix-serve': {
    everywhere: 'with HOST=0.0.0.0',
    read: remix,
  },
  'vite preview': {everywhere: '--host 0.0.0.0', read: vite(4173)},
  serve: {everywhere: '-l tcp://0.0.0.0:PORT', read: serve},
  'http-server': {
    everywhere: '-a 0.0.0.0',
    // The same: one without any argument is not taken for it.
    read: (args, around) => (args.flags.length + args.positional.length === 0 ? [] : httpServer(args, around)),
  },
  // On Docker it takes every address by itself, and a machine of Fly.io is none (fastify-cli's start.js).
  'fastify start': {
    everywhere: '--address 0.0.0.0',
    read: plain({
      host: 'localhost',
      port: 3000,
      hostFlags: ['-a', '--address'],
      portFlags: ['-p', '--port'],
      hostVariables: ['FASTIFY_ADDRESS'],
      portVariables: ['FASTIFY_PORT', 'PORT'],
      files: ['.env'],
      elsewhere: ['-s', '--socket'],
      loose: true,
    }),
  },
  sirv: {everywhere: '--host 0.0.0.0', read: sirv},
  'react-scripts start': {
    everywhere: 'with HOST=0.0.0.0',
    read: plain({
      host: '0.0.0.0',
      port: 3000,
      hostFlags: [],
      portFlags: [],
      hostVariables: ['HOST'],
      portVariables: ['PORT'],
      filesBeginning: ['.env'],
    }),
  },
  'vue-cli-service serve': {
    everywhere: '--host 0.0.0.0',
    read: plain({
      host: '0.0.0.0',
      port: 8080,
      hostVariables: ['HOST'],
      portVariables: ['PORT'],
      files: ['vue.config.js', 'vue.config.cjs', 'vue.config.mjs'],
      filesBeginning: ['.env'],
    }),
  },
  'json-server': {
    everywhere: '--host 0.0.0.0',
    read: plain({
      host: 'localhost',
      port: 3000,
      hostFlags: ['-h', '-H', '--host'],
      portFlags: ['-p', '--port'],
      portVariables: ['PORT'],
      files: ['json-server.json'],
      loose: true,
    }),
  },
  'deno serve': {
    everywhere: '--host 0.0.0.0',
    read: (args, around) =>
      around.variable('DENO_SERVE_ADDRESS') ? [] : plain({host: '0.0.0.0', port: 8000})(args, around),
  },
}
