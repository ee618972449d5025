import {describe, expect, it} from 'vitest'
import {known} from '../../../src/facts.ts'
import {openFacts} from '../../../src/preflight.ts'
import {Files as ProjectFiles} from '../../../src/project/files/files.ts'
import {type Files, memoryFileSystem, root} from '../../memory.ts'

async function read(workflow: string, files: Files = {}) {
  const all = {'fly.toml': 'app = "shop"\n', '.github/workflows/deploy.yml': workflow, ...files}
  const paths = Object.keys(all).filter((path) => !path.startsWith('../'))
  const facts = await openFacts(
    {root, env: {}},
    {fs: memoryFileSystem(all), facts: {files: async () => known(ProjectFiles.of(paths))}},
  )
  return facts.get('workflows')
}

const job = (steps: string, keys = '') => `jobs:\n  deploy:\n    runs-on: ubuntu-latest\n${keys}    steps:\n${steps}`
async function calls(workflow: string, files?: Files) {
  const fact = await read(workflow, files)
  if (fact.state !== 'ok') throw new Error(fact.reason)
  return fact.value.calls.map(({command, folder, at, positional}) => ({command, folder, line: at.line, positional}))
}

describe('the calls of flyctl', () => {
  it('has the line of each in a script of several lines', async () => {
    expect(
      await calls(job('      - run: |\n          echo go\n\n          flyctl deploy\n          fly status\n')),
    ).toEqual([
      {command: 'deploy', folder: '.', line: 8, positional: []},
      {command: 'status', folder: '.', line: 9, positional: []},
    ])
  })

  it('follows working-directory of the step, the job and the workflow, and cd', async () => {
    const defaults = '    defaults:\n      run:\n        working-directory: a\n'
    expect(await calls(job('      - run: flyctl deploy\n', defaults))).toMatchObject([{folder: 'a'}])
    expect(await calls(job('      - run: flyctl deploy\n        working-directory: b\n', defaults))).toMatchObject([
      {folder: 'b'},
    ])
    expect(await calls(job('      - run: cd b && flyctl deploy c\n', defaults))).toMatchObject([{folder: 'a/b/c'}])
  })

  it('does not know the folder behind an expression, a subshell or another checkout', async () => {
    expect(await calls(job('      - run: cd ${{ matrix.app }} && flyctl deploy\n'))).toMatchObject([
      {folder: undefined},
    ])
    expect(await calls(job('      - run: (cd a && make); flyctl deploy\n'))).toMatchObject([{folder: undefined}])
    const elsewhere =
      '      - uses: actions/checkout@v4\n        with:\n          path: src\n      - run: flyctl deploy\n'
    expect(await calls(job(elsewhere))).toMatchObject([{folder: undefined}])
  })

  it('reads the arguments of the Docker action, and FLY_PROJECT_PATH', async () => {
    const action =
      '      - uses: superfly/flyctl-actions@1.5\n        env:\n          FLY_PROJECT_PATH: api\n        with:\n          args: "deploy -c fly.toml"\n'
    expect(await calls(job(action))).toMatchObject([{command: 'deploy', folder: 'api', line: 9}])
  })

  it('sees no call in a comment, a string or a script that does not parse', async () => {
    expect(await calls(job('      - run: |\n          # flyctl deploy\n          echo "flyctl deploy"\n'))).toEqual([])
    expect(await calls(job('      - run: "flyctl deploy; if"\n'))).toEqual([])
  })
})

it('is looked for up to the top of the repository', async () => {
  const fact = await openFacts(
    {root, env: {}},
    {
      fs: memoryFileSystem({
        'fly.toml': 'app = "shop"\n',
        '../.github/workflows/deploy.yml': job('      - run: cd project && flyctl deploy\n'),
      }),
      facts: {files: async () => known(ProjectFiles.of(['fly.toml']))},
    },
  ).then((facts) => facts.get('workflows'))
  expect(fact).toMatchObject({state: 'ok', value: {repository: '..', deploys: [{config: 'fly.toml', app: 'shop'}]}})
})

it('leaves out what never names flyctl, and what is no YAML', async () => {
  expect(await read('jobs: {}\n')).toMatchObject({state: 'absent'})
  expect(await read('flyctl: [\n')).toMatchObject({state: 'absent'})
})
