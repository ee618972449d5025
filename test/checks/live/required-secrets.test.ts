import {describe, expect, it} from 'vitest'
import requiredSecrets from '../../../checks/live/required-secrets.ts'
import {checkOne, testCheck} from '../../harness.ts'

const app = {'fly.toml': 'app = "shop"\n'}
const settings = (text: string) => ({...app, 'preflight.toml': `[secrets]\n${text}\n`})
const python = {Dockerfile: 'FROM python:3.12\nCOPY . .\n'}
const runs = (command: string) => ({...python, 'fly.toml': `app = "shop"\n[processes]\napp = "${command}"\n`})
const reads = (code: string, fly = runs('python app.py')['fly.toml']) => ({...python, 'fly.toml': fly, 'app.py': code})
const url = 'import os\nURL = os.environ["DATABASE_URL"]\n'
const mayRead = (path: string) => `warning ${path}:2:7 the secret DATABASE_URL is not set on shop; the code reads it`
const without = {flyctl: 'missing-secret'}
const prisma = (more: Record<string, string>) => ({
  Dockerfile: 'FROM python:3.12\nCOPY . .\n',
  'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "npx prisma migrate deploy"\n',
  'prisma/schema.prisma':
    'datasource db {\n  url = env("DATABASE_URL")\n  directUrl = env("DIRECT_URL")\n  shadowDatabaseUrl = env("SHADOW_URL")\n}\ngenerator client {\n  binaryTargets = env("TARGETS")\n}\n',
  ...more,
})

