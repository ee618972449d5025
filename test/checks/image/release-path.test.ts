import check from '../../../checks/image/release-path.ts'
import {testCheck} from '../../harness.ts'

const final =
  'FROM debian:bookworm-slim\nCOPY --from=build /app/_build/prod/rel/shop /app\nCMD ["/app/bin/shop", "start"]\n'
const shop = (body: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM elixir:1.18 AS build\nWORKDIR /app\nCOPY . .\nRUN mix deps.get && MIX_ENV=prod mix release\n\n${final}`,
    'mix.exs': 'defmodule Shop.MixProject do\n  use Mix.Project\n\n  def project, do: [app: :shop]\nend\n',
    'lib/shop/rates.ex': `defmodule Shop.Rates do\n${body}\nend\n`,
    ...files,
  },
})
const reads = '  def all, do: File.read!("priv/rates.json")'

testCheck(check, {
  clean: {
    'by the app': shop('  def all, do: File.read!(Application.app_dir(:shop, "priv/rates.json"))'),
    'put together below the app': shop('  def all, do: Application.app_dir(:shop, Path.join("priv", "rates.json"))'),
    'by its priv': shop('  def all, do: File.read!(Path.join(:code.priv_dir(:shop), "rates.json"))'),
    'below what stands before it': shop(
      '  def all do\n    __MODULE__\n    |> :code.which()\n    |> List.to_string()\n    |> Path.join("priv")\n  end\n  def one(dir), do: dir |> Path.join("priv/rates.json") |> File.read!()',
    ),
    'as the code is compiled': shop('  @rates File.read!("priv/rates.json")\n  def all, do: @rates'),
    'in a macro': shop('  defmacro all do\n    File.read!("priv/rates.json")\n  end'),
    'in a condition': shop('  def all do\n    if dev?() do\n      File.read!("priv/rates.json")\n    end\n  end'),
    'a task of mix': shop('', {'lib/mix/tasks/rates.ex': `defmodule Mix.Tasks.Rates do\n${reads}\nend\n`}),
    'an image that has one of its own': shop(reads, {
      Dockerfile: `FROM elixir:1.18 AS build\nWORKDIR /app\nCOPY . .\nRUN mix deps.get && MIX_ENV=prod mix release\n\n${final.replace('CMD', 'COPY priv /app/priv\nWORKDIR /app\nCMD')}`,
    }),
    'no release': shop(reads, {
      Dockerfile: 'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nRUN mix compile\nCMD ["mix", "phx.server"]\n',
    }),
    'in a comment': shop('  # File.read!("priv/rates.json")\n  def all, do: []'),
    'a folder of its own that the program makes': shop(
      '  def save(name, text) do\n    path = path(name)\n    File.mkdir_p!(Path.dirname(path))\n    File.write!(path, text)\n  end\n\n  def path(name), do: Path.join("priv/uploads/songs", name)',
    ),
    'another folder of that beginning': shop('  def all, do: File.read!("private/rates.json")'),
  },
  flagged: {
    'a folder that the program makes, and that is served from the release': {
      ...shop(
        '  def path(name) do\n    File.mkdir_p!("priv/static/uploads")\n    Path.join("priv/static/uploads", name)\n  end',
      ),
      expect: [
        'warning lib/shop/rates.ex:3:5 File.mkdir_p! takes "priv/static/uploads" from the folder where the app was started, and a release has its priv below lib: it is not there',
      ],
    },
    'what the project has, though the program makes another folder': {
      ...shop('  def all do\n    File.mkdir_p!("cache")\n    File.read!("priv/rates.json")\n  end', {
        'priv/rates.json': '{}',
      }),
      expect: [
        'warning lib/shop/rates.ex:4:5 File.read! takes "priv/rates.json" from the folder where the app was started, and a release has its priv below lib: it is not there',
      ],
    },
    'a file': {
      ...shop(reads),
      expect: [
        'warning lib/shop/rates.ex:2:16 File.read! takes "priv/rates.json" from the folder where the app was started, and a release has its priv below lib: it is not there',
      ],
    },
    'a path': {
      ...shop(
        '  def save(upload) do\n    File.cp!(upload.path, Path.join(["priv/static/uploads", upload.name]))\n  end',
      ),
      expect: [
        'warning lib/shop/rates.ex:3:27 Path.join takes "priv/static/uploads" from the folder where the app was started, and a release has its priv below lib: it is not there',
      ],
    },
  },
})
