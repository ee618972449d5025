import check from '../../../checks/image/mix-packages.ts'
import {testCheck} from '../../harness.ts'

const shop = (
  lib: string,
  {dep = '{:ex_machina, "~> 2.8", only: [:dev, :test]}', mix = '', lock = '', env = 'prod', files = {}} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM elixir:1.18\nWORKDIR /app\nENV MIX_ENV=${env}\nCOPY . .\nRUN mix deps.get && mix compile\nCMD ["mix", "run"]\n`,
    'mix.exs': `defmodule Shop.MixProject do\n  def project, do: [app: :shop, elixirc_paths: elixirc_paths(Mix.env())]\n  defp elixirc_paths(:test), do: ["lib", "test/support"]\n  defp elixirc_paths(_), do: ["lib"]\n${mix}  defp deps, do: [${dep}]\nend\n`,
    'mix.lock': `%{\n  "ex_machina": {:hex, :ex_machina, "2.8.0", "00", [:mix], [{:ecto, "~> 2.2"}]},\n${lock}}\n`,
    'config/config.exs': 'import Config\n',
    'config/runtime.exs': 'import Config\n',
    'lib/shop/factory.ex': lib,
    ...files,
  },
})
const oban =
  'defmodule Shop.Repo.Migrations.Oban do\n  use Ecto.Migration\n\n  def up, do: Oban.Migration.up(version: 12)\nend\n'
const factory = 'defmodule Shop.Factory do\n  use ExMachina.Ecto, repo: Shop.Repo\nend\n'

testCheck(check, {
  clean: {
    'production has it': shop(factory, {dep: '{:ex_machina, "~> 2.8"}'}),
    'production is named': shop(factory, {dep: '{:ex_machina, "~> 2.8", only: [:test, :prod]}'}),
    'the build is for the tests': shop(factory, {env: 'test'}),
    'in a condition': shop('defmodule Shop.Factory do\n  if Mix.env() == :test do\n    use ExMachina\n  end\nend\n'),
    'a file that asks': shop(
      'if Code.ensure_loaded?(ExMachina) do\n  defmodule Shop.Factory do\n    use ExMachina\n  end\nend\n',
    ),
    'in a macro': shop(
      'defmodule Shop.Factory do\n  defmacro __using__(_) do\n    quote do\n      use ExMachina\n    end\n  end\nend\n',
    ),
    'another package asks for it': shop(factory, {
      lock: '  "seeds": {:hex, :seeds, "1.0.0", "00", [:mix], [{:ex_machina, "~> 2.0", [hex: :ex_machina]}]},\n',
    }),
    'a package of git may ask for it': shop(factory, {
      dep: '{:ex_machina, "~> 2.8", only: :test}, {:seeds, github: "acme/seeds"}',
    }),
    'another path for production': shop(factory, {mix: '  defp elixirc_paths(:prod), do: ["lib/shop_web"]\n'}),
    'in the support of the tests': shop('defmodule Shop do\nend\n', {files: {'test/support/factory.ex': factory}}),
    'a call that is caught': shop(
      'defmodule Shop.Factory do\n  def build do\n    ExMachina.build()\n  rescue\n    _ -> nil\n  end\nend\n',
    ),
    'a call in a condition': shop(
      'defmodule Shop.Factory do\n  def build do\n    if dev?() do\n      ExMachina.build()\n    end\n  end\nend\n',
    ),
    'a plug for development': shop(
      'defmodule Shop.Endpoint do\n  if code_reloading? do\n    plug ExMachina\n  end\nend\n',
    ),
    'a migration of a package that is listed': shop('defmodule Shop do\nend\n', {
      dep: '{:oban, "~> 2.18"}',
      files: {'priv/repo/migrations/1_oban.exs': oban},
    }),
    'a migration that names it in a comment': shop('defmodule Shop do\nend\n', {
      files: {'priv/repo/migrations/1_oban.exs': '# Oban.Migration.up()\n'},
    }),
    'another module of that beginning': shop('defmodule Shop.Factory do\n  use ExMachinaLike\nend\n'),
    'in a comment': shop('defmodule Shop.Factory do\n  # use ExMachina\nend\n'),
  },
  flagged: {
    'a plug': {
      ...shop('defmodule Shop.Endpoint do\n  plug ExMachina\nend\n'),
      expect: [
        'error lib/shop/factory.ex:2:3 lib/shop/factory.ex has plug ExMachina, and mix.exs leaves ex_machina out of prod: mix compile stops, as that module is not loaded',
      ],
    },
    'a function that calls it': {
      ...shop('defmodule Shop.Factory do\n  def build, do: ExMachina.build()\nend\n'),
      expect: [
        'warning lib/shop/factory.ex:2:18 lib/shop/factory.ex has ExMachina.build, and mix.exs leaves ex_machina out of prod: the call raises UndefinedFunctionError in the release',
      ],
    },
    'a migration of a package that is not listed': {
      ...shop('defmodule Shop do\nend\n', {files: {'priv/repo/migrations/1_oban.exs': oban}}),
      expect: [
        'warning priv/repo/migrations/1_oban.exs:4:15 priv/repo/migrations/1_oban.exs has Oban.Migration.up, and mix.exs does not list oban: the migration stops with UndefinedFunctionError, where it has not run before',
      ],
    },
    'a migration of a package that is for development': {
      ...shop('defmodule Shop do\nend\n', {
        dep: '{:oban, "~> 2.18", only: [:dev, :test]}',
        files: {'priv/repo/migrations/1_oban.exs': oban},
      }),
      expect: [
        'warning priv/repo/migrations/1_oban.exs:4:15 priv/repo/migrations/1_oban.exs has Oban.Migration.up, and mix.exs leaves oban out of prod: the migration stops with UndefinedFunctionError, where it has not run before',
      ],
    },
    'a module that uses it': {
      ...shop(factory),
      expect: [
        'error lib/shop/factory.ex:2:3 lib/shop/factory.ex has use ExMachina.Ecto, and mix.exs leaves ex_machina out of prod: mix compile stops, as that module is not loaded',
      ],
    },
    'one that imports it': {
      ...shop('defmodule Shop.Factory do\n  import ExMachina\nend\n', {
        dep: '{:ex_machina, "~> 2.8", only: :test, runtime: false}',
      }),
      expect: [
        'error lib/shop/factory.ex:2:3 lib/shop/factory.ex has import ExMachina, and mix.exs leaves ex_machina out of prod: mix compile stops, as that module is not loaded',
      ],
    },
  },
})
