import runtimeVariables from '../../../checks/env/runtime-variables.ts'
import {testCheck} from '../../harness.ts'

const base = (image: string, env: string) => ({
  'fly.toml': `app = "shop"\n${env ? `[env]\n  ${env}\n` : ''}`,
  Dockerfile: `FROM ${image}\nCOPY . .\n`,
})
const mix = (
  runtime: string,
  {env = 'IMAGE_URL = "x"', more = {}}: {env?: string; more?: Record<string, string>} = {},
) => ({
  files: {...base('elixir:1.17', env), 'mix.exs': '', 'config/runtime.exs': `import Config\n${runtime}`, ...more},
  options: {offline: true},
})
const rails = (initializer: string, env = 'IMAGE_URL = "x"') => ({
  files: {
    ...base('ruby:3.3', env),
    'config/application.rb': 'module Shop\nend\n',
    'config/initializers/shop.rb': initializer,
  },
  options: {offline: true},
})
const spring = (properties: string, env = 'IMAGE_URL = "x"') => ({
  files: {...base('eclipse-temurin:21', env), 'src/main/resources/application.properties': properties},
  options: {offline: true},
})
const image = 'image = System.fetch_env!("IMAGE_URL")\n'
const forgotten = (file: string, name: string, at: string) =>
  `warning ${file}:${at} ${file} stops without ${name}, and neither [env], which has IMAGE_URL, nor the image sets it`
const listed = (at: string, name: string) =>
  `info ${at} ${name} has no default here, and neither [env] nor the image sets it: it must be a secret`

testCheck(runtimeVariables, {
  clean: {
    'a default': mix('login = System.get_env("LOGIN_URL") || "https://login"\n'),
    'another variable': mix(
      `${image}login = System.get_env("LOGIN_URL") || System.get_env("IMAGE_URL") || raise "no"\n`,
    ),
    'in a branch': mix('if System.get_env("LOGIN") do\n  url = System.fetch_env!("LOGIN_URL")\nend\n'),
    'in a branch on one line': mix('url = if(System.get_env("LOGIN"), do: System.fetch_env!("LOGIN_URL"))\n'),
    'for tests': mix('if config_env() == :test do\n  url = System.fetch_env!("LOGIN_URL")\nend\n'),
    'in a clause': mix('cond do\n  System.get_env("A") ->\n    {System.fetch_env!("LOGIN_URL"), 1}\nend\n'),
    'in a comment': mix('# url = System.fetch_env!("LOGIN_URL")\n'),
    'a secret that is set, as Fly.io says': {
      ...mix('key = System.fetch_env!("SECRET_KEY")\n', {env: ''}),
      options: {},
    },
    'what Fly.io sets': mix('app = System.fetch_env!("FLY_APP_NAME")\n'),
    'what flyctl sets when a database is attached': mix('url = System.fetch_env!("DATABASE_URL")\n'),
    'in the image': mix('url = System.fetch_env!("LOGIN_URL")\n', {
      more: {Dockerfile: 'FROM elixir:1.17\nENV LOGIN_URL=x\nCOPY . .\n'},
    }),
    'in the script of the release': mix('node = System.fetch_env!("NODE")\n', {
      more: {'rel/env.sh.eex': 'export NODE=a\n'},
    }),
    'a secret, as a script says': mix('url = System.fetch_env!("LOGIN_URL")\n', {
      more: {'bin/setup.sh': 'fly secrets set LOGIN_URL=https://login\n'},
    }),
    'a base image of their own may set it': mix('url = System.fetch_env!("LOGIN_URL")\n', {
      more: {Dockerfile: 'FROM ghcr.io/shop/base:1\nCOPY . .\n'},
    }),
    'variables that come from a file': mix('Dotenvy.source!([".env"])\nurl = System.fetch_env!("LOGIN_URL")\n'),
    'Rails with a default': rails('Shop.configure do |config|\n  config.url = ENV.fetch("LOGIN_URL", "x")\nend\n'),
    'Rails with a block': rails('Shop.url = ENV.fetch("LOGIN_URL") { "x" }\n'),
    'Rails in development': rails('if Rails.env.development?\n  Shop.url = ENV.fetch("LOGIN_URL")\nend\n'),
    'Rails, called later': rails('Shop.url = -> { ENV.fetch("LOGIN_URL") }\n'),
    'Rails, in one of its processes': rails(
      'Sidekiq.configure_server do |config|\n  config.url = ENV.fetch("LOGIN_URL")\nend\n',
    ),
    'Spring with a default': spring('shop.url=${LOGIN_URL:http://x}\n'),
    'Spring with another property': spring('shop.url=${shop.base}/login\n'),
  },
  flagged: {
    'no secret either, as Fly.io says': {
      ...mix('key = System.fetch_env!("API_KEY")\n', {env: ''}),
      options: {},
      expect: [
        'warning config/runtime.exs:2:7 config/runtime.exs stops without API_KEY, and neither [env] nor the image nor a secret sets it',
      ],
    },
    'one of several': {
      ...mix(`${image}login = System.fetch_env!("LOGIN_URL")\n`),
      expect: [forgotten('config/runtime.exs', 'LOGIN_URL', '3:9')],
    },
    'another configuration sets it': {
      ...mix('if config_env() == :prod do\n  url = System.get_env("LOGIN_URL") || raise "no"\nend\n', {
        env: '',
        more: {'fly.staging.toml': 'app = "shop-staging"\n[env]\n  LOGIN_URL = "https://login"\n'},
      }),
      expect: [
        'warning config/runtime.exs:3:9 config/runtime.exs stops without LOGIN_URL, which fly.staging.toml sets and fly.toml does not',
      ],
    },
    'nothing says that it is no secret': {
      ...mix('url = System.fetch_env!("LOGIN_URL")\n', {env: ''}),
      expect: [listed('config/runtime.exs:2:7', 'LOGIN_URL')],
    },
    'secrets by their names': {
      ...mix(
        `${image}key = System.fetch_env!("MAIL_API_KEY")\nid = System.get_env("LOGIN_CLIENT_ID") || raise("no")\n`,
      ),
      expect: [
        'info config/runtime.exs:3:7 MAIL_API_KEY and LOGIN_CLIENT_ID have no default here, and neither [env] nor the image sets them: they must be secrets',
      ],
    },
    Rails: {
      ...rails(
        'Shop.image = ENV.fetch("IMAGE_URL")\nShop.configure do |config|\n  config.url = ENV.fetch("LOGIN_URL")\nend\n',
      ),
      expect: [forgotten('config/initializers/shop.rb', 'LOGIN_URL', '3:16')],
    },
    'Rails that raises': {
      ...rails('Shop.url = ENV["LOGIN_URL"] || raise("no")\n', ''),
      expect: [listed('config/initializers/shop.rb:1:12', 'LOGIN_URL')],
    },
    Spring: {
      ...spring('shop.image=${IMAGE_URL}\nshop.login=${LOGIN_URL}/login\n'),
      expect: [forgotten('src/main/resources/application.properties', 'LOGIN_URL', '2:12')],
    },
  },
})
