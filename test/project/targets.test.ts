import {expect, it} from 'vitest'
import {known} from '../../src/facts.ts'
import {openFacts} from '../../src/preflight.ts'
import {Files as ProjectFiles} from '../../src/project/files/files.ts'
import {ProjectReader} from '../../src/project/files/reader.ts'
import {findTargets} from '../../src/project/targets/targets.ts'
import {type Files, memoryFileSystem, root} from '../memory.ts'

async function targets(files: Files): Promise<string[]> {
  const paths = Object.keys(files).sort()
  const facts = await openFacts(
    {root},
    {fs: memoryFileSystem(files), facts: {files: async () => known(ProjectFiles.of(paths))}},
  )
  const found = await findTargets(facts, new ProjectReader(root, memoryFileSystem(files)))
  return found.map(({root: folder, config, app, dockerfile, from}) =>
    [
      folder,
      config && `-c ${config}`,
      app && `-a ${app}`,
      dockerfile && `--dockerfile ${dockerfile}`,
      from ? `as ${from.file}:${from.line}` : 'assumed',
    ]
      .filter(Boolean)
      .join(' '),
  )
}

const toml = 'app = "shop"\n'
const workflow = (...steps: string[]) =>
  `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n${steps.map((step) => `      - ${step}\n`).join('')}`

it('without a workflow, flyctl is assumed to run beside each file', async () => {
  expect(await targets({'fly.toml': toml, 'fly.staging.toml': toml, 'apps/api/fly.json': '{}'})).toEqual([
    'apps/api -c fly.json assumed',
    '. -c fly.staging.toml assumed',
    '. assumed',
  ])
})

it('a workflow is no configuration, whatever it is called', async () => {
  expect(await targets({'fly.toml': toml, '.github/workflows/fly.yaml': 'on: push\n'})).toEqual(['. assumed'])
})

it('a template is none where there are others, unless a workflow deploys it', async () => {
  const both = {'fly.toml': toml, 'fly.template.toml': 'app = "{{APP_NAME}}"\n', 'api/fly.prod.example.toml': toml}
  expect(await targets(both)).toEqual(['. assumed'])
  expect(await targets({'fly.example.toml': toml})).toEqual(['. -c fly.example.toml assumed'])
  expect(await targets({'fly.toml': toml, 'fly.example-shop.toml': toml})).toEqual([
    '. -c fly.example-shop.toml assumed',
    '. assumed',
  ])
  expect(await targets({'fly.toml': toml, 'fly.preview.toml': "app = 'APP_NAME_PLACEHOLDER'\n"})).toEqual(['. assumed'])
  expect(await targets({'fly.toml': "app = '<NAME>'\n", 'fly.staging.toml': "app = '<NAME>'\n"})).toHaveLength(2)
  const deploy = workflow('run: sed -i s/X/shop/ fly.template.toml && flyctl deploy -c fly.template.toml')
  expect(await targets({...both, '.github/workflows/deploy.yml': deploy})).toEqual([
    '. -c fly.template.toml as .github/workflows/deploy.yml:7',
    '. assumed',
  ])
})

it('what has nothing of flyctl is the file of another program, unless a workflow deploys it', async () => {
  const settings = 'mode = "prod"\n[[hosts]]\nname = "a"\ntext = \'\'\'\napp = "x"\n\'\'\'\n'
  expect(await targets({'fly.toml': toml, 'config/fly-apps.toml': settings})).toEqual(['. assumed'])
  expect(await targets({'fly.toml': toml, 'data/fly.json': '[1]', 'assets/fly.yaml': 'speed: 3\n'})).toEqual([
    '. assumed',
  ])
  expect(await targets({'config/fly.toml': settings})).toEqual([])
  expect(await targets({'fly.toml': `title = "x"\n[http_service]\ninternal_port = 80\n`})).toEqual(['. assumed'])
  expect(await targets({'fly.toml': '# nothing yet\n', 'api/fly.json': '{'})).toEqual([
    'api -c fly.json assumed',
    '. assumed',
  ])
  expect(
    await targets({'fly.toml': settings, '.github/workflows/deploy.yml': workflow('run: flyctl deploy -a shop')}),
  ).toEqual(['. -a shop as .github/workflows/deploy.yml:7'])
})

