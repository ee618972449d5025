import phoenixServer from '../../../checks/env/phoenix-server.ts'
import {testCheck} from '../../harness.ts'

const switched = 'if System.get_env("PHX_SERVER") do\n  config :shop, ShopWeb.Endpoint, server: true\nend\n'
const project = (
  command: string,
  {toml = '', runtime = switched, more = {}}: {toml?: string; runtime?: string; more?: object} = {},
) => ({
  files: {
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = 4000\n${toml}`,
    Dockerfile: `FROM elixir:1.17\nWORKDIR /app\nCOPY . .\nRUN mix release\nCMD ${command}\n`,
    'mix.exs': '',
    'config/runtime.exs': `import Config\n${runtime}`,
    ...more,
  },
})
const start = '["/app/bin/shop", "start"]'

testCheck(phoenixServer, {
  clean: {
    'the script of the generator': project('["/app/bin/server"]'),
    'set for the command': project('PHX_SERVER=true exec /app/bin/shop start'),
    'set in [env]': project(start, {toml: '[env]\n  PHX_SERVER = "true"\n'}),
    'set by the script of the release': project(start, {more: {'rel/env.sh.eex': 'export PHX_SERVER=true\n'}}),
    'said for certain': project(start, {runtime: `${switched}config :shop, ShopWeb.Endpoint, server: true\n`}),
    'said for every endpoint': project(start, {runtime: `${switched}config :phoenix, :serve_endpoints, true\n`}),
    'no configuration of a server': project(start, {runtime: 'config :shop, a: 1\n'}),
    'a release that serves nobody': {
      files: {...project(start).files, 'fly.toml': 'app = "shop"\n'},
    },
    'mix phx.server, which starts it itself': project('["mix", "phx.server"]'),
  },
  flagged: {
    'the command of the image': {
      ...project(start),
      expect: [
        'warning Dockerfile:5:1 /app/bin/shop start starts no server: nothing sets PHX_SERVER, so that nothing listens for the health check or anybody',
      ],
    },
    'the command of a group': {
      ...project('["/app/bin/server"]', {toml: '  processes = ["web"]\n[processes]\n  web = "bin/shop start"\n'}),
      expect: [
        'warning fly.toml:6:3 bin/shop start starts no server: nothing sets PHX_SERVER, so that nothing listens for the health check or anybody',
      ],
    },
  },
})
