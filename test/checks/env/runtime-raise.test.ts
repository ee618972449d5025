import runtimeRaise from '../../../checks/env/runtime-raise.ts'
import {testCheck} from '../../harness.ts'

const release = (body: string, dockerfile?: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n[deploy]\n  release_command = "/app/bin/migrate"\n',
    'mix.exs': '',
    'config/runtime.exs': `import Config\n${body}`,
    ...(dockerfile !== undefined && {Dockerfile: dockerfile}),
  },
})
const raised = (line: number, column: number) =>
  `error config/runtime.exs:${line}:${column} raise is a statement of its own here, which is always reached: the release stops before it starts`

testCheck(runtimeRaise, {
  clean: {
    'the right side of ||': release('url =\n  System.get_env("URL") ||\n    raise """\n    URL is missing\n    """\n'),
    '|| at the beginning of the line': release('url =\n  System.get_env("URL")\n  || raise "URL is missing"\n'),
    'in a branch': release(
      'if config_env() == :prod do\n  if is_nil(System.get_env("URL")) do\n    raise "no URL"\n  end\nend\n',
    ),
    'in the other branch': release(
      'if config_env() == :prod do\n  config :shop, a: 1\nelse\n  raise "only prod"\nend\n',
    ),
    'in a clause': release('case System.get_env("URL") do\n  nil ->\n    raise "no URL"\n  url -> url\nend\n'),
    'in a function': release('fetch = fn name ->\n  raise name\nend\n'),
    'for another environment': release('if config_env() == :test do\n  raise "not here"\nend\n'),
    'for another environment than that of the build': release(
      'if config_env() == :prod do\n  raise "not here"\nend\n',
      'FROM elixir:1.17\nWORKDIR /app\nENV MIX_ENV=staging\nCOPY . .\nRUN mix release\n',
    ),
    'in a string': release('text = """\nraise it\n"""\n'),
    'in a comment': release('#   raise "no"\n'),
    'a word of a list, and a question mark': release(
      'wide? = "x" in ~w(true do 1)\nflag = if(wide?, do: 1, else: 2)\n',
    ),
  },
  flagged: {
    'at the top': {...release('raise "no"\n'), expect: [raised(2, 1)]},
    'for production': {
      ...release(
        'if config_env() == :prod do\n  url = System.get_env("URL")\n\n  raise """\n  URL is missing\n  """\nend\n',
      ),
      expect: [raised(5, 3)],
    },
    'for several environments': {
      ...release('if config_env() in [:prod, :staging] do\n  raise "no"\nend\n'),
      expect: [raised(3, 3)],
    },
    'unless it is a test': {...release('unless config_env() == :test do\n  raise "no"\nend\n'), expect: [raised(3, 3)]},
    'behind a block that ends': {
      ...release('if System.get_env("A") do\n  config :shop, a: 1\nend\n\nraise "no"\nraise "again"\n'),
      expect: [raised(6, 1)],
    },
  },
})