it('what a program fills in by a template engine is no configuration, even where it is the only one', async () => {
  const source = 'app = "{{.Name}}"\n[env]\n{{range $k, $v := .Env}}\n  {{$k}} = "{{$v}}"\n{{end}}\n'
  expect(await targets({'internal/templates/fly.toml': source})).toEqual([])
  expect(await targets({'fly.toml': '{% if worker %}\n[processes]\n{% endif %}\n', 'api/fly.toml': toml})).toEqual([
    'api assumed',
  ])
})

it('of a folder of configurations, the Dockerfile of the folder above is assumed to be built there', async () => {
  expect(
    await targets({
      Dockerfile: 'FROM node:24\n',
      'infra/fly.toml': toml,
      'db/fly.toml': toml,
      'docker/fly.toml': toml,
      'docker/Dockerfile': 'FROM node:24\n',
    }),
  ).toEqual(['db assumed', 'docker assumed', '. -c infra/fly.toml assumed'])
})

it('a stage that is named without a Dockerfile beside the file is one of the nearest Dockerfile above', async () => {
  expect(
    await targets({
      Dockerfile: 'FROM node:24 AS web\n',
      'apps/web/fly.toml': `${toml}[build]\n  build-target = "web"\n`,
    }),
  ).toEqual(['. -c apps/web/fly.toml assumed'])
})

it('of a Dockerfile below that takes what is beside it, flyctl is assumed to run there', async () => {
  const named = `${toml}[build]\n  dockerfile = "backend/Dockerfile"\n`
  const files = {'backend/requirements.txt': '', 'backend/app.py': '', 'fly.api.toml': named}
  expect(
    await targets({...files, 'backend/Dockerfile': 'FROM python:3.12\nCOPY requirements.txt .\nCOPY . .\n'}),
  ).toEqual(['backend -c ../fly.api.toml assumed'])
  expect(
    await targets({...files, 'backend/Dockerfile': 'FROM python:3.12\nCOPY requirements*.txt .\nCOPY . .\n'}),
  ).toEqual(['backend -c ../fly.api.toml assumed'])
  expect(
    await targets({...files, 'backend/Dockerfile': 'FROM python:3.12\nCOPY backend/requirements.txt .\n'}),
  ).toEqual(['. -c fly.api.toml assumed'])
})

it.each([
  [
    'COPY package.json pnpm-lock.yaml ./\nCOPY apps/api apps/api\n',
    toml,
    '. -c apps/api/fly.toml --dockerfile apps/api/Dockerfile assumed',
  ],
  [
    'COPY ["apps/api/package.json", "/apps/api/"]\n',
    `${toml}[build]\n  dockerfile = "Dockerfile.prod"\n`,
    '. -c apps/api/fly.toml assumed',
  ],
  ['COPY package.json src ./\n', toml, 'apps/api assumed'],
  [
    'COPY . .\nRUN npm ci\nCMD ["node", "apps/api/src/server.js"]\n',
    toml,
    '. -c apps/api/fly.toml --dockerfile apps/api/Dockerfile assumed',
  ],
  ['# Of apps/api/.\nCOPY . .\n', toml, 'apps/api assumed'],
  ['COPY . /srv/apps/api/\n', toml, 'apps/api assumed'],
  ['COPY . .\n', toml, 'apps/api assumed'],
  // What a step before the deploy makes is nowhere.
  [
    'COPY apps/api apps/api\nCOPY packed packed\n',
    toml,
    '. -c apps/api/fly.toml --dockerfile apps/api/Dockerfile assumed',
  ],
  ['COPY src src\nCOPY pnpm-lock.yaml ./\n', toml, 'apps/api assumed'],
  ['FROM node AS a\nCOPY --from=build /apps/api /app\nCOPY $FOLDER ./\n', toml, 'apps/api assumed'],
  // That one is another Dockerfile.
  ['COPY apps/api apps/api\n', `${toml}[build]\n  dockerfile = "../../Dockerfile"\n`, 'apps/api assumed'],
])(
  'without a workflow, flyctl runs where the Dockerfile beside the file finds what it takes: %s',
  async (text, config, expected) => {
    const dockerfile = `FROM node:22\n${text}`
    expect(
      await targets({
        'apps/api/fly.toml': config,
        'apps/api/Dockerfile': dockerfile,
        'apps/api/Dockerfile.prod': dockerfile,
        'apps/api/package.json': '{}',
        'apps/api/src/server.js': '',
        'package.json': '{}',
        'pnpm-lock.yaml': '',
      }),
    ).toEqual([expected])
  },
)