testCheck(requiredSecrets, {
  clean: {
    'all are set': {files: settings('required = ["SECRET_KEY"]\nrecommended = ["JWT_SECRET_KEY"]')},
    'names in another version of flyctl': {
      files: settings('required = ["SECRET_KEY"]'),
      answers: {'secrets list -a shop': '[{"Name": "SECRET_KEY", "Digest": "1", "CreatedAt": ""}]'},
    },
  },
  flagged: {
    'a required and a recommended one': {
      files: settings('required = ["STRIPE_KEY"]\nrecommended = ["SENTRY_DSN"]'),
      expect: [
        'error preflight.toml:2:13 the secret STRIPE_KEY is not set on shop; preflight.toml requires it',
        'warning preflight.toml:3:16 the secret SENTRY_DSN is not set on shop; preflight.toml recommends it',
      ],
    },
    ...Object.fromEntries(
      Object.entries({
        'in a list of what may be nothing': 'import os\n\nA = [os.environ["KEY"] for _ in shops]\n',
        'behind an end': 'import os\nif DEBUG: raise SystemExit\nA = [os.environ["KEY"]]\n',
        'where something loads the environment': 'import os\nload_secrets("shop")\nA = [os.environ["KEY"]]\n',
      }).map(([name, code]) => [
        `${name}: a warning`,
        {
          files: reads(code),
          ...without,
          expect: ['warning app.py:3:6 the secret KEY is not set on shop; the code reads it and has no default'],
        },
      ]),
    ),
    'a name with what a pattern would be': {
      files: reads('import os\nA = os.environ["A(B"]\n'),
      ...without,
      expect: ['error app.py:2:5 the secret A(B is not set on shop; the code reads it and has no default'],
    },
    'another variable without a default, all in one command': {
      files: {
        ...reads('import os\nA = os.environ["STRIPE_KEY"]\ndef f():\n    return os.environ["MAIL_KEY"]\n'),
        Dockerfile: 'FROM python:3.12\nCOPY . .\n',
      },
      ...without,
      expect: [
        'error app.py:2:5 the secret STRIPE_KEY is not set on shop; the code reads it and has no default',
        'warning app.py:4:12 the secret MAIL_KEY is not set on shop; the code reads it and has no default',
      ],
    },
    'what the configuration of a framework demands': {
      files: {
        ...app,
        Dockerfile: 'FROM elixir:1.17\nCOPY . .\n',
        'mix.exs': '',
        'config/runtime.exs':
          'import Config\nkey = System.get_env("API_KEY") || System.get_env("KEY") || raise "no"\nurl = System.fetch_env!("DATABASE_URL")\n',
      },
      ...without,
      expect: [
        'warning config/runtime.exs:2:7 the secret API_KEY or KEY is not set on shop; the code reads it and has no default',
        'warning config/runtime.exs:3:7 the secret DATABASE_URL is not set on shop; the code reads it and has no default',
      ],
    },
    'what the file of secrets has and Fly.io has not': {
      files: {
        ...settings('env-file = "prod.env"'),
        'fly.toml': 'app = "shop"\n[env]\nPORT = "8080"\n',
        'prod.env':
          'SECRET_KEY=a1b2c3d4e5f60718\nPORT=8080\n# SENTRY_DSN=\nexport STRIPE_KEY="sk_live_abcdefghijklmnop1234"\n',
      },
      expect: ['warning prod.env:4:8 the secret STRIPE_KEY is not set on shop; prod.env has it'],
    },
    'a workflow sets it before the deploy: a warning': {
      files: {
        ...reads('import os\nA = os.environ["STRIPE_KEY"]\n'),
        Dockerfile: 'FROM python:3.12\nCOPY . .\n',
        '.github/workflows/deploy.yml': 'run: flyctl secrets set --stage STRIPE_KEY=$KEY && flyctl deploy\n',
      },
      ...without,
      expect: ['warning app.py:2:5 the secret STRIPE_KEY is not set on shop; the code reads it and has no default'],
    },
    'where the base image may set it: a warning': {
      files: {
        ...reads('import os\nA = os.environ["STRIPE_KEY"]\n'),
        Dockerfile: 'FROM example.com/base\nCOPY . .\n',
      },
      ...without,
      expect: ['warning app.py:2:5 the secret STRIPE_KEY is not set on shop; the code reads it and has no default'],
    },
    'DATABASE_URL without a default': {
      files: reads('import os\nURL = os.environ["DATABASE_URL"]\n'),
      ...without,
      expect: ['error app.py:2:7 the secret DATABASE_URL is not set on shop; the code reads it and has no default'],
    },
    'a field of a settings class': {
      files: reads(
        'from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    database_url: str\nsettings = S()\n',
      ),
      ...without,
      expect: ['error app.py:3:5 the secret DATABASE_URL is not set on shop; the code reads it and has no default'],
    },
    'DATABASE_URL with a default: a warning': {
      files: reads('import os\nURL = os.getenv("DATABASE_URL", "sqlite:///x")\n'),
      ...without,
      expect: [
        'warning app.py:2:7 the secret DATABASE_URL is not set on shop; the code reads it, and goes on with a default',
      ],
    },
    'in JavaScript it is undefined, which the code may expect: a warning': {
      files: {...app, 'src/db.ts': 'export const pool = new Pool({connectionString: process.env.DATABASE_URL})\n'},
      ...without,
      expect: ['warning src/db.ts:1:49 the secret DATABASE_URL is not set on shop; the code reads it'],
    },
    'in a function that may not be called: a warning': {
      files: reads('import os\ndef url():\n    return os.environ["DATABASE_URL"]\n'),
      ...without,
      expect: ['warning app.py:3:12 the secret DATABASE_URL is not set on shop; the code reads it'],
    },
    'in a branch: a warning': {
      files: reads('import os\nif PRODUCTION:\n    URL = os.environ["DATABASE_URL"]\n'),
      ...without,
      expect: ['warning app.py:3:11 the secret DATABASE_URL is not set on shop; the code reads it'],
    },
    'where the code asks first: a warning': {
      files: reads('import os\nURL = os.environ["DATABASE_URL"] if "DATABASE_URL" in os.environ else None\n'),
      ...without,
      expect: [
        'warning app.py:2:7 the secret DATABASE_URL is not set on shop; the code reads it, and goes on with a default',
      ],
    },
    'where the code sets a default itself: a warning': {
      files: reads('import os\nos.environ.setdefault("DATABASE_URL", "x")\nURL = os.environ["DATABASE_URL"]\n'),
      ...without,
      expect: [
        'warning app.py:3:7 the secret DATABASE_URL is not set on shop; the code reads it, and goes on with a default',
      ],
    },
    "in what alembic's env.py imports": {
      files: {
        ...python,
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "alembic upgrade head"\n',
        'alembic/env.py': 'from app.settings import URL\n',
        'alembic/versions/1.py': '',
        'app/settings.py': url,
      },
      ...without,
      expect: [
        'error app/settings.py:2:7 the secret DATABASE_URL is not set on shop; the code reads it and has no default',
      ],
    },
    'in a module that the started one imports': {
      files: {
        ...runs('uvicorn shop.main:app --host 0.0.0.0'),
        'shop/main.py': 'from fastapi import FastAPI\nfrom .db import engine\napp = FastAPI()\n',
        'shop/db.py': 'import shop.settings as settings\nengine = settings.URL\n',
        'shop/settings.py': url,
      },
      ...without,
      expect: [
        'error shop/settings.py:2:7 the secret DATABASE_URL is not set on shop; the code reads it and has no default',
      ],
    },
    'in a file elsewhere that has the name of an imported library: a warning': {
      files: {...runs('python app.py'), 'app.py': 'import redis\n', 'web/redis.py': url},
      ...without,
      expect: [mayRead('web/redis.py')],
    },
    ...Object.fromEntries(
      Object.entries({
        'in a file that nothing is seen to import': {...runs('python app.py'), 'app.py': '', 'seed.py': url},
        'in a module behind a possible exit': {
          ...runs('python app.py'),
          'app.py': 'import sys\nif len(sys.argv) > 1:\n    sys.exit()\nimport seed\n',
          'seed.py': url,
        },
        'imported in a branch only': {
          ...runs('python app.py'),
          'app.py': 'if DEBUG:\n    import seed\n',
          'seed.py': url,
        },
        'another module fills the environment': {
          ...runs('python app.py'),
          'app.py': 'import boot\nimport seed\n',
          'boot.py': 'import os\nos.environ["DATABASE_URL"] = fetch("db")\n',
          'seed.py': url,
        },
        'a file of settings is loaded': {
          ...runs('python app.py'),
          'app.py': 'import seed\n',
          'seed.py': url,
          'boot.py': 'from dotenv import load_dotenv\nload_dotenv("/data/env")\n',
        },
        'another program starts it': {...runs('with-config python seed.py'), 'seed.py': url},
      }).map(([name, files]) => [`${name}: a warning`, {files, ...without, expect: [mayRead('seed.py')]}]),
    ),
    "in Prisma's schema, which nothing is seen to migrate: a warning": {
      files: {...app, 'prisma/schema.prisma': 'datasource db {\n  url = env("DATABASE_URL")\n}\n'},
      ...without,
      expect: ['warning prisma/schema.prisma:2:9 the secret DATABASE_URL is not set on shop; the code reads it'],
    },
    "in Prisma's schema": {
      files: prisma({}),
      ...without,
      expect: [
        'error prisma/schema.prisma:2:9 the secret DATABASE_URL is not set on shop; the code reads it and has no default',
        'error prisma/schema.prisma:3:15 the secret DIRECT_URL is not set on shop; the code reads it and has no default',
      ],
    },
    "in one of several schemas of Prisma's: a warning": {
      files: prisma({'reports/schema.prisma': 'datasource db {\n  url = env("REPORTS_URL")\n}\n'}),
      ...without,
      expect: [
        'warning prisma/schema.prisma:2:9 the secret DATABASE_URL is not set on shop; the code reads it',
        'warning prisma/schema.prisma:3:15 the secret DIRECT_URL is not set on shop; the code reads it and has no default',
        'warning reports/schema.prisma:2:9 the secret REPORTS_URL is not set on shop; the code reads it and has no default',
      ],
    },
    ...Object.fromEntries(
      Object.entries({
        'an image that may set it': {Dockerfile: 'FROM ghcr.io/acme/base:1\nCOPY . .\n'},
        'another image': {'fly.toml': `${runs('python app.py')['fly.toml']}[build]\nimage = "ghcr.io/acme/shop:1"\n`},
        'another image, which the deploy names': {'deploy.sh': 'fly deploy --image ghcr.io/acme/shop:1\n'},
        'containers with variables of their own': {
          'fly.toml': `machine_config = "machine.json"\n${runs('python app.py')['fly.toml']}`,
          'machine.json': '{"containers": [{"name": "app", "env": {"DATABASE_URL": "x"}}]}',
        },
        'a deploy that gives it': {'deploy.sh': 'fly deploy -e DATABASE_URL=$URL\n'},
        'a deploy that sets it before': {
          'deploy.sh': 'fly secrets set --stage DATABASE_URL=$URL\nfly deploy\n',
        },
        'a deploy that sets what a file holds': {'deploy.sh': 'fly secrets import --stage < prod.env\nfly deploy\n'},
        'an action that sets it for a pull request': {
          '.github/workflows/review.yml':
            'jobs:\n  review:\n    steps:\n      - uses: superfly/fly-pr-review-apps@1.3.0\n        with:\n          secrets: DATABASE_URL=x\n',
        },
        'a deploy that attaches a database before': {'deploy.sh': 'fly mpg attach $ID\nfly deploy\n'},
      }).map(([name, files]) => [
        `${name}: a warning`,
        {
          files: {...reads(url), ...files},
          ...without,
          expect: [
            'warning app.py:2:7 the secret DATABASE_URL is not set on shop; the code reads it and has no default',
          ],
        },
      ]),
    ),
  },
  skipped: {
    'DATABASE_URL is in [env]': {
      files: reads('import os\nos.environ["DATABASE_URL"]\n', 'app = "shop"\n[env]\nDATABASE_URL = "x"\n'),
      ...without,
      reason: '[env] or the image sets what the app needs',
    },
    'DATABASE_URL is in the image': {
      files: {
        ...reads('import os\nos.environ["DATABASE_URL"]\n'),
        Dockerfile: 'FROM python:3.12\nCOPY . .\nENV DATABASE_URL=sqlite:///x\n',
      },
      ...without,
      reason: '[env] or the image sets what the app needs',
    },
    'a command sets it': {
      files: reads(
        'import os\nos.environ["DATABASE_URL"]\n',
        'app = "shop"\n[processes]\napp = "sh -c \'DATABASE_URL=sqlite:// python app.py\'"\n',
      ),
      ...without,
      reason: 'a command of the deploy may set DATABASE_URL',
    },
    'a program that brings variables along': {
      files: {...runs('doppler run -- python app.py'), 'app.py': url},
      ...without,
      reason: 'a command of the deploy may set DATABASE_URL',
    },
    'a script that evaluates what another program prints': {
      files: {
        ...app,
        Dockerfile: 'FROM python:3.12\nCOPY . .\nENTRYPOINT ["./start.sh"]\n',
        'start.sh': '#!/bin/sh\neval "$(aws-env)"\nexec python app.py\n',
        'app.py': url,
      },
      ...without,
      reason: 'a command of the deploy may set DATABASE_URL',
    },
    'code that the image does not hold': {
      files: {
        ...app,
        Dockerfile: 'FROM python:3.12\nCOPY api /app\n',
        'web/db.py': 'import os\nos.environ["DATABASE_URL"]\n',
      },
      ...without,
      reason: 'preflight.toml names no secrets, and no Python, JavaScript or Prisma code reads DATABASE_URL',
    },
    'nothing is asked for': {
      files: app,
      reason: 'preflight.toml names no secrets, and no Python, JavaScript or Prisma code reads DATABASE_URL',
    },
    'only the tests read it': {
      files: {...app, 'tests/conftest.py': 'import os\nos.environ["DATABASE_URL"]\n'},
      ...without,
      reason: 'preflight.toml names no secrets, and no Python, JavaScript or Prisma code reads DATABASE_URL',
    },
  },
})

