import runtimeSyntax from '../../../checks/env/runtime-syntax.ts'
import {testCheck} from '../../harness.ts'

const release = (body: string, more: Record<string, string> = {}) => ({
  files: {'fly.toml': 'app = "shop"\n', 'mix.exs': '', 'config/runtime.exs': `import Config\n${body}`, ...more},
})
const unset = (name: string, line: number, column: number) =>
  `error config/runtime.exs:${line}:${column} ${name} is used here, but nothing above sets this variable: the release stops before it starts with "undefined variable"`
const noComma = (name: string, line: number, column: number) =>
  `error config/runtime.exs:${line}:${column} this line has no comma at its end, and ${name}: follows: the release stops before it starts with a SyntaxError`
const taken = (name: string, line: number, column: number) =>
  `error config/runtime.exs:${line}:${column} the do behind ${name} is taken by config, which has no parentheses: the release stops before it starts with a CompileError`
const built = (prod: string, {runtime = '', env = 'prod'}: {runtime?: string; env?: string} = {}) =>
  release(runtime, {
    'config/config.exs': 'import Config\nimport_config "#{config_env()}.exs"\n',
    [`config/${env}.exs`]: `import Config\n${prod}`,
    Dockerfile: `FROM elixir:1.17\nENV MIX_ENV=${env}\nWORKDIR /app\nCOPY . .\nRUN mix deps.get && mix release\n`,
  })
const formatter = 'config :logger, :default_handler, formatter: Lines.Formatter.new(metadata: :all)\n'

