import {expect, it} from 'vitest'
import required from '../../../checks/env/required.ts'
import {checkOne, testCheck} from '../../harness.ts'

const project = (files: Record<string, string>, toml = '', offline = true) => ({
  files: {'fly.toml': `app = "shop"\n${toml}`, ...files},
  options: {offline},
})
/** The schema that NestJS validates the environment by, and what asks ConfigService. */
const joi = (type: string) => ({
  'src/validation.ts': `import * as Joi from 'joi'\nexport const validationSchema = Joi.object({\n  STRIPE_KEY: Joi.${type},\n})\n`,
})
const getOrThrow = (name: string) => ({
  'src/a.ts': `import {ConfigService} from '@nestjs/config'\nconfig.getOrThrow<string>('${name}')\n`,
})
const python = (code: string) => ({'app.py': code})
const settings = (body: string) =>
  python(`from pydantic import Field\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n${body}\n`)

const base = (image: string, env: string) => ({
  'fly.toml': `app = "shop"\n${env ? `[env]\n  ${env}\n` : ''}`,
  Dockerfile: `FROM ${image}\nCOPY . .\n`,
})
const springValue = (key: string, files: Record<string, string> = {}, env = '') => ({
  files: {
    ...base('eclipse-temurin:21', `SPRING_PROFILES_ACTIVE = "prod"\n  ${env}`),
    'src/main/resources/application.properties': 'spring.application.name=shop\n',
    'src/main/resources/application-dev.properties': 'shop.fee=1\n',
    'src/main/java/Shop.java': `class Shop {\n  @Value("\${${key}}") String fee;\n}\n`,
    ...files,
  },
  options: {offline: true},
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
  `info ${at} ${name} is read without a default, and neither [env] nor the image sets it: it must be a secret`

testCheck(required, {
  clean: {
    'Joi: with a default, or without need': project(joi('string().default("x")')),
    'Joi: what another field decides': project(joi("string().when('X', {is: 1, then: Joi.required()}).required()")),
    'Joi: a body of a request': project({
      'src/orders.ts':
        "import Joi from 'joi'\nexport const body = Joi.object({\n  total: Joi.number().required(),\n})\n",
    }),
    'NestJS: a path of a configuration of its own': project(getOrThrow('database.url')),
    'getOrThrow of something else': project({'src/a.ts': "store.getOrThrow('STRIPE_KEY')\n"}),
    'the environ of a request': project(python('name = request.environ["HTTP_HOST"]\n')),
    'a default': project(python('import os\nos.getenv("KEY", "x")\nos.environ.get("OTHER")\n')),
    'Fly.io tells which secrets are set: live/required-secrets': project(
      python('import os\nos.environ["KEY"]\n'),
      '',
      false,
    ),
    '[env] sets it': project(python('import os\nos.environ["KEY"]\n'), '[env]\nKEY = "x"\n'),
    'Fly.io sets it': project(python('import os\nos.environ["FLY_APP_NAME"]\n')),
    'the image sets it': project({
      ...python('import os\nos.environ["KEY"]\n'),
      Dockerfile: 'FROM python:3.12\nENV KEY=x\nCOPY . .\n',
    }),
    'a workflow sets the secret': project({
      ...python('import os\nos.environ["KEY"]\n'),
      '.github/workflows/deploy.yml': 'run: |\n  flyctl secrets set \\\n    OTHER=1 \\\n    KEY="$KEY"\n',
    }),
    'fields with defaults': project(
      settings(
        '    a: str = "x"\n    b: str = Field(default="x")\n    c: str = Field("x", alias="KEY")\n    d: list = Field(default_factory=list)',
      ),
    ),
    'a key that is optional': project({
      'env.ts':
        'export const env = z.object({\n  KEY: z.string().optional(),\n  OTHER: z.coerce.number().default(3),\n}).parse(process.env)\n',
    }),
    'a schema of something else': project({
      'form.ts': 'export const form = z.object({\n  NAME: z.string(),\n}).parse(request.body)\n',
    }),
    'the file of secrets has it': project({
      ...python('import os\nos.environ["KEY"]\n'),
      'preflight.toml': '[secrets]\nenv-file = ".env.production"\n',
      '.env.production': 'KEY=f81d4fae7dec\n',
    }),
    'preflight.toml requires it: live/required-secrets': project({
      ...python('import os\nos.environ["KEY"]\n'),
      'preflight.toml': '[secrets]\nrequired = ["KEY"]\n',
    }),
    'in JavaScript it may be undefined': project({'a.js': 'connect(process.env.KEY)\n'}),
    'the configuration of a tool': project({
      'vite.config.ts': 'if (!process.env.KEY) throw new Error("KEY is missing")\n',
    }),
    'JavaScript that goes on without': project({
      'a.js': 'if (!process.env.KEY) {\n  console.warn("no KEY")\n}\nthrow no\n',
    }),
    'JavaScript that asks when it is called': project({
      'a.js': 'function pay() {\n  if (!process.env.KEY) throw new Error("no KEY")\n}\n',
    }),
    'JavaScript for which one of two is enough': project({
      'a.js': 'if (!process.env.KEY && !process.env.OTHER) throw new Error("no KEY")\n',
    }),
    'JavaScript that asks for something else': project({
      'a.js': 'const key = process.env.KEY\nif (!options.key) throw new Error("no key")\n',
    }),
    'a default in runtime.exs': mix('login = System.get_env("LOGIN_URL") || "https://login"\n'),
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
    'Spring: a property that the code demands, and a profile sets': springValue('shop.fee', {
      'src/main/resources/application-prod.properties': 'shop.fee=1\n',
    }),
    'Spring: a property that the code demands, by its variable': springValue('shop.fee', {}, 'SHOP_FEE = "1"'),
    'Spring: a property of a bean with a condition': springValue('shop.fee', {
      'src/main/java/Shop.java': '@Profile("dev")\nclass Shop {\n  @Value("${shop.fee}") String fee;\n}\n',
    }),
    'Spring: a property with a default': springValue('shop.fee:1'),
    'Spring with another property': spring('shop.url=${shop.base}/login\n'),
  },
  flagged: {
    'JavaScript that throws where it is loaded': {
      ...project({'a.ts': 'if (!process.env.KEY) {\n  throw new Error("KEY is missing")\n}\n'}),
      expect: [listed('a.ts:1:1', 'KEY')],
    },
    'JavaScript that ends without one of two': {
      ...project({
        'a.js':
          'const key = process.env.KEY;\nif (!key || !process.env.OTHER) {\n  console.error("missing")\n  process.exit(1)\n}\n',
      }),
      expect: [
        'info a.js:2:1 KEY and OTHER are read without a default, and neither [env] nor the image sets them: they must be secrets',
      ],
    },
    'JavaScript that asserts it': {
      ...project({'a.ts': 'import invariant from "tiny-invariant"\ninvariant(process.env.KEY, "KEY must be set")\n'}),
      expect: [listed('a.ts:2:1', 'KEY')],
    },
    'Joi: what is required': {
      ...project(joi('string().uri().required()')),
      expect: [listed('src/validation.ts:3:3', 'STRIPE_KEY')],
    },
    'NestJS: getOrThrow': {
      ...project(getOrThrow('STRIPE_KEY')),
      expect: [listed('src/a.ts:2:28', 'STRIPE_KEY')],
    },
    'one variable': {
      ...project(python('import os\nKEY = os.environ["KEY"]\n')),
      expect: [
        'info app.py:2:7 KEY is read without a default, and neither [env] nor the image sets it: it must be a secret',
      ],
    },
    'fields with a prefix and an alias': {
      ...project(
        settings(
          '    a: str\n    b: str = Field(...)\n    c: str = Field(alias="API_KEY", min_length=3)\n    model_config = {"env_prefix": "SHOP_"}',
        ),
      ),
      expect: [
        'info app.py:4:5 SHOP_A, SHOP_B and API_KEY are read without a default, and neither [env] nor the image sets them: they must be secrets',
      ],
    },
    'python-decouple': {
      ...project(python('from decouple import config\nA = config("A")\nB = config("B", default=1)\n')),
      expect: [
        'info app.py:2:5 A is read without a default, and neither [env] nor the image sets it: it must be a secret',
      ],
    },
    zod: {
      ...project({
        'env.ts':
          'const schema = z.object({\n  KEY_A: z.string().min(1),\n  KEY_B: z.string().optional(),\n  KEY_C: z\n    .string()\n    .url(),\n})\nexport const env = schema.parse(process.env)\n',
      }),
      expect: [
        'info env.ts:2:3 KEY_A and KEY_C are read without a default, and neither [env] nor the image sets them: they must be secrets',
      ],
    },
    envalid: {
      ...project({
        'env.js':
          'module.exports = cleanEnv(process.env, {\n  KEY_A: str(),\n  KEY_B: port({default: 3000}),\n  KEY_C: str({devDefault: "x"}),\n})\n',
      }),
      expect: [
        'info env.js:2:3 KEY_A and KEY_C are read without a default, and neither [env] nor the image sets them: they must be secrets',
      ],
    },
    'a script': {
      ...project({'start.sh': '#!/bin/sh\n: "${KEY:?is missing}"\n'}),
      expect: [
        'info start.sh:2:4 KEY is read without a default, and neither [env] nor the image sets it: it must be a secret',
      ],
    },
    'a database, which flyctl attaches': {
      ...mix('url = System.fetch_env!("DATABASE_URL")\n', {env: ''}),
      expect: [listed('config/runtime.exs:2:7', 'DATABASE_URL')],
    },
    'with the place in .env.example': {
      ...project({...python('import os\nKEY = os.environ["KEY"]\n'), '.env.example': 'PORT=1\nexport KEY=x\n'}),
      expect: [
        'info app.py:2:7 KEY is read without a default, and neither [env] nor the image sets it: it must be a secret',
      ],
    },
    'what the file of secrets lacks': {
      ...project({
        ...python('import os\nA = os.environ["KEY"]\nB = os.environ["OTHER"]\n'),
        'preflight.toml': '[secrets]\nenv-file = ".env.production"\n',
        '.env.production': 'KEY=f81d4fae7dec\n',
      }),
      expect: [
        'warning app.py:3:5 OTHER is read without a default, and neither [env] nor the image sets it: it must be a secret, and .env.production does not name it',
      ],
    },
    'one of several, although Fly.io knows the secrets': {
      ...mix(`${image}login = System.fetch_env!("LOGIN_URL")\n`),
      options: {},
      expect: [forgotten('config/runtime.exs', 'LOGIN_URL', '3:9')],
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
        'info config/runtime.exs:3:7 MAIL_API_KEY and LOGIN_CLIENT_ID are read without a default, and neither [env] nor the image sets them: they must be secrets',
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
    'Spring: a property that only the profile of developers sets': {
      ...springValue('shop.unit-fee'),
      expect: [
        'info src/main/java/Shop.java:2:3 SHOP_UNITFEE is read without a default, and neither [env] nor the image sets it: it must be a secret',
      ],
    },
    'Django: a key that is empty without it': {
      files: {
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "python manage.py migrate"\n',
        Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n',
        'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
        'shop/__init__.py': '',
        'shop/settings.py': 'import os\nSECRET_KEY = os.environ.get("SECRET_KEY", "")\n',
      },
      options: {offline: true},
      expect: [
        'info shop/settings.py:2:14 SECRET_KEY is read without a default that would do, and neither [env] nor the image sets it: it must be a secret',
      ],
    },
    Spring: {
      ...spring('shop.image=${IMAGE_URL}\nshop.login=${LOGIN_URL}/login\n'),
      expect: [forgotten('src/main/resources/application.properties', 'LOGIN_URL', '2:12')],
    },
  },
})

it('env/required gives one command, says where the shape is shown, and what flyctl sets itself', async () => {
  const {findings} = await checkOne(
    project({
      ...python('import os\nA = os.environ["KEY"]\nB = os.environ["MAIL_KEY"]\nC = os.environ["DATABASE_URL"]\n'),
      '.env.example': 'MAIL_KEY=x\n',
    }),
    required,
  )
  expect(findings.map(({hint}) => hint)).toEqual([
    'Once, before the deploy: flyctl secrets set KEY=… MAIL_KEY=…; DATABASE_URL comes with flyctl mpg attach or flyctl postgres attach; .env.example shows what they look like',
  ])
  expect(findings[0]?.related.at(-1)).toMatchObject({file: '.env.example', line: 1})
})

it('env/required asks for a file where a command would have too many names', async () => {
  const reads = Array.from({length: 9}, (_, index) => `V${index} = os.environ["KEY_${index}"]\n`).join('')
  const {findings} = await checkOne(project(python(`import os\n${reads}`)), required)
  expect(findings.map(({hint}) => hint)).toEqual([
    'Once, before the deploy: flyctl secrets import < FILE, with a line NAME=value for each of KEY_0, KEY_1, KEY_2, KEY_3, KEY_4, KEY_5, KEY_6, KEY_7, KEY_8',
  ])
})
