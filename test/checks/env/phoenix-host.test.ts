import phoenixHost from '../../../checks/env/phoenix-host.ts'
import {testCheck} from '../../harness.ts'

interface Parts {
  env?: string
  prod?: string
  runtime?: string
  socket?: string
  more?: Record<string, string>
}
const asked = 'host = System.get_env("PHX_HOST") || "example.com"\n'
const uses = 'config :shop, ShopWeb.Endpoint,\n  url: [host: host, port: 443, scheme: "https"]\n'
const project = ({env = 'PORT = "8080"', prod = '', runtime = asked + uses, socket = '', more = {}}: Parts) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n  ${env}\n[http_service]\n  internal_port = 8080\n`,
    Dockerfile: 'FROM elixir:1.17\nCOPY . .\nRUN mix release\n',
    'mix.exs': '',
    'config/config.exs': 'import Config\nconfig :shop, ShopWeb.Endpoint,\n  url: [host: "localhost"]\n',
    'config/prod.exs': `import Config\n${prod}`,
    'config/runtime.exs': `import Config\n${runtime}`,
    'lib/shop_web/endpoint.ex': `  socket "/live", Phoenix.LiveView.Socket${socket}\n`,
    ...more,
  },
})
const refused = (host: string) =>
  `the endpoint's host is ${host}: Phoenix refuses the websockets of every page, and its links lead there`

testCheck(phoenixHost, {
  clean: {
    'PHX_HOST in [env]': project({env: 'PHX_HOST = "shop.fly.dev"'}),
    'PHX_HOST in the image': project({more: {Dockerfile: 'FROM elixir:1.17\nENV PHX_HOST=shop.fly.dev\nCOPY . .\n'}}),
    'PHX_HOST by the script of the release': project({
      more: {'rel/env.sh.eex': 'export PHX_HOST="${FLY_APP_NAME}.fly.dev"\n'},
    }),
    'PHX_HOST as a secret': project({more: {'bin/setup.sh': 'flyctl secrets set PHX_HOST=shop.example.net\n'}}),
    'every origin of the connection': project({prod: 'config :shop, ShopWeb.Endpoint, check_origin: :conn\n'}),
    'sockets with a rule of their own': project({socket: ', websocket: [check_origin: false]'}),
    'a host that somebody wrote': project({runtime: uses.replace('host: host', 'host: "shop.dev"')}),
    'an endpoint that is configured by code': project({
      more: {'lib/shop_web/endpoint.ex': 'socket "/live", X\ndef init(_, c), do: c\n'},
    }),
    'no sockets': project({more: {'lib/shop_web/endpoint.ex': 'plug Plug.Static\n'}}),
    'a url that is worked out': project({
      runtime: 'config :shop, ShopWeb.Endpoint, url: url_of(System.get_env("FLY_APP_NAME"))\n',
    }),
    'only sometimes': project({
      runtime: 'if System.get_env("X") do\n  config :shop, ShopWeb.Endpoint, url: [host: "example.com"]\nend\n',
    }),
  },
  flagged: {
    'the default of the generator': {
      ...project({}),
      expect: [
        "warning config/runtime.exs:2:8 the endpoint's host is example.com, as nothing sets PHX_HOST: Phoenix refuses the websockets of every page, and its links lead there",
      ],
    },
    'a default behind a comma': {
      ...project({runtime: `host = System.get_env("HOST", "localhost")\n${uses}`}),
      expect: [
        "warning config/runtime.exs:2:8 the endpoint's host is localhost, as nothing sets HOST: Phoenix refuses the websockets of every page, and its links lead there",
      ],
    },
    'prod.exs, which runtime.exs leaves': {
      ...project({
        prod: 'config :shop, ShopWeb.Endpoint,\n  # the host\n  url: [host: "example.com", port: 80]\n',
        runtime: 'config :shop, ShopWeb.Endpoint, http: [port: 8080], url: [scheme: "https"]\n',
      }),
      expect: [`warning config/prod.exs:4:15 ${refused('example.com')}`],
    },
    'config.exs alone': {
      ...project({runtime: ''}),
      expect: [`warning config/config.exs:3:15 ${refused('localhost')}`],
    },
  },
  skipped: {
    'an app beside the one that the image is built of': {
      files: {
        ...Object.fromEntries(Object.entries(project({}).files).map(([path, text]) => [`elixir/${path}`, text])),
        'fly.toml': project({}).files['fly.toml'],
        Dockerfile: 'FROM node:22-slim\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "build"]\n',
      },
      reason: 'nothing in the build of the image calls mix',
    },
  },
})
