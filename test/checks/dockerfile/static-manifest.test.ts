import staticManifest from '../../../checks/dockerfile/static-manifest.ts'
import {testCheck} from '../../harness.ts'

const config =
  'import Config\nconfig :shop, ShopWeb.Endpoint, cache_static_manifest: "priv/static/cache_manifest.json"\n'
const project = (steps: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM hexpm/elixir:1.18.4-erlang-27.3-debian-bookworm-20250520-slim\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY . .\n${steps}RUN mix release\n`,
    'mix.exs': 'defmodule Shop.MixProject do\n  def project, do: [app: :shop, aliases: aliases()]\nend\n',
    'config/prod.exs': config,
    'config/runtime.exs': 'import Config\n',
    ...files,
  },
})

testCheck(staticManifest, {
  clean: {
    'the assets are built': project('RUN mix assets.deploy\n'),
    'the files are digested': project('RUN mix do compile, phx.digest\n'),
    'an alias does it': project('RUN mix setup.prod\n', {
      'mix.exs':
        'defmodule Shop.MixProject do\n  defp aliases do\n    ["setup.prod": ["compile", "phx.digest"]]\n  end\nend\n',
    }),
    'a script may do it': project('RUN ./build.sh\n'),
    'no manifest is asked for': project('', {'config/prod.exs': 'import Config\n'}),
    'the line is a comment': project('', {'config/prod.exs': config.replace('config :shop', '# config :shop')}),
    'another stage brings them': {
      files: {
        ...project('').files,
        Dockerfile:
          'FROM node:22 AS web\nWORKDIR /web\nRUN npm run build\nFROM hexpm/elixir:1.18.4-erlang-27.3-debian-bookworm-20250520-slim\nWORKDIR /app\nCOPY . .\nCOPY --from=web /web/out priv/static\nRUN mix release\n',
      },
    },
    'the last stage has them of another one': {
      files: {
        ...project('').files,
        Dockerfile:
          'FROM hexpm/elixir:1.18.4-erlang-27.3-debian-bookworm-20250520-slim AS assets\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY . .\nRUN mix assets.deploy\nFROM hexpm/elixir:1.18.4-erlang-27.3-debian-bookworm-20250520-slim AS build\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY . .\nRUN mix do compile, release\nFROM debian:bookworm-slim\nWORKDIR /app\nCOPY --from=build /app/_build/prod/rel/shop ./\nCOPY --from=assets /app/priv ./priv\n',
      },
    },
    'the files lie in git': project('', {'priv/static/app.css': ''}),
  },
  flagged: {
    'a step builds them behind the release': {
      files: {
        ...project('').files,
        Dockerfile: `${project('').files.Dockerfile}RUN mix assets.deploy\n`,
      },
      expect: [
        'warning Dockerfile:5:5 nothing makes priv/static/cache_manifest.json before mix release, and config/prod.exs asks for it: the pages come without styles and scripts',
      ],
    },
    'no step builds them': {
      ...project('RUN mix deps.get --only prod\nRUN mix compile\n', {'priv/static/robots.txt': ''}),
      expect: [
        'warning Dockerfile:7:5 nothing makes priv/static/cache_manifest.json before mix release, and config/prod.exs asks for it: the pages come without styles and scripts',
      ],
    },
  },
})
