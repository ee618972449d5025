import releaseTask from '../../../checks/migrations/release-task.ts'
import {testCheck} from '../../harness.ts'

const module = (name = 'Shop.Release', app = 'shop', rest = '') =>
  `defmodule ${name} do\n  @app :${app}\n${rest}\n  def migrate do\n    for repo <- Application.fetch_env!(@app, :ecto_repos), do: repo\n  end\nend\n`
const shop = (files: Record<string, string>, command = '/app/bin/shop eval Shop.Release.migrate') => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\n  release_command = '${command}'\n`,
    Dockerfile: 'FROM debian:bookworm-slim\nWORKDIR /app\nCOPY . .\nCMD ["/app/bin/shop", "start"]\n',
    'mix.exs':
      'defmodule Shop.MixProject do\n  def project do\n    [\n      app: :shop,\n      deps: [{:phoenix, "~> 1.8"}]\n    ]\n  end\nend\n',
    'lib/shop.ex': 'defmodule Shop do\nend\n',
    ...files,
  },
})
const umbrella = 'defmodule Store.MixProject do\n  def project do\n    [\n      app: :store\n    ]\n  end\nend\n'

const overlay = (program: string) =>
  `#!/bin/sh\nset -eu\n\ncd -P -- "$(dirname -- "$0")"\nexec ./${program} eval Shop.Release.migrate\n`

