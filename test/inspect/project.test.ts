import {describe, expect, it} from 'vitest'
import {absent, failed, known, type Loaders} from '../../src/facts.ts'
import {inspectProject} from '../../src/inspect/project.ts'
import {openFacts} from '../../src/preflight.ts'
import {Files as ProjectFiles} from '../../src/project/files/files.ts'
import {type Files, memoryFileSystem, root} from '../memory.ts'

/** What the pictures are drawn from, of a project in memory. */
async function projectOf(files: Files, facts: Partial<Loaders> = {}) {
  const paths = Object.keys(files).sort()
  const store = await openFacts(
    {root, env: {}},
    {
      fs: memoryFileSystem(files),
      facts: {files: async () => known(ProjectFiles.of(paths)), git: async () => absent('none'), ...facts},
    },
  )
  return inspectProject(store)
}

const fly = `app = "shop"
[processes]
web = "gunicorn -b 127.0.0.1:9000 app:app"
worker = "python worker.py"
[http_service]
internal_port = 8080
force_https = true
processes = ["web"]
`

describe('the way of requests', () => {
  it('goes from the public ports to the address of the server', async () => {
    const {routes} = await projectOf({'fly.toml': fly, Dockerfile: 'FROM python:3.12-slim\nRUN pip install gunicorn\n'})
    expect(routes).toMatchObject([
      {
        service: '[http_service]',
        protocol: 'tcp',
        ports: ['80 (to https)', '443 (http, tls)'],
        internalPort: 8080,
        group: 'web',
        command: 'gunicorn -b 127.0.0.1:9000 app:app',
        listens: {server: 'gunicorn', addresses: ['127.0.0.1:9000']},
        at: {service: {line: 5}, port: {line: 6}, server: {file: 'fly.toml', line: 3}},
      },
    ])
  })

  it('has one for each process group, ranges of ports and IPv6 among them', async () => {
    const services = `app = "shop"
[processes]
a = "uvicorn --host :: --port 7000 app:app"
b = "python worker.py"
[[services]]
internal_port = 7000
protocol = "udp"
processes = ["a", "b"]
[[services.ports]]
start_port = 10000
end_port = 10100
`
    const {routes} = await projectOf({'fly.toml': services})
    expect(routes.map(({group, protocol, ports, listens}) => [group, protocol, ports, listens?.addresses])).toEqual([
      ['a', 'udp', ['10000–10100'], ['[::]:7000']],
      ['b', 'udp', ['10000–10100'], undefined],
    ])
  })
})

describe('the stages', () => {
  const Dockerfile = `FROM node:22-slim AS assets
RUN npm run build
FROM python:3.12-slim-bookworm AS base
RUN apt-get update && apt-get install -y libpq5
FROM base AS unused
FROM base
COPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/
COPY --from=assets /dist /app/static
RUN --mount=type=bind,from=0,source=/src,target=/src true
USER shop
WORKDIR /app
EXPOSE 8080
CMD ["python", "-m", "app"]
`
  it('say what each starts from, takes, installs and is for', async () => {
    const {stages} = await projectOf({'fly.toml': 'app = "shop"\n', Dockerfile})
    expect(stages.map(({name, base, built, isFinal}) => ({name, base, built, isFinal}))).toEqual([
      {name: 'assets', base: 'node:22-slim', built: true, isFinal: false},
      {name: 'base', base: 'python:3.12-slim-bookworm', built: true, isFinal: false},
      {name: 'unused', base: null, built: false, isFinal: false},
      {name: 'stage 3', base: null, built: true, isFinal: true},
    ])
    expect(stages[1]).toMatchObject({system: 'Debian 12', packages: ['libpq5']})
    expect(stages[3]?.takes.map(({from, how, paths}) => [from, how, ...paths])).toEqual([
      [1, 'FROM'],
      ['ghcr.io/astral-sh/uv:latest', 'COPY', '/uv'],
      [0, 'COPY', '/dist'],
      [0, 'mount', '/src'],
    ])
    expect(stages[3]?.config).toEqual({user: 'shop', folder: '/app', command: 'python -m app', ports: ['8080/tcp']})
  })
})

describe('the project as a whole', () => {
  it('is empty where nothing is known, and whole parts are left where one fact cannot be had', async () => {
    expect(await projectOf({'fly.toml': 'app = "shop'})).toEqual({routes: [], stages: [], migrations: []})
    const broken = async () => failed('it broke')
    const project = await projectOf(
      {'fly.toml': fly, Dockerfile: 'FROM python:3.12\n'},
      {listeners: broken, processes: broken, image: broken, build: broken, alembic: broken},
    )
    expect(project.routes).toMatchObject([{group: 'web', listens: null}])
    expect(project.stages).toMatchObject([{base: 'python:3.12', built: null, config: null}])
    expect(project.migrations).toEqual([])
  })

  it('has no secret in it', async () => {
    const secret = 'sk_live_4242424242424242'
    const project = await projectOf({
      'fly.toml': fly.replace('python worker.py', `python worker.py --token ${secret}`),
      Dockerfile: `FROM python:3.12\nCMD ["app", "--api-key", "${secret}"]\n`,
    })
    expect(JSON.stringify(project)).not.toContain(secret)
  })
})
