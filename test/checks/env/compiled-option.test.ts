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

/** The app itself asks for a key: in its module, or as it starts. */
const asks = (
  lib: string,
  config: {dev?: string; prod?: string; runtime?: string; manifest?: string; build?: string},
) =>
  project(config.runtime ?? '', {
    prod: config.prod ?? '',
    manifest: `def project, do: [\n  app: :shop,\n  ${config.manifest ?? 'version: "1.0.0"'}\n]\n`,
    build: config.build ?? 'release',
    more: {'config/dev.exs': `import Config\n${config.dev ?? ''}`, 'lib/shop/orders.ex': lib},
  })
const variable = (
  {prod = 'config :shop, key: System.get_env("API_KEY")\n', runtime = '', toml = '[env]\nAPI_KEY = "x"\n'},
  before = '',
) => {
  const {files} = asks('defmodule Shop.Orders do\nend\n', {prod, runtime})
  return {
    files: {
      ...files,
      'fly.toml': `app = "shop"\n${toml}`,
      Dockerfile: files.Dockerfile.replace('RUN', `${before}RUN`),
    },
  }
}
const compiled = (call: string) => `defmodule Shop.Orders do\n  @size Application.${call}\nend\n`
const started = (call: string) =>
  `defmodule Shop.Application do\n  use Application\n  def start(_type, _args) do\n    ${call}\n  end\nend\n`
const size = 'config :shop, :size, 10\n'