testCheck(releaseTask, {
  clean: {
    'a script that starts the release': shop(
      {'lib/shop/release.ex': module(), 'rel/overlays/bin/migrate': overlay('shop')},
      '/app/bin/migrate',
    ),
    'a script that starts another one beside it': shop(
      {
        'lib/shop/release.ex': module(),
        'rel/overlays/bin/migrate': overlay('run'),
        'rel/overlays/bin/run': '#!/bin/sh\n',
      },
      '/app/bin/migrate',
    ),
    'a release with a name of its own': shop(
      {
        'mix.exs':
          'defmodule Shop.MixProject do\n  def project do\n    [\n      app: :shop,\n      releases: [store: []]\n    ]\n  end\nend\n',
        'lib/shop/release.ex': module(),
        'rel/overlays/bin/migrate': overlay('store'),
      },
      '/app/bin/migrate',
    ),
    'a module of a library that is called so': shop(
      {'lib/shop/release.ex': module()},
      '/app/bin/shop eval Store.Tasks.run',
    ),
    'its own names': shop({'lib/shop/release.ex': module()}),
    'in quotes, with a call': shop({'lib/shop/release.ex': module()}, '/app/bin/shop eval "Shop.Release.migrate()"'),
    'a file of another name': shop({'lib/shop/tasks.ex': module()}),
    'a module inside of another': shop({
      'lib/shop/tasks.ex': 'defmodule Shop do\n  defmodule Release do\n  end\nend\n',
    }),
    'a module of a dependency': shop({}, '/app/bin/shop eval "Ecto.Tasks.migrate(:shop)"'),
    'functions that a macro writes': shop({
      'lib/shop/release.ex': 'defmodule Shop.Release do\n  use Store.Release, app: :shop\nend\n',
    }),
    'another application of an umbrella': shop({
      'apps/store/mix.exs': umbrella,
      'lib/shop/release.ex': module('Shop.Release', 'store'),
    }),
    'an application that the configuration is for': shop({
      'config/config.exs': 'import Config\nconfig :store, ecto_repos: [Shop.Repo]\n',
      'lib/shop/release.ex': module('Shop.Release', 'store'),
    }),
    'a dependency': shop({'lib/shop/release.ex': module('Shop.Release', 'phoenix')}),
    'a script that nothing starts': shop(
      {
        'lib/shop/release.ex': module('Shop.Release', 'hello_elixir'),
        'rel/overlays/bin/migrate': '#!/bin/sh\nexec ./shop eval Shop.Release.migrate\n',
      },
      '/app/bin/shop start',
    ),
    'a module of a library of the same house': shop({
      'mix.exs':
        'defmodule Shop.MixProject do\n  def project do\n    [\n      app: :shop,\n      deps: [{:shop_core, "~> 1.8", organization: "shop"}]\n    ]\n  end\nend\n',
    }),
    'a module of Ecto, of which the project has one of its own': shop(
      {
        'mix.lock': '%{\n  "ecto": {:hex, :ecto, "3.12.0"},\n}\n',
        'lib/ecto/slug.ex': 'defmodule Ecto.Slug do\nend\n',
      },
      '/app/bin/shop eval "Ecto.Migrator.with_repo(Shop.Repo, &Ecto.Migrator.run(&1, :up, all: true))"',
    ),
    'a module that the build generates': shop({
      Dockerfile:
        'FROM elixir:1.18 AS build\nWORKDIR /app\nCOPY . .\nRUN mix phx.gen.release && mix release\nFROM debian:bookworm-slim\nCOPY --from=build /app/_build/prod/rel/shop /app\nCMD ["/app/bin/shop", "start"]\n',
    }),
    'a part of the project in another repository': shop({'.gitmodules': '[submodule "apps/data"]\n'}),
    'what a script only says': shop(
      {
        'lib/shop/release.ex': module(),
        'rel/overlays/bin/migrate':
          '#!/bin/sh\necho "to fill it: bin/shop eval Shop.Release.seed"\nexec ./shop eval Shop.Release.migrate\n',
      },
      '/app/bin/migrate',
    ),
    'a comment of a script': shop(
      {
        'lib/shop/release.ex': module(),
        'rel/overlays/bin/migrate': '#!/bin/sh\n# eval Shop.Release.up\nexec ./shop eval Shop.Release.migrate\n',
      },
      '/app/bin/migrate',
    ),
  },
  flagged: {
    'a script that starts a release of another name': {
      ...shop({'lib/shop/release.ex': module(), 'rel/overlays/bin/migrate': overlay('store')}, '/app/bin/migrate'),
      expect: [
        'warning rel/overlays/bin/migrate:5:6 release_command runs rel/overlays/bin/migrate, which starts ./store, and the release is called shop: it is not found',
      ],
    },
    'the module of an app with another name': {
      ...shop({'lib/shop/release.ex': module()}, '/app/bin/shop eval Store.Release.migrate'),
      expect: [
        'warning fly.toml:3:3 release_command evaluates Store.Release.migrate, and no file of the project defines Store.Release',
      ],
    },
    'the application of a guide': {
      ...shop({'lib/shop/release.ex': module('Shop.Release', 'hello_elixir')}),
      expect: [
        'error lib/shop/release.ex:2:8 Shop.Release.migrate reads the repos of :hello_elixir, which is no application of the project: it raises when release_command evaluates it',
      ],
    },
    'the failure is caught': {
      ...shop({'lib/shop/release.ex': module()}, 'sh -c "/app/bin/shop eval Shop.Release.seed || true"'),
      expect: [
        'warning fly.toml:3:3 release_command evaluates Shop.Release.seed, and that module has no function seed',
      ],
    },
    'a script that goes on behind it': {
      ...shop(
        {
          'lib/shop/release.ex': module(),
          'rel/overlays/bin/server': '#!/bin/sh\n./shop eval Shop.Release.seed\nPHX_SERVER=true exec ./shop start\n',
        },
        '/app/bin/server',
      ),
      expect: [
        'warning rel/overlays/bin/server:2:8 release_command evaluates Shop.Release.seed, and that module has no function seed',
      ],
    },
    'in a branch of a script': {
      ...shop(
        {
          'lib/shop/release.ex': module(),
          'rel/overlays/bin/migrate':
            '#!/bin/sh\nif [ -n "$SEED" ]; then\n  ./shop eval Shop.Release.seed\nfi\nexec ./shop eval Shop.Release.migrate\n',
        },
        '/app/bin/migrate',
      ),
      expect: [
        'warning rel/overlays/bin/migrate:3:10 release_command evaluates Shop.Release.seed, and that module has no function seed',
      ],
    },
    'a module that was renamed': {
      ...shop({'lib/shop/release_tasks.ex': module('Shop.ReleaseTasks')}),
      expect: [
        'error fly.toml:3:3 release_command evaluates Shop.Release.migrate, and no file of the project defines Shop.Release',
      ],
    },
    'a function that was renamed, in a script of the release': {
      ...shop(
        {
          'lib/shop/release.ex': module(),
          'rel/overlays/bin/migrate': '#!/bin/sh\nset -eu\nexec ./shop eval Shop.Release.migrate_all\n',
        },
        '/app/bin/migrate',
      ),
      expect: [
        'error rel/overlays/bin/migrate:3:13 release_command evaluates Shop.Release.migrate_all, and that module has no function migrate_all',
      ],
    },
  },
})
