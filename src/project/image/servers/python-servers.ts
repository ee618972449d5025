import {bound, type Kind, plain, type Read} from './server-kind.ts'
import {everyAddress, hostOf, portOf, socketOf} from './sockets.ts'

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

/** Servers of Python's packages, by the name that nameOf gives them. */
export const pythonServers: Readonly<Record<string, Kind>> = {
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
  // sanic/cli/arguments.py
  sanic: {
    everywhere: '--host 0.0.0.0',
    read: plain({
      host: '127.0.0.1',
      port: 8000,
      hostFlags: ['-H', '--host'],
      portFlags: ['-p', '--port'],
      elsewhere: ['-u', '--unix', '--auto-tls', '--http', '-3', '--http1'],
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
  'http.server': {
    everywhere: '--bind 0.0.0.0',
    read: (args) => {
      const [written] = args.positional
      const host = args.last('-b', '--bind')
      const port = written ? portOf(written) : ({value: 8000, fixed: true} as const)
      return [{host: host ? hostOf(host) : everyAddress, port}]
    },
  },
  'litestar run': {
    everywhere: '--host 0.0.0.0',
    read: plain({
      host: '127.0.0.1',
      port: 8000,
      hostFlags: ['-H', '--host'],
      portFlags: ['-p', '--port'],
      hostVariables: ['LITESTAR_HOST'],
      portVariables: ['LITESTAR_PORT'],
      elsewhere: ['-F', '--fd', '--file-descriptor', '-U', '--uds', '--unix-domain-socket'],
      files: ['.env'],
    }),
  },
  'chainlit run': {
    everywhere: '--host 0.0.0.0',
    read: plain({
      host: '127.0.0.1',
      port: 8000,
      hostVariables: ['CHAINLIT_HOST'],
      portVariables: ['CHAINLIT_PORT'],
      files: ['.env'],
    }),
  },
  'shiny run': {
    everywhere: '--host 0.0.0.0',
    read: plain({
      host: '127.0.0.1',
      port: 8000,
      hostFlags: ['-h', '--host'],
      portFlags: ['-p', '--port'],
      hostVariables: ['SHINY_HOST'],
      portVariables: ['SHINY_PORT'],
    }),
  },
  'mlflow server': {
    everywhere: '--host 0.0.0.0',
    read: plain({
      host: '127.0.0.1',
      port: 5000,
      hostFlags: ['-h', '--host'],
      portFlags: ['-p', '--port'],
      hostVariables: ['MLFLOW_HOST'],
      portVariables: ['MLFLOW_PORT'],
    }),
  },
  'mkdocs serve': {
    everywhere: '--dev-addr 0.0.0.0:PORT',
    read: (args, {hasFile}) => {
      const binds = args.all('-a', '--dev-addr')
      if (binds.length > 0) return bound(binds.slice(-1))
      // mkdocs.yml may have another one as dev_addr, and hooks.
      return hasFile('mkdocs.yml', 'mkdocs.yaml')
        ? [{host: {value: '127.0.0.1', fixed: false}, port: {value: 8000, fixed: false}}]
        : []
    },
  },
}
