import databaseIpv6 from '../../../checks/env/database-ipv6.ts'
import {testCheck} from '../../harness.ts'

const repo = (options: string) =>
  `if config_env() == :prod do\n  config :shop, Shop.Repo,\n    url: System.get_env("DATABASE_URL")${options}\nend\n`
const maybe = (condition: string) =>
  `maybe_ipv6 = if ${condition}, do: [:inet6], else: []\n${repo(',\n    socket_options: maybe_ipv6')}`
const generated = maybe('System.get_env("ECTO_IPV6") in ~w(true 1)')

interface Parts {
  toml?: string
  dockerfile?: string
  more?: Record<string, string>
}
const project = (runtime: string, {toml = '', dockerfile = '', more = {}}: Parts = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\n  release_command = "/app/bin/migrate"\n${toml}`,
    Dockerfile: `FROM elixir:1.17\nCOPY . .\nRUN mix release\n${dockerfile}`,
    'mix.exs': 'defp deps, do: [{:postgrex, ">= 0.0.0"}]\n',
    'config/runtime.exs': `import Config\n${runtime}`,
    ...more,
  },
})
const lost = 'a database on the private network of Fly.io (.internal, .flycast) is not found'

testCheck(databaseIpv6, {
  clean: {
    'in [env]': project(generated, {toml: '[env]\n  ECTO_IPV6 = "true"\n'}),
    'in the image': project(generated, {dockerfile: 'ENV ECTO_IPV6 1\n'}),
    'in the script of the release': project(generated, {more: {'rel/env.sh.eex': 'export ECTO_IPV6="true"\n'}}),
    'for certain': project(repo(',\n    socket_options: [:inet6]')),
    'a database elsewhere': project(generated, {more: {'README.md': 'The database is at Supabase: supabase.co\n'}}),
    'nothing that migrates': {files: {...project(generated).files, 'fly.toml': 'app = "shop"\n'}},
    'another database': {files: {...project(generated).files, 'mix.exs': '[{:ecto_sqlite3, "~> 0.17"}]\n'}},
    'a Repo that is configured by code': project(repo(''), {
      more: {'lib/shop/repo.ex': 'def init(_, config), do: {:ok, config}\n'},
    }),
    'options that are worked out': project(repo(',\n    socket_options: Shop.socket_options()')),
    'a Repo of which nothing is said': project('config :shop, a: 1\n'),
    'any value will do': project(maybe('System.get_env("ECTO_IPV6")'), {dockerfile: 'ENV ECTO_IPV6=yes\n'}),
    'a helper between': project(
      `ipv6? = System.get_env("ECTO_IPV6") == "true"\n${repo(',\n    socket_options: if(ipv6?, do: [:inet6], else: [])')}`,
      {
        dockerfile: 'ENV ECTO_IPV6 true\n',
      },
    ),
  },
  flagged: {
    'set nowhere': {
      ...project(generated),
      expect: [
        `warning config/runtime.exs:2:14 ECTO_IPV6 is set nowhere, so that Ecto asks for IPv4 addresses alone: ${lost}`,
      ],
    },
    'another name': {
      ...project(maybe('System.get_env("DB_IPV6") == "1"')),
      expect: [
        `warning config/runtime.exs:2:14 DB_IPV6 is set nowhere, so that Ecto asks for IPv4 addresses alone: ${lost}`,
      ],
    },
    'another value': {
      ...project(generated, {toml: '[env]\n  ECTO_IPV6 = "yes"\n'}),
      expect: [
        `warning config/runtime.exs:2:14 ECTO_IPV6 has a value that this does not take, so that Ecto asks for IPv4 addresses alone: ${lost}`,
      ],
    },
    'commented out, while the image sets it': {
      ...project(repo(',\n    # socket_options: [:inet6],\n    pool_size: 10'), {dockerfile: 'ENV ECTO_IPV6 true\n'}),
      expect: [
        `warning config/runtime.exs:3:3 this Repo has no socket_options with :inet6, whatever ECTO_IPV6 says: ${lost}`,
      ],
    },
    'never heard of': {
      ...project(repo('')),
      expect: [`warning config/runtime.exs:3:3 this Repo has no socket_options with :inet6: ${lost}`],
    },
  },
})
