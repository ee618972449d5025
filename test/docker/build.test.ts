import {describe, expect, it} from 'vitest'
import {FactStore, type Facts, failed, type Loaders} from '../../src/facts.ts'
import {inspectImage} from '../../src/inspect/image.ts'
import {ProjectReader} from '../../src/project/files/reader.ts'
import {Repository} from '../../src/project/git/repository.ts'
import {projectLoaders} from '../../src/project/index.ts'
import {memoryFileSystem, root} from '../memory.ts'
import {type BuildCase, buildCases} from './cases.ts'

async function build({dockerfile, context, symlinks = {}, args = []}: BuildCase): Promise<Facts['build'] | string> {
  // flyctl's configuration stands beside the folder, as the recorded contexts have none.
  const files = {...context, Dockerfile: dockerfile, '../fly.toml': ''}
  const reader = new ProjectReader(root, memoryFileSystem(files, symlinks))
  const given = args.map((arg) => arg.split(/=(.*)/s) as [string, string])
  const options = {
    config: '../fly.toml',
    buildTarget: given.find(([name]) => name === 'target')?.[1],
    buildArgs: Object.fromEntries(given.filter(([name]) => name !== 'target')),
  }
  const loaders = projectLoaders({reader, repository: new Repository(reader), options, env: {}})
  const store = new FactStore({...loaders, files: async () => failed('not here')} as unknown as Loaders)
  const fact = await store.get('build')
  return fact.state === 'ok' ? fact.value : fact.reason
}

/** What the cases do not carry: the repository that is cloned, links to folders, an empty folder. */
const elsewhere = new Set(['2-d50', '2-d41', '1-c17', '1-c28'])

describe('builds what BuildKit builds', () => {
  it.each(
    buildCases
      .filter(({image, error, name}) => image && !error && !elsewhere.has(name))
      .map((each) => [each.name, each] as const),
  )('%s', async (_, each) => {
    const result = await build(each)
    if (typeof result === 'string') throw new Error(result)
    const {config, files} = inspectImage(result)
    const {Env = [], WorkingDir = '', User = '', Entrypoint = null, Cmd = null, ExposedPorts = {}} = each.image ?? {}
    const ofBase = Cmd?.join() === 'bash' && config.Cmd === null
    // Docker says nothing of a folder that is the root.
    const folder = WorkingDir || (config.WorkingDir === '/' ? '/' : '')
    expect({...config, Env: config.Env.sort(), ExposedPorts: config.ExposedPorts.sort()}).toEqual({
      Env: [...Env].sort(),
      WorkingDir: folder,
      User,
      Entrypoint,
      Cmd: ofBase ? null : Cmd,
      ExposedPorts: Object.keys(ExposedPorts).sort(),
    })
    if (each.files) {
      const wanted = each.files
        .map((path) => path.replace(/ (=".*|\(\d+\)).*$/s, ''))
        .filter((path) => !path.endsWith('/'))
      expect(files.map(({path}) => path).sort()).toEqual(wanted.sort())
    }
    // RUN was not executed: what its programs need is not in the cases.
    expect(result.problems.filter(({kind}) => kind !== 'need')).toEqual([])
  })
})

describe('stops where BuildKit stops', () => {
  it.each(buildCases.filter(({error}) => error).map((each) => [each.name, each] as const))('%s', async (_, each) => {
    const result = await build(each)
    // What does not parse at all is no build, and told by dockerfile/syntax.
    const problems = typeof result === 'string' ? [{message: result}] : result.problems
    expect(problems.map(({message}) => message)).not.toEqual([])
  })
})

it('names where a file of the image comes from', async () => {
  const result = await build({
    name: '',
    dockerfile: 'FROM scratch AS a\nCOPY src /s/\nFROM scratch\nWORKDIR /app\nCOPY --from=a /s/x.txt ./\n',
    context: {'src/x.txt': ''},
  })
  expect(typeof result === 'string' ? result : inspectImage(result).files).toMatchObject([
    {path: '/app/x.txt', source: 'src/x.txt', at: {file: 'Dockerfile', line: 5}},
  ])
})

it.each([
  ['WORKDIR /app/', '/app/'],
  ['WORKDIR /app/\nWORKDIR src/', '/app/src'],
])('the working directory of %j', async (dockerfile, wanted) => {
  const result = await build({name: '', dockerfile: `FROM scratch\n${dockerfile}\nCOPY a .\n`, context: {a: ''}})
  const {config, files} = inspectImage(result as Facts['build'])
  expect(config.WorkingDir).toBe(wanted)
  expect(files[0]?.path).toBe(`${wanted.replace(/\/$/, '')}/a`)
})