testCheck(runtimeSyntax, {
  clean: {
    'a call when the release starts': built('config :shop, a: 1\n', {runtime: formatter}),
    'a call of what Elixir brings': built(
      'config :shop, a: System.get_env("A"), b: Path.expand("..", __DIR__), c: String.to_atom("x"), d: Mix.env()\n',
    ),
    'a function that is named, or called later': built(
      'config :shop, a: &Lines.read/1, b: {Lines.Formatter, :new}, c: fn -> Lines.new() end\nconfig :shop, d: Lines\n',
    ),
    'a call of the module of mix.exs': {
      files: {
        ...built('config :shop, vsn: Shop.MixProject.version()\n').files,
        'mix.exs': 'defmodule Shop.MixProject do\n  def version, do: "1"\nend\n',
      },
    },
    'a call of a module that mix.exs loads': {
      files: {...built(formatter).files, 'mix.exs': 'Code.require_file("lines.exs")\n'},
    },
    'a call in a short function': built('config :shop, a: &(Lines.read(&1))\n'),
    'a call of what was part of Elixir': built('config :shop, a: HashDict.new()\n'),
    'a call in production, and an image of another environment': {
      files: {
        ...built(formatter).files,
        Dockerfile: 'FROM elixir:1.17\nWORKDIR /app\nCOPY . .\nRUN mix release\n',
      },
    },
    'a call in a text or a comment': built('config :shop, a: "Lines.new()"\n# Lines.new()\n'),
    'a call in another environment': built(`if config_env() == :dev do\n  ${formatter}end\n`),
    'a call where the module is there': built(`if Code.ensure_loaded?(Lines) do\n  ${formatter}end\n`),
    'a call of a module that the file has itself': built(
      `defmodule Lines.Formatter do\n  def new(_), do: 1\nend\n${formatter}`,
    ),
    'a call in a sigil': built('config :shop, patterns: [~r"lib/Shop.Web.live(x)", ~w(Lines.new() b)]\n'),
    'a module that a short condition asks for': built(
      'config :shop, a: if(config_env() == :dev, do: Lines.new(), else: 1)\n',
    ),
    'calls of what is always there': built(
      'config :shop, a: DateTime.utc_now(), b: Logger.level(), c: Hex.version(), d: Mix.Project.config()[:app]\n',
    ),
    'a file of the configuration that is read beside': built(`import_config "secret.exs"\n${formatter}`),
    'a call of a module of Erlang': built('config :shop, a: :crypto.strong_rand_bytes(8)\n'),
    'no image is built of it': release('', {'config/config.exs': `import Config\n${formatter}`}),
    'what is set before': release('port = 4000\nconfig :shop, http: [port: port]\n'),
    'what a block around it sets': release(
      'if config_env() == :prod do\n  port = 4000\n  if System.get_env("A") do\n    config :shop, port: port\n  end\nend\n',
    ),
    'what the condition sets': release('if dir = System.get_env("DIR") do\n  config :shop, dir: dir\nend\n'),
    'what a pattern sets': release(
      '%{host: host, port: port} = URI.parse("http://a:1")\nconfig :shop, host: host, port: port\n',
    ),
    'what a pattern over lines sets': release(
      '%URI{\n  host: host,\n  port: port\n} = URI.parse("http://a:1")\nconfig :shop, host: host, port: port\n',
    ),
    'what a clause sets': release(
      'case System.get_env("A") do\n  nil -> nil\n  name -> config :shop, name: name\nend\n',
    ),
    'what a function is given': release('read = fn(name) -> System.get_env(name) end\nconfig :shop, a: read.("A")\n'),
    'what a comprehension goes through': release(
      'hosts = for host <- ["a"], do: [host: host]\nconfig :shop, hosts: hosts\n',
    ),
    'what is no variable': release('config :shop, env: config_env, node: node, none: nil, on: true\n'),
    'a function of a module that is imported': release('import Shop.Settings\nconfig :shop, port: port\n'),
    'a word of a string': release('config :shop, text: """\n  http: [port: port]\n  ssl: x\n  """\n'),
    'a word of a comment': release('config :shop, a: 1\n# http: [port: port]\n#   ssl: x\n'),
    'a comma behind a comment': release('config :shop,\n  a: 1, # the first\n\n  # the second\n  b: 2\n'),
    'the first of a list': release('config :shop, list: [\n  a: 1,\n  b: %{\n    c: 1\n  }\n]\n'),
    'do: and else: on lines of their own': release(
      'a =\n  if System.get_env("A"),\n    do: 1,\n    else: 2\nconfig :shop, a: a\n',
    ),
    'a block in parentheses': release(
      'config :shop,\n  a: (case System.get_env("A") do\n    nil -> 1\n    _ -> 2\n  end),\n  b: 1\n',
    ),
    'a config with parentheses': release('config(:shop, a: if System.get_env("A") do\n  1\nelse\n  2\nend)\n'),
    'a block in a list': release('config :shop, Shop.Repo, [a: if System.get_env("A") do\n  1\nend]\n'),
    'a block in a function': release('config :shop, a: fn -> if System.get_env("A") do\n  1\nend end\n'),
    'the short form': release('config :shop, a: if(System.get_env("A"), do: 1, else: 2)\n'),
    'the short form without parentheses': release('config :shop, a: if System.get_env("A"), do: 1, else: 2\n'),
    'a config in a block': release('if config_env() == :prod do\n  config :shop, a: 1\nend\n'),
    'a block that begins behind it': release(
      'config :shop, a: 1\n\nif System.get_env("A") do\n  config :shop, b: 1\nend\n',
    ),
    'a sigil that is not understood': release('config :shop, origin: ~r/[^/]+(/, port: port\n'),
  },
  flagged: {
    'a call of a dependency while the image is built': {
      ...built(formatter),
      expect: [
        'error config/prod.exs:2:46 Lines.Formatter.new() is called here, where mix has no modules yet but those of Elixir: mix stops while the image is built with an UndefinedFunctionError',
      ],
    },
    'what nothing sets': {
      ...release('config :shop, http: [port: port]\n'),
      expect: [unset('port', 2, 28)],
    },
    'once for each name': {
      ...release('config :shop, http: [\n  port: port,\n  ip: ip\n]\nconfig :shop, port: port\n'),
      expect: [unset('port', 3, 9), unset('ip', 4, 7)],
    },
    'the argument of a call': {
      ...release('config :shop, port: String.to_integer(port)\n'),
      expect: [unset('port', 2, 39)],
    },
    'what is set behind it': {
      ...release('config :shop, port: port\nport = 4000\n'),
      expect: [unset('port', 2, 21)],
    },
    'what is set in a block that has ended': {
      ...release('if config_env() == :prod do\n  host = "a"\nend\n\nconfig :shop, host: host\n'),
      expect: [unset('host', 6, 21)],
    },
    'what is set in the other branch': {
      ...release('if config_env() == :prod do\n  host = "a"\nelse\n  config :shop, host: host\nend\n'),
      expect: [unset('host', 5, 23)],
    },
    'a case that is a value of config': {
      ...release(
        'config :shop,\n  a: 1,\n  mode:\n    case System.get_env("A") do\n      "b" -> :b\n      _ -> :c\n    end\n',
      ),
      expect: [taken('case', 5, 5)],
    },
    'an if that is a value of config, and what it names': {
      ...release('config :shop, mode: if System.get_env("A") do\n  1\nelse\n  2\nend\n'),
      expect: [taken('if', 2, 21)],
    },
    'no comma': {
      ...release('key = "k"\nconfig :shop,\n  secret: key\n  url: "u"\n'),
      expect: [noComma('url', 4, 3)],
    },
    'no comma behind a list, and a comment between': {
      ...release('config :shop,\n  http: [\n    port: 1\n  ] # here\n\n  # the key\n  url: "u"\n'),
      expect: [noComma('url', 5, 3)],
    },
    'in a file that the build reads': {
      ...release('config :shop, a: 1\n', {'config/prod.exs': 'import Config\nconfig :shop,\n  a: 1\n  b: 2\n'}),
      expect: [
        'error config/prod.exs:3:3 this line has no comma at its end, and b: follows: mix stops while the image is built with a SyntaxError',
      ],
    },
  },
})
