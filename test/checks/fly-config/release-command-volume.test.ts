import releaseCommandVolume from '../../../checks/fly-config/release-command-volume.ts'
import {testCheck} from '../../harness.ts'

const mount = '[[mounts]]\nsource = "data"\ndestination = "/data"\n'
const toml = (command: string, env = '', rest = mount) => ({
  'fly.toml': `[env]\n${env}\n[deploy]\nrelease_command = "${command}"\n${rest}`,
})
const needs = (name: string, path: string) =>
  `deploy.release_command needs the database that ${name} puts at ${path}, but the temporary machine that it runs in has no volume at /data`

/** An app of Elixir whose database is a file, wherever a secret says. */
const ecto = (command: string, adapters = '{:ecto_sqlite3, "~> 0.17"}', rest = mount) => ({
  files: {
    ...toml(command, '', rest),
    'mix.exs': `defmodule Shop.MixProject do\n  defp deps do\n    [\n      ${adapters}\n    ]\n  end\nend\n`,
    'lib/shop/release.ex':
      'defmodule Shop.Release do\n  def setup do\n    Ecto.Migrator.with_repo(Shop.Repo, &Ecto.Migrator.run(&1, :up, all: true))\n  end\nend\n',
  },
})
const file = (library: string) =>
  `warning fly.toml:4:1 deploy.release_command migrates the database of ${library}, which is a file: the temporary machine that it runs in has no volume, and the file is gone with it`

testCheck(releaseCommandVolume, {
  clean: {
    'SQLite of Ecto for tests alone': ecto('/app/bin/migrate', '{:ecto_sqlite3, "~> 0.17", only: [:dev, :test]}'),
    'SQLite of Ecto beside ClickHouse': ecto(
      '/app/bin/migrate',
      '{:ecto_sqlite3, "~> 0.17"},\n      {:ecto_ch, "~> 0.3"}',
    ),
    'a volume of another process': ecto('/app/bin/migrate', undefined, `${mount}processes = ["redis"]\n`),
    'SQLite of Rails beside MongoDB': {
      files: {
        'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "bin/rails db:migrate"\n${mount}`,
        Dockerfile: 'FROM ruby:3.3-slim\nCMD ["bin/rails", "server"]\n',
        Gemfile: "gem 'rails'\ngem 'sqlite3'\ngem 'mongoid'\n",
        'Gemfile.lock':
          'GEM\n  specs:\n    activerecord (8.0.0)\n    mongoid (9.0.0)\n    rails (8.0.0)\n      activerecord (= 8.0.0)\n    sqlite3 (2.1.0)\n',
      },
    },
    'another database of Ecto': ecto('/app/bin/migrate', '{:postgrex, ">= 0.0.0"}'),
    'SQLite for a cache, and Postgres': ecto(
      '/app/bin/migrate',
      '{:ecto_sqlite3, "~> 0.17"},\n      {:postgrex, ">= 0.0.0"}',
    ),
    'SQLite without a volume': ecto('/app/bin/migrate', undefined, ''),
    'a function that migrates nothing': ecto("/app/bin/shop eval 'Shop.Release.warm'"),
    'a database elsewhere': {files: toml('npx prisma migrate deploy', 'DATABASE_URL = "postgres://db/data"')},
    'a file beside the volume': {files: toml('npx prisma migrate deploy', 'DATABASE_URL = "file:/database/a.db"')},
    'no volume': {files: toml('npx prisma migrate deploy', 'DATABASE_URL = "file:/data/a.db"', '')},
    'a command without use for it': {files: toml('npx prisma generate', 'DATABASE_URL = "file:/data/a.db"')},
    'what is no database': {files: toml('alembic upgrade head', 'UPLOADS = "/data/uploads"')},
    'LiteFS, which brings it': {files: toml('litefs run -- npx prisma migrate deploy', 'DB = "/data/a.db"')},
    'a program of the image': {files: toml('/data/migrate')},
    'one of the Dockerfile that fly.toml replaces': {
      files: {
        ...toml('alembic upgrade head', 'DATABASE_URL = "postgres://db/x"'),
        Dockerfile: 'FROM python:3.12-slim\nENV DATABASE_URL=sqlite:////data/a.db\n',
      },
    },
  },
  flagged: {
    'SQLite of Ecto, at a place that a secret names': {...ecto('/app/bin/migrate'), expect: [file('ecto_sqlite3')]},
    'SQLite of Ecto, by a function of the release': {
      ...ecto("/app/bin/shop eval 'Shop.Release.setup()'"),
      expect: [file('ecto_sqlite3')],
    },
    'SQLite of Rails': {
      files: {
        ...toml('bin/rails db:prepare'),
        Gemfile: "gem 'rails'\ngem 'sqlite3'\n",
        'Gemfile.lock':
          'GEM\n  specs:\n    activerecord (8.0.0)\n    rails (8.0.0)\n      activerecord (= 8.0.0)\n    sqlite3 (2.1.0)\n',
      },
      expect: [file('sqlite3')],
    },
    'Prisma with SQLite': {
      files: toml('npx prisma migrate deploy', 'DATABASE_URL = "file:/data/sqlite.db?connection_limit=1"'),
      expect: [`warning fly.toml:4:1 ${needs('DATABASE_URL', '/data/sqlite.db')}`],
    },
    'SQLAlchemy with SQLite': {
      files: toml('uv run alembic upgrade head', 'DATABASE_URL = "sqlite+aiosqlite:////data/app.db"'),
      expect: [`warning fly.toml:4:1 ${needs('DATABASE_URL', '/data/app.db')}`],
    },
    'a path': {
      files: toml('/app/bin/migrate', 'DATABASE_PATH = "/data/app"'),
      expect: [`warning fly.toml:4:1 ${needs('DATABASE_PATH', '/data/app')}`],
    },
    'from the Dockerfile': {
      files: {
        ...toml('alembic upgrade head'),
        Dockerfile: 'FROM python:3.12-slim\nENV DATABASE_URL=sqlite:////data/a.db\n',
      },
      expect: [`warning fly.toml:4:1 ${needs('DATABASE_URL', '/data/a.db')}`],
    },
    'a migration in a script': {
      files: {
        ...toml('./release.sh', 'DATABASE_URL = "file:/data/a.db"'),
        Dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY . .\n',
        'release.sh': 'set -e\nnpx prisma migrate deploy\n',
      },
      expect: [`warning fly.toml:4:1 ${needs('DATABASE_URL', '/data/a.db')}`],
    },
    'a path of its own': {
      files: toml("sh -c 'mkdir -p /data/uploads && true'"),
      expect: [
        'warning fly.toml:4:1 deploy.release_command names /data/uploads, which is on the volume /data: the temporary machine that it runs in has no volume',
      ],
    },
    'in JSON': {
      files: {
        'fly.json':
          '{"env": {"DB_PATH": "/data/a"}, "deploy": {"release_command": "npx knex migrate:latest"}, "mounts": {"source": "d", "destination": "/data/"}}',
      },
      expect: [`warning fly.json:1:44 ${needs('DB_PATH', '/data/a')}`],
    },
  },
})