it('live/required-secrets gives all names in one command, once', async () => {
  const {findings} = await checkOne(
    {files: settings('required = ["STRIPE_KEY", "MAIL_KEY"]\nrecommended = ["SENTRY_DSN"]')},
    requiredSecrets,
  )
  expect(findings.map(({hint}) => hint)).toEqual([
    'All 3 at once: flyctl secrets set STRIPE_KEY=… MAIL_KEY=… SENTRY_DSN=… -a shop',
    'flyctl secrets set MAIL_KEY=… -a shop',
    'flyctl secrets set SENTRY_DSN=… -a shop',
  ])
})

describe('live/required-secrets names the databases that could be attached', () => {
  it.each([
    [
      'one of two clusters',
      'missing-secret',
      {},
      'flyctl mpg attach CLUSTER -a shop, where CLUSTER is q49ypo4wvw1r17ln (shop-pg) or 8ln2w0vxq3e1z7km (reports-pg)',
    ],
    [
      'the only cluster',
      'missing-secret',
      {'mpg list -o acme-widgets': '[{"id": "q49", "name": "shop-pg"}]'},
      'flyctl mpg attach q49 -a shop (shop-pg)',
    ],
    ['an app that runs Postgres', 'unmanaged-postgres', {}, 'flyctl postgres attach shop-db -a shop'],
    ['none', 'no-postgres', {}, 'flyctl mpg create, then flyctl mpg attach CLUSTER -a shop'],
  ])('%s', async (_, flyctl, answers, attach) => {
    const {findings} = await checkOne({files: reads(url), flyctl, answers}, requiredSecrets)
    expect(findings.map(({hint}) => hint)).toEqual([
      `Attach a Postgres: ${attach}. Or: flyctl secrets set DATABASE_URL=… -a shop`,
    ])
  })
})
