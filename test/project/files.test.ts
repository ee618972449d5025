import {describe, expect, it, vi} from 'vitest'
import {run} from '../../src/preflight.ts'
import {Files, scripts} from '../../src/project/files/files.ts'
import {Names} from '../../src/project/files/names.ts'
import {sampleProjects} from '../fuzz/corpus.ts'
import {seamsOf} from '../harness.ts'
import {root} from '../memory.ts'

const files = Files.of([
  'b/package.json',
  'b/src/main.ts',
  'b/src/main.d.ts',
  'package.json',
  '.env',
  '.env.production',
  'Dockerfile',
  'b.txt',
  'b/config/puma.rb',
  'c/config/puma.rb',
  'config/puma.rb',
  'b/src/vite.config.mts',
])

describe('the files of a project are found', () => {
  it.each([
    ['by name', files.named('package.json'), ['b/package.json', 'package.json']],
    ['by one of several', files.named('.env', 'Dockerfile'), ['.env', 'Dockerfile']],
    ['by the end of a path', files.named('b/config/puma.rb'), ['b/config/puma.rb']],
    ['by that end anywhere', files.named('config/puma.rb').length, 3],
    ['as a script of any kind', files.named(...scripts('vite.config')), ['b/src/vite.config.mts']],
    ['by ending', files.ending('.ts'), ['b/src/main.d.ts', 'b/src/main.ts']],
    ['by a longer ending', files.ending('.d.ts'), ['b/src/main.d.ts']],
    ['by several endings, each once', files.ending('.rb', '.d.ts', '.ts').length, 5],
    ['without an ending', files.ending(''), ['Dockerfile']],
    ['by what a name begins with', files.beginning('.env'), ['.env', '.env.production']],
    ['in a folder', files.in('b'), ['b/package.json']],
    ['in the working directory', files.in('.'), ['.env', '.env.production', 'Dockerfile', 'b.txt', 'package.json']],
    ['below a folder', files.under('b/src', 'c').length, 4],
    ['from a folder further up', files.alike('src/main.ts'), ['b/src/main.ts']],
    ['from a folder further down', files.alike('app/config/puma.rb'), ['config/puma.rb']],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected)
  })

  it('or known not to be there', () => {
    expect([files.has('package.json'), files.has('b/src'), files.has('src/main.ts'), files.has('b/src/')]).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect([files.named('x.ts'), files.ending('.py'), files.beginning('Docker-'), files.under('bb')].flat()).toEqual([])
  })

  it('with their folders', () => {
    expect(['.', 'b', 'b/src', 'src', 'b.txt'].map((folder) => files.hasFolder(folder))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
    expect([files.hasFolderNamed('src'), files.hasFolderNamed('b/src'), files.hasFolderNamed('main')]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('in the order of their paths, however they were listed', () => {
    const paths = ['b/a', 'b-a', 'a/b/c', 'a/b.c', 'a/B', 'b.a']
    expect(Files.of(paths).under('.')).toEqual(paths.sort())
  })

  it('each once, in a folder of very many, too', () => {
    const many = Files.of(Array.from({length: 2000}, (_, index) => `data/${index}.json`))
    expect([many.has('data/1999.json'), many.has('data/2000.json'), many.named('7.json')]).toEqual([
      true,
      false,
      ['data/7.json'],
    ])
  })
})

describe('of the files, only some', () => {
  const own = files.only((path) => path.startsWith('b/'))

  it('are all that is seen, in each way', () => {
    expect([own.has('b/package.json'), own.has('package.json')]).toEqual([true, false])
    expect([own.named('package.json'), own.ending('.rb'), own.beginning('.')]).toEqual([
      ['b/package.json'],
      ['b/config/puma.rb'],
      [],
    ])
    expect([own.hasFolder('b/config'), own.hasFolder('c'), own.hasFolderNamed('config')]).toEqual([true, false, true])
  })

  it('and of those some again', () => {
    expect(own.only((path) => path.endsWith('.json')).under('.')).toEqual(['b/package.json'])
  })
})

describe('nobody goes over all files', () => {
  const projects = sampleProjects()

  it.each(projects.map((_, index) => index))('of sample project %i', async (index) => {
    const {files = {}, ...project} = projects[index] as (typeof projects)[number]
    const more = Object.fromEntries(Array.from({length: 20}, (_, each) => [`pictures/2024/${each}.raw`, '']))
    const listed = vi.spyOn(Names.prototype, 'list')
    try {
      await run({root, env: {}, offline: true}, seamsOf({...project, files: {...files, ...more}}))
      const names = listed.mock.results.flatMap(({value}) => value as string[])
      expect(names.length).toBeGreaterThan(0)
      expect(names).not.toContain('7.raw')
    } finally {
      listed.mockRestore()
    }
  })
})