it('a Dockerfile in a folder for configurations that copies all is of the project above', async () => {
  const files = {
    'infra/fly.toml': `${toml}[build]\n  dockerfile = "Dockerfile"\n`,
    'infra/Dockerfile': 'FROM node:22\nCOPY . .\nRUN npm ci\n',
    'package.json': '{}',
  }
  expect(await targets(files)).toEqual(['. -c infra/fly.toml assumed'])
  const {'infra/Dockerfile': Dockerfile} = files
  expect(
    await targets({'package.json': '{}', 'deploy/fly/fly.toml': toml, 'deploy/fly/Dockerfile': Dockerfile}),
  ).toEqual(['. -c deploy/fly/fly.toml --dockerfile deploy/fly/Dockerfile assumed'])
  // One that has a project of its own.
  expect(await targets({...files, 'infra/package.json': '{}'})).toEqual(['infra assumed'])
})

it('a Dockerfile that goes into its own folder is built from the one above', async () => {
  expect(
    await targets({
      'website/fly.toml': toml,
      'website/Dockerfile':
        'FROM oven/bun:1\nWORKDIR /app\nCOPY . .\nRUN bun install\nRUN cd website && bun run build\n',
      'website/package.json': '{}',
      'package.json': '{}',
    }),
  ).toEqual(['. -c website/fly.toml --dockerfile website/Dockerfile assumed'])
})

it('a workflow says where flyctl runs: the build context is that folder', async () => {
  expect(
    await targets({
      '.github/workflows/deploy.yml': workflow(
        'run: flyctl deploy --remote-only -c apps/web/fly.toml',
        'run: flyctl deploy --remote-only\n        working-directory: apps/api',
      ),
      'apps/web/fly.toml': toml,
      'apps/api/fly.toml': toml,
    }),
  ).toEqual(['apps/api as .github/workflows/deploy.yml:8', '. -c apps/web/fly.toml as .github/workflows/deploy.yml:7'])
})

it('one file deployed as two apps is two deploys, and a step that stands twice is one', async () => {
  expect(
    await targets({
      '.github/workflows/deploy.yml': workflow(
        'run: flyctl deploy -a shop-staging',
        'run: flyctl deploy -a shop',
        'run: flyctl deploy -a shop',
      ),
      'fly.toml': toml,
    }),
  ).toEqual(['. -a shop-staging as .github/workflows/deploy.yml:7', '. -a shop as .github/workflows/deploy.yml:8'])
})

it('what others wrote is no deploy', async () => {
  expect(await targets({'node_modules/x/fly.toml': toml, 'vendor/y/fly.toml': toml, 'fly.toml': toml})).toEqual([
    '. assumed',
  ])
})

it('what browsers are served is no deploy', async () => {
  expect(await targets({'web/public/data/fly.json': '{"regions": ["ams"]}', 'fly.toml': toml})).toEqual(['. assumed'])
})

it('a folder that is filled in when the workflow runs says nothing', async () => {
  expect(
    await targets({
      '.github/workflows/deploy.yml': workflow(
        `run: flyctl deploy\n        working-directory: apps/\${{ matrix.app }}`,
      ),
      'apps/api/fly.toml': toml,
    }),
  ).toEqual(['apps/api assumed'])
})
