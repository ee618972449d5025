import compiledOption from '../../../checks/env/compiled-option.ts'
import {testCheck} from '../../harness.ts'

interface More {
  version?: string
  manifest?: string
  prod?: string
  build?: string
  toml?: string
  more?: Record<string, string>
}

const project = (
  runtime: string,
  {version = '1.8.1', manifest = '', prod = '', build = 'release', toml = '', more = {}}: More = {},
) => ({
  files: {
    'fly.toml': `app = "shop"\n${toml}`,
    Dockerfile: `FROM elixir:1.17\nWORKDIR /app\nCOPY . .\nENV MIX_ENV=prod\nRUN mix ${build}\nCMD ["bin/server"]\n`,
    'mix.exs': manifest,
    'mix.lock': `%{\n  "phoenix": {:hex, :phoenix, "${version}", "c1", [:mix], [], "hexpm", "c2"},\n}\n`,
    'config/config.exs': 'import Config\nimport_config "#{config_env()}.exs"\n',
    'config/prod.exs': `import Config\n${prod}`,
    'config/runtime.exs': `import Config\n${runtime}`,
    'lib/shop_web/endpoint.ex': 'defmodule ShopWeb.Endpoint do\n  use Phoenix.Endpoint, otp_app: :shop\nend\n',
    ...more,
  },
})
const forced = 'config :shop, ShopWeb.Endpoint, force_ssl: [hsts: true]\n'
const differs = (name: string, line: number, column: number) =>
  `error config/runtime.exs:${line}:${column} ${name} is set when the release starts, but Phoenix is compiled without it: every start ends with "has a different value set for path [:${name}]"`

testCheck(compiledOption, {
  clean: {
    'set before it is compiled': project('config :shop, a: 1\n', {prod: forced}),
    'set in both files': project(forced, {prod: forced}),
    'a Phoenix that does not compare': project(forced, {version: '1.7.24'}),
    'a release that does not compare': project(forced, {manifest: 'releases: [shop: [validate_compile_env: false]]'}),
    'no release: what is compiled has read it': project(forced, {build: 'compile'}),
    'under a condition': project(`if System.get_env("FORCE_SSL") do\n  ${forced}end\n`),
    'in another environment': project(`if config_env() == :staging do\n  ${forced}end\n`),
    'a value that may be nil': project('config :shop, ShopWeb.Endpoint, force_ssl: System.get_env("A") && []\n'),
    'a setting of the app with that name': project('config :shop, force_ssl: [hsts: true]\n'),
    'a comment': project(`# ${forced}config :shop, ShopWeb.Endpoint, url: [host: "a.dev"]\n`),
    'options that a variable holds before': project(forced, {prod: 'config :shop, ShopWeb.Endpoint, options\n'}),
    'a value that another file may set': project(forced, {prod: 'import_config "prod.secret.exs"\n'}),
    'options in brackets before': project(forced, {
      prod: 'config :shop, ShopWeb.Endpoint, [force_ssl: [hsts: true]]\n',
    }),
    'for development alone': project(
      'if config_env() == :dev do\n  config :shop, ShopWeb.Endpoint, code_reloader: true\nend\n',
    ),
    'set to nothing': project('config :shop, ShopWeb.Endpoint, force_ssl: []\n', {
      prod: 'config :shop, ShopWeb.Endpoint, force_ssl: []\n',
    }),
    'no lock file to tell the version': {
      files: {...project(forced).files, 'mix.lock': '%{}'},
    },
    'another option of that endpoint': project('config :shop, ShopWeb.Endpoint, https: [force_ssl: true]\n'),
    'a release that reads another file': project(forced, {manifest: 'releases: [shop: [runtime_config_path: false]]'}),
    'an umbrella, of which a release may have a part': project(forced, {manifest: 'apps_path: "apps"'}),
    'an endpoint of another app': project('config :web, ShopWeb.Endpoint, force_ssl: [hsts: true]\n'),
    'an endpoint that is none of Phoenix': project(forced, {
      more: {'lib/shop_web/endpoint.ex': 'defmodule ShopWeb.Endpoint do\n  use Plug.Builder\nend\n'},
    }),
    'set before by a loop': project(forced, {
      prod: 'for web <- [ShopWeb.Endpoint], do: config(:shop, web, force_ssl: [hsts: true])\n',
    }),
    'mix starts it': project(forced, {toml: '[processes]\n  app = "mix phx.server"\n'}),
    'mix starts it, as the Dockerfile says': project(forced, {
      more: {
        Dockerfile:
          'FROM elixir:1.17\nWORKDIR /app\nCOPY . .\nENV MIX_ENV=prod\nRUN mix release\nCMD ["mix", "phx.server"]\n',
      },
    }),
    'a file that is written anew while the image is built': project(forced, {
      more: {
        Dockerfile:
          'FROM elixir:1.17\nWORKDIR /app\nCOPY . .\nENV MIX_ENV=prod\nRUN sed -i /force_ssl/d config/runtime.exs && mix release\n',
      },
    }),
    'built in the environment of a developer': project(forced, {
      more: {Dockerfile: 'FROM elixir:1.17\nWORKDIR /app\nCOPY . .\nRUN mix release\n'},
    }),
  },
  flagged: {
    force_ssl: {...project(forced), expect: [differs('force_ssl', 2, 33)]},
    'in production, beside others': {
      ...project(
        'if config_env() == :prod do\n  config :shop, ShopWeb.Endpoint,\n    url: [host: "a.dev"],\n    force_ssl: [hsts: true]\nend\n',
        {toml: '[deploy]\n  release_command = "/app/bin/migrate"\n'},
      ),
      expect: [differs('force_ssl', 5, 5)],
    },
    'beside another project of mix': {
      files: {
        ...project(forced).files,
        'tools/mix.exs': '',
        'tools/config/runtime.exs': 'import Config\n',
      },
      expect: [differs('force_ssl', 2, 33)],
    },
    'errors for everybody': {
      ...project('config :shop, ShopWeb.Endpoint, debug_errors: true\n'),
      expect: [differs('debug_errors', 2, 33)],
    },
  },
})
