import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/server-interface',
  title: 'the server calls the app by the interface that it has',
  why: 'A server of WSGI calls an app with two arguments, one of ASGI with three: each request ends with a TypeError and the answer 500.',
  severity: 'error',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['serverInterfaces'],
  uses: ['buildsElse'],
  *run({serverInterfaces, buildsElse}) {
    for (const {command, server, started, made, speaks, at, proven} of serverInterfaces) {
      yield {
        message: `${command.by} gives ${started} to ${server}, which calls it as ${speaks === 'ASGI' ? 'WSGI' : 'ASGI'}, and ${made} makes an app of ${speaks}: each request ends with a TypeError (500)`,
        at: command.at,
        related: [at],
        hint:
          speaks === 'ASGI'
            ? `Let uvicorn serve it: uvicorn ${started}, or as gunicorn's worker (package uvicorn-worker): gunicorn ${started} -k uvicorn_worker.UvicornWorker`
            : `Start it with gunicorn ${started}, or tell uvicorn: --interface wsgi`,
        ...((!proven || buildsElse || command.supervised) && {severity: 'warning' as const}),
      }
    }
  },
})
