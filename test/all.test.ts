import {posix} from 'node:path'
import {expect, it} from 'vitest'
import {runAll, targetsOf} from '../src/all.ts'
import {type Files, memoryFileSystem, root} from './memory.ts'

/** What the deploys of a repository are told of its workflows: the deploy, the workflow and the line. */
async function told(files: Files, {only = ['ci/token'], strict = false} = {}): Promise<string[]> {
  // git does not know the folder: each file counts.
  const runs = await runAll({root, env: {}, offline: true, only, strict}, {fs: memoryFileSystem(files)})
  return runs.flatMap(({report: {target, checks, verdict}}) =>
    checks.flatMap(({findings, outcome}) =>
      findings.length === 0
        ? `${posix.relative(root, target.root) || '.'}: ${outcome}, ${verdict}`
        : findings.map(({location}) => {
            const {file, line} = location as {file: string; line: number}
            return `${posix.relative(root, target.root) || '.'} ${posix.basename(file)}:${line}, ${verdict}`
          }),
    ),
  )
}

/** A step without a token, which ci/token tells. */
const workflow = (...commands: string[]) =>
  `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n${commands.map((command) => `      - run: ${command}\n`).join('')}`
const apps = {'apps/api/fly.toml': 'app = "api"\n', 'apps/web/fly.toml': 'app = "web"\n'}

it('a fault of a workflow is told with what it deploys', async () => {
  const files = {
    ...apps,
    '.github/workflows/api.yml': workflow('cd apps/api && flyctl deploy'),
    '.github/workflows/web.yml': workflow('cd apps/web && flyctl deploy'),
  }
  expect(await told(files)).toEqual(['apps/api api.yml:7, go', 'apps/web web.yml:7, go'])
})

it('with each, where it deploys several', async () => {
  const files = {...apps, '.github/workflows/all.yml': workflow('flyctl deploy apps/api', 'flyctl deploy apps/web')}
  expect(await told(files)).toEqual(['apps/api all.yml:7, go', 'apps/web all.yml:7, go'])
})

it('once, where it cannot be told what it deploys', async () => {
  const files = {...apps, '.github/workflows/some.yml': workflow('flyctl deploy ${{ github.event.inputs.app }}')}
  expect(await told(files)).toEqual(['apps/api some.yml:7, go', 'apps/web: passed, go'])
})

it('of an action of the project, with what its workflow deploys', async () => {
  const files = {
    ...apps,
    '.github/actions/setup/action.yml': 'runs:\n  using: composite\n  steps:\n    - run: make\n',
    '.github/workflows/api.yml': workflow('flyctl deploy apps/api'),
    '.github/workflows/web.yml': `${workflow('flyctl deploy apps/web')}      - uses: ./.github/actions/setup\n`,
  }
  expect(await told(files, {only: ['ci/workflow-rules']})).toEqual([
    'apps/api: passed, go',
    'apps/web action.yml:4, go',
  ])
})

it('of one file for two apps, with the app', async () => {
  const files = {
    'fly.toml': 'app = "shop"\n',
    '.github/workflows/a.yml': workflow('flyctl deploy -a shop'),
    '.github/workflows/b.yml': workflow('flyctl deploy -a shop-staging'),
  }
  expect(await told(files)).toEqual(['. a.yml:7, go', '. b.yml:7, go'])
})

it('with what the workflow that it calls deploys', async () => {
  const files = {
    ...apps,
    '.github/workflows/deploy.yml':
      'on:\n  workflow_call:\n    inputs:\n      app: {type: string}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl deploy apps/${{ inputs.app }}\n        env:\n          FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}\n',
    '.github/workflows/web.yml':
      "on: push\njobs:\n  web:\n    if: secrets.FLY != ''\n    uses: ./.github/workflows/deploy.yml\n    secrets: inherit\n    with:\n      app: web\n",
  }
  expect(await told(files, {only: ['ci/expression-context']})).toEqual([
    'apps/api: passed, go',
    'apps/web web.yml:4, go',
  ])
})

it('what is told elsewhere does not stop a deploy under --strict', async () => {
  const files = {...apps, '.github/workflows/web.yml': workflow('flyctl deploy apps/web')}
  expect(await told(files, {strict: true})).toEqual(['apps/api: passed, go', 'apps/web web.yml:7, no-go'])
})

it('a project within the repository that has workflows of its own does not hide those above', async () => {
  const files = {
    ...apps,
    'apps/api/.github/workflows/api.yml': workflow('flyctl deploy'),
    '.github/workflows/some.yml': workflow('flyctl deploy ${{ matrix.app }}'),
  }
  expect(await told(files)).toEqual(['apps/api api.yml:7, go', 'apps/web some.yml:7, go'])
})

it('what nothing deploys may be laid elsewhere first, and given its name there: no error', async () => {
  const files = {
    '.git/HEAD': '',
    'apps/web/fly.toml': '[build]\ndockerfile = "apps/web/Dockerfile"\n',
    'apps/web/Dockerfile': 'FROM node:24\nCOPY apps/web .\n',
  }
  expect(await told(files, {only: ['fly-config/app-name']})).toEqual(['apps/web fly.toml:1, go'])
  expect(await told(files, {only: ['dockerfile/exists']})).toEqual(['apps/web fly.toml:2, go'])
})

it('what has no Dockerfile beside it, and is for one, is deployed from where there is one', async () => {
  const from = async (fly: string, config = 'src/shop/fly.toml') => {
    const files = {'.git/HEAD': '', [config]: fly, Dockerfile: 'FROM node:24\nCOPY . .\n'}
    return (await targetsOf({root, env: {}, offline: true}, {fs: memoryFileSystem(files)})).map((each) => each.root)
  }
  expect(await from('app = "shop"\n[build.args]\nNAME = "shop"\n')).toEqual(['.'])
  expect(await from('app = "shop"\n', 'deploy/fly/fly.cron.toml')).toEqual(['.'])
  expect(await from('app = "shop"\n[build]\nimage = "redis:7"\n')).toEqual(['src/shop'])
  expect(await from('app = "shop"\n[build]\nbuilder = "paketobuildpacks/builder:base"\n')).toEqual(['src/shop'])
})

it('what nothing is seen to deploy may be of a ready image, or of a Dockerfile that is passed', async () => {
  const of = async (files: Files) => {
    const runs = await runAll(
      {root, env: {}, offline: true, only: ['dockerfile/exists']},
      {fs: memoryFileSystem(files)},
    )
    return runs.flatMap(({report: {checks}}) => checks.flatMap(({findings}) => findings.map((each) => each.severity)))
  }
  const grafana = 'app = "grafana"\n[[mounts]]\nsource = "data"\ndestination = "/var/lib/grafana"\n'
  expect(await of({'grafana/fly.toml': grafana})).toEqual(['warning'])
  expect(await of({'api/fly.toml': 'app = "api"\n', 'api/package.json': '{}'})).toEqual(['error'])
  expect(await of({'grafana/fly.toml': grafana, 'deploy.yml': ''})).toEqual(['warning'])
  // A Dockerfile that may be passed each time.
  const passed = {'fly.toml': 'app = "api"\n', 'package.json': '{}', 'other/Dockerfile': 'FROM node:22\n'}
  expect(await of(passed)).toEqual(['warning'])
  expect(
    await of({'grafana/fly.toml': grafana, '.github/workflows/all.yml': workflow('flyctl deploy grafana')}),
  ).toEqual(['error'])
})