testCheck(compiledOption, {
  clean: {
    'a key that is set before': asks(compiled('compile_env(:shop, :size, 5)'), {prod: size, runtime: size}),
    'a key among others': asks(compiled('compile_env!(:shop, :size)'), {prod: 'config :shop,\n  a: 1,\n  size: 10\n'}),
    'a key that nothing sets, with a default': asks(compiled('compile_env(:shop, :size, 5)'), {}),
    'a key of another app': asks(compiled('compile_env!(:phoenix, :size)'), {}),
    'one that is set in a condition': asks(compiled('compile_env(:shop, :size, 5)'), {
      runtime: `if System.get_env("SIZE") do\n  ${size}end\n`,
    }),
    'a release that compares nothing': asks(compiled('compile_env(:shop, :size, 5)'), {
      runtime: size,
      manifest: 'releases: [shop: [validate_compile_env: false]]',
    }),
    'options that stand in a variable': asks(compiled('compile_env!(:shop, :size)'), {
      prod: 'config :shop, [size: 1]\n',
    }),
    'what a macro lays elsewhere': asks(
      'defmodule Shop.Orders do\n  defmacro __using__(_) do\n    quote do\n      Application.compile_env!(:shop, :size)\n    end\n  end\nend\n',
      {dev: size},
    ),
    'a key of start that runtime.exs sets': asks(started('Application.fetch_env!(:shop, :size)'), {runtime: size}),
    'a module of start by its short name': asks(started('Application.fetch_env!(:shop, Mailer)'), {
      prod: 'config :shop, Shop.Mailer, a: 1\n',
    }),
    'in a branch of start': asks(started('if true, do: Application.fetch_env!(:shop, :size)'), {dev: size}),
    'another function': asks('defmodule Shop do\n  def size, do: Application.fetch_env!(:shop, :size)\nend\n', {
      dev: size,
    }),
    'a key that the app puts there': asks(
      started('Application.put_env(:shop, :size, 1)\n    Application.fetch_env!(:shop, :size)'),
      {dev: size},
    ),
    'a variable that runtime.exs reads, too': variable({runtime: 'config :shop, :key, System.get_env("API_KEY")\n'}),
    'a key that runtime.exs gives another value': variable({runtime: 'config :shop, key: System.get_env("OTHER")\n'}),
    'a variable with another value': variable({prod: 'config :shop, key: System.get_env("API_KEY") || "none"\n'}),
    'a variable that the machines do not have either': variable({toml: ''}),
    'a secret of a library that asks the environment, too': variable({
      toml: '',
      prod: 'config :sentry, dsn: System.get_env("SENTRY_DSN")\n',
    }),
    'a secret of a module that runtime.exs gives': variable({
      toml: '',
      prod: 'config :shop, Shop.Mailer, api_key: System.get_env("SENDGRID_API_KEY")\n',
      runtime: 'config :shop, Shop.Mailer, api_key: System.fetch_env!("MAIL_KEY")\n',
    }),
    'a secret that the code asks for itself, too': {
      files: {
        ...variable({toml: ''}).files,
        'lib/shop/mailer.ex':
          'defmodule Shop.Mailer do\n  def key, do: Application.get_env(:shop, :key) || System.get_env("API_KEY")\nend\n',
      },
    },
    'a secret that no code takes': {
      files: {
        ...variable({toml: ''}).files,
        'lib/shop/mailer.ex': 'defmodule Shop.Mailer do\n  def key, do: Application.get_env(:shop, :other)\nend\n',
      },
    },
    'a setting that may have no value': {
      files: {
        ...variable({toml: '', prod: 'config :shop, key: System.get_env("MODE")\n'}).files,
        'lib/shop/mailer.ex': 'defmodule Shop.Mailer do\n  def key, do: Application.get_env(:shop, :key)\nend\n',
      },
    },
    'a variable that the build has': variable({}, 'ENV API_KEY=x\n'),
    'a variable that the build is handed': variable({}, 'ARG API_KEY\n'),
    'a variable of another environment': variable({
      prod: 'if config_env() == :dev do\n  config :shop, key: System.get_env("API_KEY")\nend\n',
    }),
    'a key that mix.exs gives': asks(started('Application.fetch_env!(:shop, :size)'), {
      manifest: 'version: "1.0.0",\n  env: [size: 1]',
    }),
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
    'a variable that only the machines have': {
      ...variable({}),
      expect: [
        'warning config/prod.exs:2:20 config/prod.exs reads API_KEY while the image is built, and [env] has it for the machines alone: :shop has nothing there',
      ],
    },
    'a secret that only the machines have': {
      files: {
        ...variable({toml: ''}).files,
        'lib/shop/mailer.ex': 'defmodule Shop.Mailer do\n  def key, do: Application.get_env(:shop, :key)\nend\n',
      },
      expect: [
        'warning config/prod.exs:2:20 config/prod.exs reads API_KEY while the image is built, and a secret is for the machines alone: :shop has nothing there',
      ],
    },
    'a secret of a library that looks into its configuration alone': {
      ...variable({
        toml: '',
        prod: 'config :ueberauth, Ueberauth.Strategy.Google.OAuth,\n  client_id: System.get_env("GOOGLE_CLIENT_ID")\n',
      }),
      expect: [
        'warning config/prod.exs:3:14 config/prod.exs reads GOOGLE_CLIENT_ID while the image is built, and a secret is for the machines alone: :ueberauth has nothing there',
      ],
    },
    'several secrets of one library, told once': {
      ...variable({
        toml: '',
        prod: 'config :ueberauth, Ueberauth.Strategy.Google.OAuth,\n  client_id: System.get_env("GOOGLE_CLIENT_ID"),\n  client_secret: System.get_env("GOOGLE_CLIENT_SECRET")\n',
      }),
      expect: [
        'warning config/prod.exs:3:14 config/prod.exs reads GOOGLE_CLIENT_ID and 1 more while the image is built, and a secret is for the machines alone: :ueberauth has nothing there',
      ],
    },
    'a secret of a module of the app': {
      ...variable({toml: '', prod: 'config :shop, Shop.Mailer, api_key: System.get_env("SENDGRID_API_KEY")\n'}),
      expect: [
        'warning config/prod.exs:2:37 config/prod.exs reads SENDGRID_API_KEY while the image is built, and a secret is for the machines alone: :shop has nothing there',
      ],
    },
    'a secret that a workflow sets': {
      files: {
        ...variable({toml: ''}).files,
        'README.md': 'fly secrets set API_KEY=abc\n',
      },
      expect: [
        'warning config/prod.exs:2:20 config/prod.exs reads API_KEY while the image is built, and a secret is for the machines alone: :shop has nothing there',
      ],
    },
    'a key that is set when it starts': {
      ...asks(compiled('compile_env(:shop, :size, 5)'), {runtime: size}),
      expect: [
        'error config/runtime.exs:2:1 size of :shop is set when the release starts, but lib/shop/orders.ex is compiled without it: every start ends with "has a different value set for key :size during runtime compared to compile time"',
      ],
    },
    'a key that development alone has': {
      ...asks(compiled('compile_env!(:shop, :size)'), {dev: size}),
      expect: [
        'error lib/shop/orders.ex:2:9 size of :shop is asked for as the code is compiled, and config/dev.exs has it, but nothing sets it for prod: mix compile stops',
      ],
    },
    'a key of start that development alone has': {
      ...asks(started('children = [{Cache, Application.fetch_env!(:shop, :size)}]'), {dev: size}),
      expect: [
        'error lib/shop/orders.ex:4:25 the app asks for size of :shop as it starts, and config/dev.exs has it, but nothing sets it for prod: every start ends with "could not fetch application environment"',
      ],
    },
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
