import {expect, it} from 'vitest'
import buildVariables from '../../../checks/dockerfile/build-variables.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'
import {testCheck} from '../../harness.ts'

const project = (base: string, run: string, files: Record<string, string>) => ({
  files: {'fly.toml': 'app = "shop"', Dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY . .\n${run}\n`, ...files},
})
const django = (settings: string) => ({
  'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  'shop/settings.py': settings,
})
const collect = 'RUN python manage.py collectstatic --noinput'
const prisma = {
  'prisma.config.ts': 'import {defineConfig, env} from "prisma/config"\nexport default {url: env("DATABASE_URL")}\n',
}
const rails = {
  'Gemfile.lock': 'GEM\n  specs:\n    propshaft (1.0)\n    railties (8.0.1)\n',
  'config/application.rb': 'require "rails/all"\n',
  'bin/rails': '',
}

const precompile = 'ENV RAILS_ENV=production SECRET_KEY_BASE=x\nRUN bin/rails assets:precompile'
const initializer = (text: string, run = precompile) =>
  project('ruby:3.4', run, {...rails, 'config/initializers/mail.rb': text})

const next = (lib: string, files: Record<string, string> = {}, run = 'RUN npx next build') =>
  project('node:22', run, {
    'app/api/pay/route.ts': 'import {pay} from "@/lib/pay"\n\nexport const POST = async () => pay()\n',
    'lib/pay.ts': lib,
    'package.json': '{"dependencies": {"stripe": "^18.5.0"}}',
    ...files,
  })
const stripe = 'import Stripe from "stripe"\n\n'
const kit = (lib: string, run = 'RUN npx vite build') =>
  project('node:22', run, {
    'src/routes/+page.server.ts':
      'import {db} from "$lib/server/db"\n\nexport const load = async () => ({rows: await db.all()})\n',
    'src/lib/server/db.ts': lib,
  })
const kitPage = (
  page: string,
  {run = 'RUN npx vite build', files = {}}: {run?: string; files?: Record<string, string>} = {},
) => project('node:22', run, {'src/routes/+page.svelte': page, ...files})
const publicUrl =
  '<script lang="ts">\n\timport {PUBLIC_URL as url} from "$env/static/public"\n</script>\n\n<a href={url}>shop</a>\n'
const kitEnv = 'import {env} from "$env/dynamic/private"\n'

testCheck(buildVariables, {
  clean: {
    'Next.js: a variable that its configuration sets': next('', {
      'app/api/pay/route.ts': 'if (!process.env.REGION) throw new Error("no REGION")\n',
      'next.config.ts': 'process.env.REGION ??= "ams"\nexport default {}\n',
    }),
    'a number of the configuration of mix with a default': project('elixir:1.18', 'ENV MIX_ENV=prod\nRUN mix compile', {
      'mix.exs': '',
      'config/config.exs': 'import Config\nconfig :shop, limit: String.to_integer(System.get_env("LIMIT", "5"))\n',
      'config/prod.exs': 'import Config\nconfig :shop, pool: String.to_integer(System.get_env("POOL") || "5")\n',
    }),
    'a file that the configuration of mix may import': project('elixir:1.18', 'ENV MIX_ENV=prod\nRUN mix do compile', {
      'mix.exs': '',
      'config/prod.exs': 'import Config\nif File.exists?("config/own.exs"), do: import_config("own.exs")\n',
      'config/own.exs': 'import Config\nconfig :shop, key: System.fetch_env!("API_KEY")\n',
    }),
    'Next.js: made in a function': next(
      `${stripe}export const pay = () => {\n  const stripe = new Stripe(process.env.STRIPE_KEY!)\n  return stripe\n}\n`,
    ),
    'Next.js: made in an arrow without a block': next(
      `${stripe}export const pay = () => new Stripe(process.env.STRIPE_KEY!)\n`,
    ),
    'Next.js: with a value for the build': next(
      `${stripe}export const stripe = new Stripe(process.env.STRIPE_KEY ?? "sk_build")\nexport const pay = () => stripe\n`,
    ),
    'Next.js: the stage has it': next(
      `${stripe}export const stripe = new Stripe(process.env.STRIPE_KEY!)\nexport const pay = () => stripe\n`,
      {},
      'ENV STRIPE_KEY=sk_build\nRUN npx next build',
    ),
    'Next.js: an argument of the build': next(
      `${stripe}export const stripe = new Stripe(process.env.STRIPE_KEY!)\nexport const pay = () => stripe\n`,
      {},
      'ARG STRIPE_KEY\nRUN npx next build',
    ),
    'Next.js: a file of settings is there': next(
      `${stripe}export const stripe = new Stripe(process.env.STRIPE_KEY!)\nexport const pay = () => stripe\n`,
      {'.env.production': 'STRIPE_KEY=sk_build\n'},
    ),
    'Next.js: the script sets it': next(
      `${stripe}export const stripe = new Stripe(process.env.STRIPE_KEY!)\nexport const pay = () => stripe\n`,
      {
        'package.json':
          '{"scripts": {"build": "STRIPE_KEY=sk_build next build"}, "dependencies": {"stripe": "^18.5.0"}}',
      },
      'RUN npm run build',
    ),
    'Next.js: a RUN writes a file of settings': next(
      `${stripe}export const stripe = new Stripe(process.env.STRIPE_KEY!)\nexport const pay = () => stripe\n`,
      {},
      'RUN echo STRIPE_KEY=sk_build > .env\nRUN npx next build',
    ),
    'Next.js: a version of the client that asks for its key later': next(
      `${stripe}export const stripe = new Stripe(process.env.STRIPE_KEY!)\nexport const pay = () => stripe\n`,
      {'package.json': '{"dependencies": {"stripe": "^16.12.0"}}'},
    ),
    'Next.js: actions, which it loads when they are called': next(
      `"use server"\n${stripe}const stripe = new Stripe(process.env.STRIPE_KEY!)\nexport const pay = async () => stripe\n`,
    ),
    'Next.js: turbo builds another member of the workspace': project(
      'node:22',
      'RUN npx turbo run build --filter=api',
      {
        'package.json': '{"workspaces": ["apps/*"]}',
        'apps/web/package.json': '{"name": "web", "scripts": {"build": "next build"}}',
        'apps/web/app/api/pay/route.ts': 'if (!process.env.MONGODB_URI) throw new Error("no MONGODB_URI")\n',
      },
    ),
    'Next.js: no page brings the module': next('export const pay = () => 1\n', {
      'lib/other.ts': 'if (!process.env.KEY) throw new Error("no KEY")\n',
    }),
    'Next.js: of the module a type alone is taken': next('export const pay = () => 1\n', {
      'app/page.tsx': 'import {Row} from "@/lib/other"\n\nexport default (row: Row) => null\n',
      'lib/other.ts': 'if (!process.env.KEY) throw new Error("no KEY")\nexport interface Row {}\n',
    }),
    'Next.js: only in production, which may be another condition': next(
      'if (!process.env.KEY && process.env.REGION) throw new Error("no KEY")\nexport const pay = () => 1\n',
    ),
    'Next.js: the schema is told not to ask': next(
      'export const env = createEnv({\n  server: {\n    KEY: z.string(),\n  },\n  skipValidation: !!process.env.SKIP,\n})\nexport const pay = () => env\n',
      {},
      'RUN SKIP=1 npx next build',
    ),
    'SvelteKit: not while it builds': kit(
      `import {building} from "$app/environment"\n${kitEnv}if (!building) {\n  if (!env.DATABASE_URL) throw new Error("no DATABASE_URL")\n}\nexport const db = connect()\n`,
    ),
    'SvelteKit: a page, and the RUN has what it writes': kitPage(publicUrl, {
      run: 'RUN PUBLIC_URL=https://shop npx vite build',
    }),
    'SvelteKit: a page that asks when it is shown': kitPage(
      '<script>\n\timport {env} from "$env/dynamic/public"\n</script>\n\n<a href={env.PUBLIC_URL}>shop</a>\n',
    ),
    'SvelteKit: a part that no page shows': kitPage('<p>shop</p>\n', {files: {'src/lib/Link.svelte': publicUrl}}),
    'SvelteKit: a comment': kitPage(`<!-- ${publicUrl} -->\n<p>shop</p>\n`),
    'SvelteKit: the RUN has it': kit(
      `${kitEnv}if (!env.DATABASE_URL) throw new Error("no DATABASE_URL")\nexport const db = connect()\n`,
      'RUN DATABASE_URL=postgres://build npx vite build',
    ),
    'an env of its own': kit(
      'import {env} from "./env"\nif (!env.DATABASE_URL) throw new Error("no DATABASE_URL")\nexport const db = connect()\n',
    ),
    'Vite without routes': project('node:22', 'RUN npx vite build', {
      'src/db.ts': `${kitEnv}if (!env.DATABASE_URL) throw new Error("no DATABASE_URL")\n`,
    }),
    'an initializer with a default': initializer('Mail.key = ENV.fetch("MAIL_KEY", nil)\n'),
    'an initializer for another environment': initializer(
      'if Rails.env.test?\n  Mail.key = ENV.fetch("MAIL_KEY")\nend\n',
    ),
    'an initializer that asks later': initializer('Mail.key = -> { ENV.fetch("MAIL_KEY") }\n'),
    'an initializer on a condition': initializer('Mail.key = ENV.fetch("MAIL_KEY") if Mail.on?\n'),
    'an initializer whose variable the build has': initializer(
      'Mail.key = ENV.fetch("MAIL_KEY")\n',
      `ENV MAIL_KEY=dummy\n${precompile}`,
    ),
    'credentials that may be missing': initializer(
      'Mail.key = Rails.application.credentials.mail&.key\nMail.user = Rails.application.credentials.dig(:mail, :user)\nMail.on = Rails.application.credentials.mail\n',
    ),
    'the key of the credentials is lent': initializer(
      'Mail.key = Rails.application.credentials.mail[:key]\n',
      'ENV RAILS_ENV=production SECRET_KEY_BASE=x\nRUN --mount=type=secret,id=RAILS_MASTER_KEY,env=RAILS_MASTER_KEY bin/rails assets:precompile',
    ),
    'mix is told the environment in the RUN': project('elixir:1.18', 'RUN MIX_ENV=prod mix compile', {
      'mix.exs': '',
      'config/config.exs':
        'import Config\nif config_env() == :dev do\n  config :shop, key: System.fetch_env!("KEY")\nend\n',
    }),
    'ENV sets it': project(
      'python:3.12',
      `ENV SECRET_KEY=x\n${collect}`,
      django('SECRET_KEY = os.environ["SECRET_KEY"]\n'),
    ),
    'Django: a file of settings is there': project('python:3.12', collect, {
      ...django('from decouple import config\nSECRET_KEY = config("SECRET_KEY")\n'),
      '.env': 'SECRET_KEY=x\n',
    }),
    'Django: a file of settings beside the settings': project('python:3.12', collect, {
      ...django('import environ\nenv = environ.Env()\nenviron.Env.read_env()\nSECRET_KEY = env("SECRET_KEY")\n'),
      'shop/.env': 'SECRET_KEY=x\n',
    }),
    'Django: a RUN makes the file': project(
      'python:3.12',
      `RUN cp .env.example .env\n${collect}`,
      django('from decouple import config\nSECRET_KEY = config("SECRET_KEY")\n'),
    ),
    'Django: all have defaults': project(
      'python:3.12',
      collect,
      django(
        'import environ\nenv = environ.Env(DEBUG=(bool, False), KEY=(str, "x"))\nDEBUG = env("DEBUG")\nKEY = env("KEY")\nHOSTS = env.list("HOSTS", default=[])\nURL = env.str("URL", "x")\nDATABASES = {"default": env.db()}\n',
      ),
    ),
    'Django: another config': project(
      'python:3.12',
      collect,
      django('from shop.values import config\nA = config("A")\n'),
    ),
    'Django: what is raised in production alone': project(
      'python:3.12',
      collect,
      django(
        'import os\nSECRET_KEY = os.getenv("SECRET_KEY")\nif not SECRET_KEY:\n    if os.getenv("DEBUG", "True").lower() == "true":\n        SECRET_KEY = "x"\n    else:\n        raise ImproperlyConfigured("SECRET_KEY must be set")\n',
      ),
    ),
    'Django: what is raised without what the RUN sets': project(
      'python:3.12',
      'RUN DEBUG=true python manage.py collectstatic --noinput',
      django(
        'import os\nSECRET_KEY = os.getenv("SECRET_KEY")\nif not SECRET_KEY:\n    if os.getenv("DEBUG", "False").lower() == "true":\n        SECRET_KEY = "x"\n    else:\n        raise ImproperlyConfigured("SECRET_KEY must be set")\n',
      ),
    ),
    'Django: what is raised without an argument': project(
      'python:3.12',
      `ARG DEBUG\n${collect}`,
      django(
        'import os\nSECRET_KEY = os.getenv("SECRET_KEY")\nif not SECRET_KEY:\n    if os.getenv("DEBUG", "False").lower() == "true":\n        SECRET_KEY = "x"\n    else:\n        raise ImproperlyConfigured("SECRET_KEY must be set")\n',
      ),
    ),
    'Django: what is raised but for this command': project(
      'python:3.12',
      collect,
      django(
        'import os\nimport sys\nSECRET_KEY = os.getenv("SECRET_KEY")\nif not SECRET_KEY and "collectstatic" not in sys.argv:\n    raise ImproperlyConfigured("SECRET_KEY")\n',
      ),
    ),
    'Django: what is caught': project(
      'python:3.12',
      collect,
      django(
        'import os\ntry:\n    if not os.getenv("SECRET_KEY"):\n        raise ValueError("SECRET_KEY")\nexcept ValueError:\n    SECRET_KEY = "x"\n',
      ),
    ),
    'Django: given before': project(
      'python:3.12',
      collect,
      django(
        'import os\nos.environ.setdefault("A", "x")\nos.environ["B"] = "x"\nC = [os.environ["A"], os.environ["B"]]\n',
      ),
    ),
    'Django: a branch, a function or a try': project(
      'python:3.12',
      collect,
      django(
        'from decouple import config\nif not DEBUG:\n    A = config("A")\ndef b():\n    return config("B")\ntry:\n    C = config("C")\nexcept Exception:\n    C = ""\n',
      ),
    ),
    'Django: a command that needs no settings': project(
      'python:3.12',
      'RUN python manage.py --version',
      django('from decouple import config\nA = config("A")\n'),
    ),
    'Django: the stage has it': project(
      'python:3.12',
      `ENV A=1\nRUN B=2 python manage.py collectstatic --noinput`,
      django('from decouple import config\nA = config("A")\nB = config("B", cast=int)\n'),
    ),
    'Django: a secret is mounted': project(
      'python:3.12',
      'RUN --mount=type=secret,id=env,target=/app/.env python manage.py collectstatic --noinput',
      django('from decouple import config\nA = config("A")\n'),
    ),
    'a function of the project of the same name': {
      files: {
        ...project('python:3.12', collect, django('import environ\nfrom shop.tools import env\nA = env("A")\n')).files,
        '.dockerignore': '.env\n',
      },
    },
    'a file of another name': {
      files: {
        ...project(
          'python:3.12',
          collect,
          django(
            'from decouple import Config, RepositoryEnv\nconfig = Config(RepositoryEnv("shop/vars"))\nA = config("A")\n',
          ),
        ).files,
        '.dockerignore': '.env\n',
      },
    },
    'a file of settings of another name, which dotenv or environ is given': {
      files: {
        ...project('python:3.12', collect, {
          ...django(
            'import environ\nenv = environ.Env()\nenv.read_env(BASE / ".envs/.production/.django")\nA = env("A")\n',
          ),
          '.envs/.production/.django': 'A=1\n',
        }).files,
        '.dockerignore': '.env\n',
      },
    },
    'a prefix that the names have': project('python:3.12', `ENV SHOP_A=1\n${collect}`, {
      ...django('from environs import Env\nenv = Env(prefix="SHOP_")\nA = env("A")\n'),
      '.dockerignore': '.env\n',
    }),
    'settings that one of several files is chosen for': project('python:3.12', collect, {
      ...django(''),
      'shop/settings.py': undefined as never,
      'shop/settings/__init__.py': 'if ENV == "prod":\n    from .prod import *\nelse:\n    from .dev import *\n',
      'shop/settings/prod.py': 'import os\nA = os.environ["A"]\n',
      'shop/settings/dev.py': '',
    }),
    'settings that manage.py chooses for a command': project('python:3.12', collect, {
      ...django('import os\nA = os.environ["A"]\n'),
      'manage.py':
        'if "collectstatic" in sys.argv:\n    os.environ["DJANGO_SETTINGS_MODULE"] = "shop.build"\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      'shop/build.py': '',
    }),
    'variables of every container, and of the image': project(
      'python:3.12',
      collect,
      django('import os\nA = [os.environ["HOME"], os.environ["HOSTNAME"], os.environ["PYTHON_VERSION"]]\n'),
    ),
    'variables that a shell or a program takes from a file': project(
      'python:3.12',
      `RUN . ./vars && python manage.py collectstatic --noinput\nRUN honcho -e vars run python manage.py migrate`,
      {...django('import os\nA = os.environ["A"]\n'), vars: 'export A=1\n'},
    ),
    'variables that a command of the RUN takes from a file': project(
      'python:3.12',
      'RUN export $(cat vars) && python manage.py collectstatic --noinput',
      django('import os\nA = os.environ["A"]\n'),
    ),
    'variables that the package of the settings sets before': project('python:3.12', collect, {
      ...django('import os\nA = os.environ["A"]\nB = os.environ["B"]\n'),
      'manage.py':
        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nos.environ.setdefault("A", "x")\n',
      'shop/__init__.py': 'import os\nos.environ["B"] = "x"\n',
    }),
    'an argument that has a value, or may be empty': project(
      'debian:12',
      'ARG A=1\nARG B\nRUN test -n "$A" && echo ${A:?} && echo ${B:-none} && echo \'${B:?}\' && if [ -n "$B" ]; then echo; fi\nRUN [ -n "$B" ] || B=2',
      {},
    ),
    'an argument that fly.toml hands over': {
      files: {
        ...project('debian:12', 'ARG A\nRUN test -n "$A"', {}).files,
        'fly.toml': 'app = "shop"\n[build.args]\nA = "1"\n',
      },
    },
    'an argument that a script hands over': project('debian:12', 'ARG A\nRUN test -n "$A"', {
      'deploy.sh': 'flyctl deploy --build-arg A=1\n',
    }),
    'it has a default': project('python:3.12', collect, django('SECRET_KEY = os.environ.get("SECRET_KEY", "x")\n')),
    'in a branch': project('python:3.12', collect, django('if not DEBUG:\n    KEY = os.environ["KEY"]\n')),
    'a file of settings is loaded': project('python:3.12', collect, {
      ...django('load_dotenv()\nSECRET_KEY = os.environ["SECRET_KEY"]\n'),
      '.env': 'SECRET_KEY=x\n',
    }),
    'Django: the workflow makes the file': project('python:3.12', collect, {
      ...django('from decouple import config\nA = config("A")\n'),
      '.github/workflows/deploy.yml':
        'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: echo "${{ secrets.ENV }}" > .env\n      - run: flyctl deploy --remote-only\n',
    }),
    'the configuration of Prisma reads process.env': project('node:22', 'RUN npx prisma generate', {
      'prisma.config.ts':
        'import {defineConfig} from "prisma/config"\nexport default {url: process.env("DATABASE_URL")}\n',
    }),
    'Rails gets one for the build': project(
      'ruby:3.4',
      'ENV RAILS_ENV=production\nRUN SECRET_KEY_BASE_DUMMY=1 bin/rails assets:precompile',
      rails,
    ),
    'Rails is told one in its configuration': project(
      'ruby:3.4',
      'ENV RAILS_ENV=production\nRUN bin/rails assets:precompile',
      {...rails, 'config/application.rb': 'config.secret_key_base = "x"\n'},
    ),
    'Rails has a key that the RUN lays there': project(
      'ruby:3.4',
      'ENV RAILS_ENV=production\nRUN mv config/master.key.fake config/master.key && bin/rails assets:precompile',
      rails,
    ),
    'a file that dotenv loads': project('ruby:3.4', 'ENV RAILS_ENV=production\nRUN bin/rails assets:precompile', {
      ...rails,
      '.env.production': 'SECRET_KEY_BASE=x\n',
    }),
    'Rails is told to be in development by the RUN': project(
      'ruby:3.4',
      'ENV RAILS_ENV=production\nRUN RAILS_ENV=development bin/rails assets:precompile',
      rails,
    ),
    'Rails in development': project('ruby:3.4', 'RUN bin/rails assets:precompile', rails),
    'an ARG that an alias of mix hands over': project('elixir:1.18', 'ENV MIX_ENV=prod\nARG HOST\nRUN mix compile', {
      'mix.exs':
        'def deploy(env) do\n  Mix.Shell.IO.cmd("flyctl deploy -a shop-#{env} --build-arg HOST=#{env}.example.com")\nend\n',
      'config/prod.exs': 'import Config\nconfig :shop, host: System.fetch_env!("HOST")\n',
    }),
    'read when the app starts': project('elixir:1.18', 'ENV MIX_ENV=prod\nRUN mix compile', {
      'mix.exs': '',
      'config/config.exs': 'import Config\n',
      'config/runtime.exs': 'System.fetch_env!("SECRET_KEY_BASE")\n',
    }),
  },
  flagged: {
    'Django: what raises without a variable': {
      ...project(
        'python:3.12',
        collect,
        django(
          'import os\nSECRET_KEY = os.getenv("SECRET_KEY")\nif not SECRET_KEY:\n    if os.getenv("DEBUG", "False").lower() == "true":\n        SECRET_KEY = "x"\n    else:\n        raise ImproperlyConfigured("SECRET_KEY must be set")\n',
        ),
      ),
      expect: [
        'error Dockerfile:4:5 manage.py collectstatic stops: it reads SECRET_KEY, and nothing sets that during the build',
      ],
    },
    'Django: what raises at once': {
      ...project(
        'python:3.12',
        collect,
        django(
          'import os\nSECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "")\nif SECRET_KEY == "":\n    raise RuntimeError("Set DJANGO_SECRET_KEY")\n',
        ),
      ),
      expect: [
        'error Dockerfile:4:5 manage.py collectstatic stops: it reads DJANGO_SECRET_KEY, and nothing sets that during the build',
      ],
    },
    'Next.js: a client that throws without its key': {
      ...next(
        `${stripe}export const stripe = new Stripe(process.env.STRIPE_KEY!, {\n  apiVersion: "2025-01-27",\n})\nexport const pay = () => stripe\n`,
      ),
      expect: [
        'warning Dockerfile:4:5 next build may stop: it reads STRIPE_KEY, and nothing sets that during the build',
      ],
    },
    'Next.js: a client that looks for its key itself': {
      ...next('import OpenAI from "openai"\n\nconst openai = new OpenAI()\nexport const pay = () => openai\n'),
      expect: [
        'warning Dockerfile:4:5 next build may stop: it reads OPENAI_API_KEY, and nothing sets that during the build',
      ],
    },
    'Next.js: a module that throws, by an alias of tsconfig.json, and read by the configuration, too': {
      ...next('', {
        'app/api/pay/route.ts': 'import {url} from "$/url"\n\nexport const GET = async () => fetch(`${url}/pay`)\n',
        'src/url.ts': 'import "$/env"\n\nexport const url = process.env.NEXT_PUBLIC_URL\n',
        'src/env.ts': 'if (!process.env.NEXT_PUBLIC_URL) {\n  throw new Error("no NEXT_PUBLIC_URL")\n}\n',
        'tsconfig.json': '{"compilerOptions": {"paths": {"$/*": ["./src/*"]}}}',
        'next.config.ts': 'export default {images: {domains: [process.env.NEXT_PUBLIC_URL]}}\n',
      }),
      expect: [
        'warning Dockerfile:4:5 next build may stop: it reads NEXT_PUBLIC_URL, and nothing sets that during the build',
      ],
    },
    'Next.js: a module that throws': {
      ...next(
        'const uri = process.env.MONGODB_URI\n\nif (!uri) {\n  throw new Error("no MONGODB_URI")\n}\nexport const pay = () => uri\n',
      ),
      expect: [
        'warning Dockerfile:4:5 next build may stop: it reads MONGODB_URI, and nothing sets that during the build',
      ],
    },
    'Next.js: a task of turbo, for one member of the workspace': {
      ...project('node:22', 'RUN npx turbo run build --filter=web...', {
        'package.json': '{"workspaces": ["apps/*"]}',
        'apps/web/package.json': '{"name": "web", "scripts": {"build": "next build"}}',
        'apps/web/app/api/pay/route.ts':
          'const {MONGODB_URI, REGION} = process.env\nif (!MONGODB_URI) throw new Error("no MONGODB_URI")\n',
      }),
      expect: [
        'warning Dockerfile:4:5 next build may stop: it reads MONGODB_URI, and nothing sets that during the build',
      ],
    },
    'Next.js: a schema that its settings load': {
      ...next('export const pay = () => 1\n', {
        'next.config.js': 'import "./env.js"\n\nexport default {}\n',
        'env.js':
          'export const env = createEnv({\n  server: {\n    KEY: z.string(),\n  },\n  skipValidation: !!process.env.SKIP,\n})\n',
      }),
      expect: ['warning Dockerfile:4:5 next build may stop: it reads KEY, and nothing sets that during the build'],
    },
    'SvelteKit: a module that throws': {
      ...kit(`${kitEnv}if (!env.DATABASE_URL) throw new Error("no DATABASE_URL")\nexport const db = connect()\n`),
      expect: [
        'warning Dockerfile:4:5 vite build may stop: it reads DATABASE_URL, and nothing sets that during the build',
      ],
    },
    'SvelteKit: a page that shows what it writes into the build': {
      ...kitPage(publicUrl),
      expect: [
        'warning Dockerfile:4:5 vite build may stop: it reads PUBLIC_URL, and nothing sets that during the build',
      ],
    },
    'SvelteKit: a part of a layout that does so': {
      ...kitPage('<p>shop</p>\n', {
        files: {
          'src/routes/+layout.svelte':
            '<script>\n\timport Link from "$lib/Link.svelte"\n</script>\n\n<Link />\n<slot />\n',
          'src/lib/Link.svelte': publicUrl,
        },
      }),
      expect: [
        'warning Dockerfile:4:5 vite build may stop: it reads PUBLIC_URL, and nothing sets that during the build',
      ],
    },
    'SvelteKit: a variable that it writes into the build': {
      ...kit('import {DATABASE_URL} from "$env/static/private"\nexport const db = connect(DATABASE_URL)\n'),
      expect: [
        'warning Dockerfile:4:5 vite build may stop: it reads DATABASE_URL, and nothing sets that during the build',
      ],
    },
    'Django: what decouple asks for': {
      ...project(
        'python:3.12',
        collect,
        django(
          'from decouple import config\n\nDEBUG = config("DEBUG", default=False, cast=bool)\nKEY = config("KEY", cast=str)\n',
        ),
      ),
      expect: [
        'warning Dockerfile:4:5 manage.py collectstatic may stop: it reads KEY, and nothing sets that during the build',
      ],
    },
    'Django: what django-environ asks for, with no file to read': {
      ...project(
        'python:3.12',
        collect,
        django(
          'import environ\n\nenv = environ.Env(DEBUG=(bool, False))\nenviron.Env.read_env(BASE_DIR / ".env")\nDEBUG = env("DEBUG")\nDATABASES = {"default": env.db("DATABASE_URL")}\n',
        ),
      ),
      expect: [
        'warning Dockerfile:4:5 manage.py collectstatic may stop: it reads DATABASE_URL, and nothing sets that during the build',
      ],
    },
    'Django: an image that may have variables': {
      ...project('shop/base', collect, django('import os\nKEY = os.environ["KEY"]\n')),
      expect: [
        'warning Dockerfile:4:5 manage.py collectstatic may stop: it reads KEY, and nothing sets that during the build',
      ],
    },
    'Django: dotenv without a file': {
      ...project('python:3.12', collect, {
        ...django('import os\nfrom dotenv import load_dotenv\n\nload_dotenv()\nKEY = os.environ["KEY"]\n'),
        'web/.env': 'KEY=x\n',
        '.dockerignore': '.env\n',
      }),
      expect: [
        'error Dockerfile:4:5 manage.py collectstatic stops: it reads KEY, and nothing sets that during the build',
      ],
    },
    'an argument that nobody hands over': {
      ...project('debian:12', 'ARG A\nRUN : "${A:?}" && echo "$A"', {}),
      expect: ['warning Dockerfile:5:1 this RUN may stop: it reads A, and nothing sets that during the build'],
    },
    'an argument that a RUN asks for': {
      ...project(
        'debian:12',
        'ARG A\nARG B\nRUN if [ -z "$A" ]; then \\\n  echo "no A" >&2; exit 1; fi\nRUN test -n "$B"',
        {},
      ),
      expect: [
        'warning Dockerfile:6:1 this RUN may stop: it reads A, and nothing sets that during the build',
        'warning Dockerfile:8:1 this RUN may stop: it reads B, and nothing sets that during the build',
      ],
    },
    'the settings of Django': {
      ...project('python:3.12', collect, django('import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n')),
      expect: [
        'error Dockerfile:4:5 manage.py collectstatic stops: it reads SECRET_KEY, and nothing sets that during the build',
      ],
    },
    'the configuration of Prisma': {
      ...project('node:22', 'RUN npm ci', {
        ...prisma,
        'package.json': '{"scripts": {"postinstall": "prisma generate"}}',
        'package-lock.json': '{}',
      }),
      expect: [
        'error Dockerfile:4:5 prisma generate stops: it reads DATABASE_URL, and nothing sets that during the build',
      ],
    },
    'the configuration of Prisma that takes a .env': {
      ...project('node:22', 'RUN npx prisma generate', {
        'prisma.config.ts': `import 'dotenv/config'\n${prisma['prisma.config.ts']}`,
        'package.json': '{}',
      }),
      expect: [
        'warning Dockerfile:4:5 prisma generate may stop: it reads DATABASE_URL, and nothing sets that during the build',
      ],
    },
    'the same, deployed from a checkout, which has none': {
      ...project('node:22', 'RUN npx prisma generate', {
        'prisma.config.ts': `import 'dotenv/config'\n${prisma['prisma.config.ts']}`,
        'package.json': '{}',
        '.github/workflows/deploy.yml': 'steps:\n  - run: flyctl deploy\n',
      }),
      expect: [
        'error Dockerfile:4:5 prisma generate stops: it reads DATABASE_URL, and nothing sets that during the build',
      ],
    },
    'Rails in production': {
      ...project('ruby:3.4', 'ENV RAILS_ENV=production\nRUN bundle exec rails assets:precompile', rails),
      expect: [
        'error Dockerfile:5:5 assets:precompile stops: it reads SECRET_KEY_BASE, and nothing sets that during the build',
      ],
    },
    'Rails in production by the RUN itself, and a gem that brings dotenv along': {
      ...project('ruby:3.4', 'RUN RAILS_ENV=production bundle exec rails assets:precompile', {
        ...rails,
        'Gemfile.lock': `${rails['Gemfile.lock']}    kamal (2.7.0)\n      dotenv (~> 3.1)\n    dotenv (3.1.8)\n`,
      }),
      expect: [
        'error Dockerfile:4:5 assets:precompile stops: it reads SECRET_KEY_BASE, and nothing sets that during the build',
      ],
    },
    'Rails with a .env, which dotenv may find where it is deployed': {
      ...project('ruby:3.4', 'ENV RAILS_ENV=production\nRUN bundle exec rails assets:precompile', {
        ...rails,
        Gemfile: 'gem "rails"\ngem "dotenv-rails", "~> 3.1"\n',
      }),
      expect: [
        'warning Dockerfile:5:5 assets:precompile may stop: it reads SECRET_KEY_BASE, and nothing sets that during the build',
      ],
    },
    'Rails with one that .dockerignore leaves out': {
      ...project('ruby:3.4', 'ENV RAILS_ENV=production\nRUN bundle exec rails assets:precompile', {
        ...rails,
        Gemfile: 'gem "rails"\ngem "dotenv-rails", "~> 3.1"\n',
        '.dockerignore': '.env*\n',
      }),
      expect: [
        'error Dockerfile:5:5 assets:precompile stops: it reads SECRET_KEY_BASE, and nothing sets that during the build',
      ],
    },
    'Rails with dotenv for development': {
      ...project('ruby:3.4', 'ENV RAILS_ENV=production\nRUN bundle exec rails assets:precompile', {
        ...rails,
        Gemfile: 'gem "rails"\ngroup :development do\n  gem "dotenv-rails"\nend\n',
      }),
      expect: [
        'error Dockerfile:5:5 assets:precompile stops: it reads SECRET_KEY_BASE, and nothing sets that during the build',
      ],
    },
    'Rails without Active Storage may not ask for it': {
      ...project('ruby:3.4', 'ENV RAILS_ENV=production\nRUN bundle exec rails assets:precompile', {
        ...rails,
        'config/application.rb': 'require "rails"\nrequire "action_controller/railtie"\n',
      }),
      expect: [
        'warning Dockerfile:5:5 assets:precompile may stop: it reads SECRET_KEY_BASE, and nothing sets that during the build',
      ],
    },
    'an initializer': {
      ...initializer('Mail.key = ENV.fetch("MAIL_KEY")\n'),
      expect: [
        'error Dockerfile:5:5 assets:precompile stops: it reads MAIL_KEY, and nothing sets that during the build',
      ],
    },
    'several that one command lacks: told once': {
      ...initializer('Mail.key = ENV.fetch("MAIL_KEY")\nMail.host = ENV.fetch("MAIL_HOST")\n'),
      expect: [
        'error Dockerfile:5:5 assets:precompile stops: it reads MAIL_KEY and MAIL_HOST, and nothing sets them during the build',
      ],
    },
    'the block of a gem, which may be called later': {
      ...initializer('Mail.configure do |config|\n  config.key = ENV.fetch("MAIL_KEY")\nend\n'),
      expect: [
        'warning Dockerfile:5:5 assets:precompile may stop: it reads MAIL_KEY, and nothing sets that during the build',
      ],
    },
    'a command that stands in an ARG': {
      ...initializer(
        'Mail.key = ENV.fetch("MAIL_KEY")\n',
        'ENV RAILS_ENV=production SECRET_KEY_BASE=x\nARG BUILD_COMMAND="bin/rails assets:precompile"\nRUN ${BUILD_COMMAND}',
      ),
      expect: [
        'error Dockerfile:6:5 assets:precompile stops: it reads MAIL_KEY, and nothing sets that during the build',
      ],
    },
    credentials: {
      ...initializer('Mail.key = Rails.application.credentials.mail[:key]\n'),
      expect: [
        'error Dockerfile:5:5 assets:precompile stops: it reads the credentials of Rails, and nothing sets RAILS_MASTER_KEY during the build',
      ],
    },
    'mix, which raises': {
      ...project('elixir:1.18', 'ENV MIX_ENV=prod\nRUN mix compile', {
        'mix.exs': '',
        'config/prod.exs': 'import Config\nconfig :shop, key: System.get_env("API_KEY") || raise("no key")\n',
      }),
      expect: ['error Dockerfile:5:5 mix compile stops: it reads API_KEY, and nothing sets that during the build'],
    },
    'a file that the configuration of mix imports, and tasks in one command': {
      ...project('elixir:1.18', 'ENV MIX_ENV=prod\nRUN mix do deps.get, compile', {
        'mix.exs': '',
        'config/config.exs': 'use Mix.Config\nimport_config "#{Mix.env()}.exs"\n',
        'config/prod.exs': 'use Mix.Config\nimport_config "prod.secret.exs"\n',
        'config/prod.secret.exs':
          'use Mix.Config\n\nurl =\n  System.get_env("DATABASE_URL") ||\n    raise """\n    environment variable DATABASE_URL is missing.\n    """\n',
      }),
      expect: ['error Dockerfile:5:5 mix compile stops: it reads DATABASE_URL, and nothing sets that during the build'],
    },
    'an ARG that whoever deploys may hand over': {
      ...project('python:3.12', `ARG A\n${collect}`, django('import os\nA = os.environ["A"]\n')),
      expect: [
        'warning Dockerfile:5:5 manage.py collectstatic may stop: it reads A, and nothing sets that during the build',
      ],
    },
    'an ARG that nothing hands over': {
      ...project('elixir:1.18', 'ENV MIX_ENV=prod\nARG HOST\nRUN mix compile', {
        'mix.exs': '',
        'deploy.sh': 'flyctl deploy -a shop\n',
        'config/prod.exs': 'import Config\nconfig :shop, host: System.fetch_env!("HOST")\n',
      }),
      expect: ['error Dockerfile:6:5 mix compile stops: it reads HOST, and nothing sets that during the build'],
    },
    'a number that the configuration of mix reads of nothing': {
      ...project('elixir:1.18', 'ENV MIX_ENV=prod\nRUN mix compile', {
        'mix.exs': '',
        'config/config.exs': 'import Config\n',
        'config/prod.exs': 'import Config\nconfig :shop, limit: String.to_integer(System.get_env("LIMIT"))\n',
      }),
      expect: ['error Dockerfile:5:5 mix compile stops: it reads LIMIT, and nothing sets that during the build'],
    },
    'the configuration of mix': {
      ...project('elixir:1.18', 'ENV MIX_ENV=prod\nRUN mix compile', {
        'mix.exs': '',
        'config/config.exs': 'import Config\n',
        'config/prod.exs': 'import Config\nconfig :shop, key: System.fetch_env!("API_KEY")\n',
      }),
      expect: ['error Dockerfile:5:5 mix compile stops: it reads API_KEY, and nothing sets that during the build'],
    },
  },
})

it.each([
  [
    '$env/static/private',
    'import {KEY} from "$env/static/private"\nexport const db = connect(KEY)\n',
    'dynamic/private (env.KEY)',
  ],
  ['import.meta.env', 'export const db = createClient(import.meta.env.VITE_URL)\n', 'ARG VITE_URL'],
  ['$env/dynamic/private', `${kitEnv}if (!env.KEY) throw new Error("no KEY")\n`, 'RUN KEY=dummy'],
])('what a build writes into its output gets no value for the build alone: %s', async (_, code, cure) => {
  const {checks} = await preflight({
    root: temporary(kit(code).files),
    offline: true,
    only: ['dockerfile/build-variables'],
    env: {},
  })
  expect(checks.flatMap(({findings}) => findings.map(({hint}) => hint))).toEqual([expect.stringContaining(cure)])
})

it.each([
  ['values for the build', 'RUN mix compile', 'RUN API_HOST=dummy API_KEY=dummy'],
  [
    'arguments of the deploy',
    'ARG API_HOST\nARG API_KEY\nRUN : "${API_HOST:?}" "${API_KEY:?}"',
    'flyctl deploy --build-arg API_HOST=… --build-arg API_KEY=…',
  ],
])('the cure names all that a command lacks: %s', async (_, run, cure) => {
  const {files} = project('elixir:1.18', `ENV MIX_ENV=prod\n${run}`, {
    'mix.exs': '',
    'config/config.exs': 'import Config\n',
    'config/prod.exs':
      'import Config\nconfig :shop, host: System.fetch_env!("API_HOST"), key: System.fetch_env!("API_KEY")\n',
  })
  const {checks} = await preflight({
    root: temporary(files),
    offline: true,
    only: ['dockerfile/build-variables'],
    env: {},
  })
  expect(checks.flatMap(({findings}) => findings.map(({hint}) => hint))).toEqual([expect.stringContaining(cure)])
})
