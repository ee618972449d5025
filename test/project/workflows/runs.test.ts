import {describe, expect, it} from 'vitest'
import {known} from '../../../src/facts.ts'
import {openFacts} from '../../../src/preflight.ts'
import {Files as ProjectFiles} from '../../../src/project/files/files.ts'
import {type Files, memoryFileSystem, root} from '../../memory.ts'

/** The configurations that the workflows deploy, each with the line of its call. */
async function deployed(files: Files): Promise<[config: string | undefined, line: number | undefined][]> {
  const all = {'fly.toml': 'app = "shop"\n', ...files}
  const paths = Object.keys(all)
  const facts = await openFacts(
    {root, env: {}},
    {fs: memoryFileSystem(all), facts: {files: async () => known(ProjectFiles.of(paths))}},
  )
  return ((await facts.value('workflows'))?.deploys ?? []).map(({wanted, call}) => [wanted, call.at.line])
}

const matrix = (lines: string, config: string) => ({
  '.github/workflows/deploy.yml': `jobs:\n  deploy:\n    strategy:\n      matrix:\n${lines.replace(/^/gm, '        ')}\n    steps:\n      - run: flyctl deploy -c ${config}\n`,
})
const configs = async (files: Files) => (await deployed(files)).map(([config]) => config)

describe('a matrix', () => {
  it('is a run for each of its values', async () => {
    expect(await deployed(matrix('app: [web, api]', 'apps/${{ matrix.app }}/fly.toml'))).toEqual([
      ['apps/web/fly.toml', 7],
      ['apps/api/fly.toml', 7],
    ])
  })

  it('is each combination of its lists, without those that exclude names', async () => {
    const lines = 'app: [web, api]\nstage: [test, prod]\nexclude:\n  - {app: api, stage: prod}'
    expect(await configs(matrix(lines, '${{matrix.app}}.${{ matrix.stage }}.toml'))).toEqual([
      'web.test.toml',
      'web.prod.toml',
      'api.test.toml',
    ])
  })

  it('takes more values and more runs from include', async () => {
    const lines = 'app: [web]\ninclude:\n  - {app: web, file: a.toml}\n  - {app: api, file: b.toml}'
    expect(await configs(matrix(lines, '${{ matrix.file }}'))).toEqual(['a.toml', 'b.toml'])
  })

  it('may hold tables', async () => {
    expect(await configs(matrix('app:\n  - {name: web, file: a.toml}', '${{ matrix.app.file }}'))).toEqual(['a.toml'])
  })

  it('is not known where a step before makes it', async () => {
    expect(await configs(matrix('app: ${{ fromJSON(needs.list.outputs.apps) }}', '${{ matrix.app }}'))).toEqual([
      undefined,
    ])
  })
})

describe('a workflow that others call', () => {
  const called = (inputs = 'inputs:\n      config:\n        default: fly.toml\n') => ({
    '.github/workflows/deploy.yml': `on:\n  workflow_call:\n    ${inputs}jobs:\n  deploy:\n    steps:\n      - run: flyctl deploy -c "\${{ inputs.config }}"\n`,
  })
  const caller = (inputs: string) =>
    `on: push\njobs:\n  call:\n    uses: ./.github/workflows/deploy.yml\n${inputs && `    with:\n      ${inputs}\n`}`

  it('gets what each caller gives, or else its default', async () => {
    const files = {
      ...called(),
      '.github/workflows/one.yml': caller('config: fly.one.toml'),
      '.github/workflows/two.yml': caller(''),
    }
    expect(await configs(files)).toEqual(['fly.one.toml', 'fly.toml'])
  })

  it('is not known where a caller computes it, or where nobody calls it', async () => {
    expect(await configs({...called(), '.github/workflows/a.yml': caller('config: ${{ vars.CONFIG }}')})).toEqual([
      undefined,
    ])
    expect(await configs(called())).toEqual([undefined])
  })

  it('is called by each run of a matrix', async () => {
    const byMatrix =
      'on: push\njobs:\n  call:\n    strategy:\n      matrix:\n        app: [a, b]\n    uses: ./.github/workflows/deploy.yml\n    with:\n      config: ${{ matrix.app }}.toml\n'
    expect(await configs({...called(), '.github/workflows/all.yml': byMatrix})).toEqual(['a.toml', 'b.toml'])
  })

  it('ends, though it calls itself', async () => {
    const itself =
      'on: [push, workflow_call]\njobs:\n  deploy:\n    steps:\n      - run: flyctl deploy\n  again:\n    uses: ./.github/workflows/deploy.yml\n'
    expect(new Set(await configs({'.github/workflows/deploy.yml': itself}))).toEqual(new Set(['fly.toml']))
  })
})

it('fills in variables of the workflow that no step changes', async () => {
  const workflow = (step: string) => ({
    '.github/workflows/deploy.yml': `env:\n  CONFIG: fly.staging.toml\njobs:\n  deploy:\n    steps:\n${step}      - run: flyctl deploy -c \${{ env.CONFIG }}\n`,
  })
  expect(await configs(workflow(''))).toEqual(['fly.staging.toml'])
  expect(await configs(workflow('      - run: echo CONFIG=x >> $GITHUB_ENV\n'))).toEqual([undefined])
})

it('keeps the lines of a script in which something is filled in', async () => {
  const script = {
    '.github/workflows/deploy.yml':
      'jobs:\n  deploy:\n    strategy:\n      matrix:\n        app: [a-much-longer-name]\n    steps:\n      - run: |\n          echo ${{ matrix.app }}\n          flyctl deploy -c ${{ matrix.app }}.toml\n',
  }
  expect(await deployed(script)).toEqual([['a-much-longer-name.toml', 9]])
})

describe('an action of the project', () => {
  const uses = (given: string) => ({
    '.github/workflows/main.yml': `on: push\njobs:\n  deploy:\n    steps:\n      - uses: ./.github/actions/deploy\n${given}`,
    '.github/actions/deploy/action.yml':
      'inputs:\n  config:\n    default: fly.toml\nruns:\n  using: composite\n  steps:\n    - run: flyctl deploy -c ${{ inputs.config }}\n      shell: bash\n',
  })

  it('is its steps, with what it is given', async () => {
    expect(await deployed(uses(''))).toEqual([['fly.toml', 7]])
    expect(await configs(uses('        with:\n          config: fly.staging.toml\n'))).toEqual(['fly.staging.toml'])
  })

  it('is nothing where it is made of something else', async () => {
    const files = {...uses(''), '.github/actions/deploy/action.yml': 'runs:\n  using: node20\n  main: flyctl.js\n'}
    expect(await configs(files)).toEqual([])
  })
})
