import check from '../../../checks/image/mix-call.ts'
import {testCheck} from '../../harness.ts'

const final =
  'FROM debian:bookworm-slim\nCOPY --from=build /app/_build/prod/rel/shop /app\nCMD ["/app/bin/shop", "start"]\n'
const shop = (body: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM elixir:1.18 AS build\nWORKDIR /app\nCOPY . .\nRUN mix deps.get && MIX_ENV=prod mix release\n\n${final}`,
    'mix.exs': 'defmodule Shop.MixProject do\n  use Mix.Project\n\n  def project, do: [app: :shop]\nend\n',
    'lib/shop/cache.ex': `defmodule Shop.Cache do\n${body}\nend\n`,
    ...more,
  },
})
const inFunction = '  def on? do\n    Mix.env() == :prod\n  end'
const says = (head: string, call = 'Mix.env') =>
  `${head} calls ${call} when the app runs, and a release has no Mix: it raises UndefinedFunctionError`

testCheck(check, {
  clean: {
    'the configuration that is read while it is built': shop('', {
      'config/config.exs': 'import Config\nconfig :shop, env: Mix.env()\n',
      'config/runtime.exs': 'import Config\nif config_env() == :prod do\n  config :shop, a: 1\nend\n',
    }),
    'runtime.exs, for development alone': shop('', {
      'config/config.exs': 'import Config\n',
      'config/runtime.exs': 'import Config\nif config_env() == :dev do\n  config :shop, env: Mix.env()\nend\n',
    }),
    'an attribute': shop('  @env Mix.env()\n\n  def on?, do: @env == :prod'),
    'a condition of the module': shop('  if Mix.env() == :dev do\n    def on?, do: false\n  end'),
    'a macro': shop('  defmacro on? do\n    Mix.env() == :prod\n  end'),
    'quoted code': shop('  def on do\n    quote do\n      Mix.env()\n    end\n  end'),
    'a comment, and a text': shop('  def on? do\n    # Mix.env()\n    "Mix.env()"\n  end'),
    'code that asks for Mix': shop('  def on? do\n    Code.ensure_loaded?(Mix) and Mix.env() == :dev\n  end'),
    'a function that catches it': shop('  def on? do\n    Mix.env() == :prod\n  rescue\n    _ -> false\n  end'),
    'a task': shop('', {
      'lib/mix/tasks/shop.ex': 'defmodule Mix.Tasks.Shop do\n  def run(_), do: Mix.shell().info("x")\nend\n',
    }),
    'what a task of the project calls to write': shop('  def run, do: Mix.shell().info(Mix.Project.build_path())', {
      'lib/mix/tasks/shop.ex': 'defmodule Mix.Tasks.Shop do\n  use Mix.Task\n  def run(_), do: Shop.Cache.run()\nend\n',
    }),
    'a module of its own': shop('  def on?, do: Shop.Mix.env()'),
    'a release that has it': shop(inFunction, {
      'mix.exs': 'defmodule Shop.MixProject do\n  def application, do: [extra_applications: [:logger, :mix]]\nend\n',
    }),
    'the stage that builds': shop(inFunction, {
      Dockerfile: 'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nRUN mix release\nCMD ["mix", "phx.server"]\n',
    }),
    'a test': shop('', {'test/support/cache.ex': `defmodule Shop.Test do\n${inFunction}\nend\n`}),
  },
  flagged: {
    'the configuration that is read as it starts': {
      ...shop('', {
        'config/config.exs': 'import Config\n',
        'config/runtime.exs': 'import Config\nif Mix.env() == :prod do\n  config :shop, a: 1\nend\n',
      }),
      expect: [`error config/runtime.exs:2:4 ${says('config/runtime.exs')}`],
    },
    'a function': {
      ...shop(inFunction),
      expect: [`warning lib/shop/cache.ex:3:5 ${says('def on?')}`],
    },
    'a function in one line': {
      ...shop('  defp on?, do: Mix.env() == :prod'),
      expect: [`warning lib/shop/cache.ex:2:17 ${says('defp on?')}`],
    },
    'several functions, at once': {
      ...shop(
        '  def all(first_of_the_arguments, second_of_the_arguments, third) do\n    {first, second, third, Mix.env()}\n  end\n\n  def a, do: Mix.env()\n\n  def b, do: Mix.target()',
      ),
      expect: [`warning lib/shop/cache.ex:3:28 ${says('def all(…)').replace('runs,', 'runs, as 2 more places do,')}`],
    },
    'the start of the app': {
      ...shop(
        '  use Application\n\n  def start(_type, _args) do\n    children = if Mix.env() == :dev, do: [], else: [Shop]\n    Supervisor.start_link(children, [])\n  end',
      ),
      expect: [`warning lib/shop/cache.ex:5:19 ${says('def start(_type, _args)')}`],
    },
  },
})
