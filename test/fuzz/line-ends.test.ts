import {describe, expect, it} from 'vitest'
import {sampleProjects} from './corpus.ts'
import {differencesByLineEnds} from './line-ends.ts'

const toml = 'app = "shop"\n'
const install = (tool: string) =>
  `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN corepack enable && ${tool}\nCMD ["node", "server.js"]\n`
const manifest = '{"name": "shop", "dependencies": {"express": "^5.0.0"}, "devDependencies": {"vite": "~6.0.0"}}\n'

// Of the projects of all tests, npm run fuzz tries one with each case.
describe('files with the line ends of Windows are read like those of Linux', () => {
  it.each(sampleProjects().map((project) => [Object.keys(project.files ?? {}).length, project] as const))(
    'a whole project of %i files',
    async (_, project) => {
      expect(await differencesByLineEnds(project)).toEqual([])
    },
  )

  it.each([
    [
      'yarn.lock',
      'yarn install --frozen-lockfile',
      '# yarn lockfile v1\n\n\nexpress@^5.0.0:\n  version "5.0.1"\n\nvite@~6.0.0:\n  version "6.0.1"\n',
    ],
    [
      'pnpm-lock.yaml',
      'pnpm install --frozen-lockfile',
      "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      express:\n        specifier: ^4.0.0\n        version: 4.0.0\n\npackages: {}\n",
    ],
  ])('%s', async (name, tool, lock) => {
    const files = {'fly.toml': toml, Dockerfile: install(tool), 'package.json': manifest, 'server.js': '', [name]: lock}
    expect(await differencesByLineEnds({files})).toEqual([])
  })

  it('config/runtime.exs', async () => {
    const files = {
      'fly.toml': toml,
      'mix.exs': 'defmodule Shop.MixProject do\nend\n',
      'config/runtime.exs':
        'import Config\n\nif config_env() == :prod do\n  config :shop, Shop.Endpoint, url: [host: host]\nend\n',
    }
    expect(await differencesByLineEnds({files})).toEqual([])
  })

  it('a script of a machine', async () => {
    const files = {
      'fly.toml': `${toml}[http_service]\ninternal_port = 8080\n`,
      Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["sh", "start.sh"]\n',
      'start.sh': 'set -e\nif [ -n "$X" ]; then\n  export A=b\nfi\nexec gunicorn app:app --bind 0.0.0.0:8000\n',
    }
    expect(await differencesByLineEnds({files})).toEqual([])
  })
})
