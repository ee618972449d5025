import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {runAll} from '../src/all.ts'
import type {FlyClient} from '../src/fly/client.ts'
import {type Run, run} from '../src/preflight.ts'
import type {FileSystem} from '../src/project/files/file-system.ts'
import {formats, reporter, setReporter} from '../src/report/index.ts'
import {preflight, sample} from './cli.ts'
import {sampleProjects} from './fuzz/corpus.ts'
import {type Project, seamsOf} from './harness.ts'
import {root} from './memory.ts'
import {context} from './report/samples.ts'

/** Numbers from 0 to 1, the same for the same seed (Park and Miller). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/** A disk that lists in any order, and answers in any order. */
function shuffled(fs: FileSystem, seed: number): FileSystem {
  const next = random(seed)
  const late = async <T>(answer: () => Promise<T>): Promise<T> => {
    for (let turns = Math.floor(next() * 8); turns > 0; turns--) await new Promise(setImmediate)
    return answer()
  }
  const mixed = <T>(all: T[]): T[] =>
    all
      .map((each): [number, T] => [next(), each])
      .sort(([a], [b]) => a - b)
      .map(([, each]) => each)
  return {
    stat: (path) => late(() => fs.stat(path)),
    read: (path) => late(() => fs.read(path)),
    list(path) {
      const {files, folders, links, others} = fs.list(path)
      return {files: mixed(files), folders: mixed(folders), links: mixed(links), others: mixed(others)}
    },
    link: (path) => fs.link(path),
    real: (path) => late(() => fs.real(path)),
  }
}

/** flyctl, whose calls end in any order. */
function unhurried(fly: FlyClient, seed: number): FlyClient {
  const next = random(seed)
  const wait = async () => {
    for (let turns = Math.floor(next() * 20); turns > 0; turns--) await new Promise(setImmediate)
  }
  return {
    calls: [],
    json: async (args) => {
      await wait()
      return fly.json(args)
    },
    text: async (args) => {
      await wait()
      return fly.text(args)
    },
  }
}

const timeless = ({report, ...rest}: Run): Run => ({
  ...rest,
  report: {...report, durationMs: 0, checks: report.checks.map((each) => ({...each, durationMs: 0}))},
})

async function written(runs: readonly Run[]): Promise<string[]> {
  const parts = runs.map(timeless).map(({report, reader, project}) => ({
    report,
    context: {...context, file: (path: string) => reader.text(path), project},
  }))
  const [first] = parts as [(typeof parts)[0]]
  const texts = formats.map(async (format) => [
    await (await reporter(format))(first.report, first.context),
    await (await setReporter(format))(parts),
  ])
  return (await Promise.all(texts)).flat()
}

const examine = (project: Project, seed?: number) => {
  const seams = seamsOf(project)
  const {fs, fly} = seams as {fs: FileSystem; fly: FlyClient}
  return seed === undefined ? seams : {...seams, fs: shuffled(fs, seed), fly: unhurried(fly, seed)}
}

describe('the same project gives the same bytes, in each format', () => {
  const projects = sampleProjects()

  it.each(projects.map((_, index) => index))(
    'in whatever order the disk and flyctl answer: project %i',
    async (index) => {
      const project = projects[index] as Project
      const options = {root, env: {}}
      const expected = await written([await run(options, examine(project))])
      for (const seed of [1, 2, 3])
        expect(await written([await run(options, examine(project, seed))])).toEqual(expected)
    },
  )

  it('for many deploys too', async () => {
    const files = projects.flatMap(({files: own = {}}, index) =>
      Object.entries(own).map(([path, text]) => [`apps/app${index}/${path}`, text]),
    )
    const project: Project = {files: Object.fromEntries(files), options: {offline: true}}
    const all = async (seed?: number) =>
      written(await runAll({root, env: {}, offline: true}, {...examine(project, seed), facts: {}}))
    expect(await all(1)).toEqual(await all())
  })

  it('in whatever order the files were made', async () => {
    const [project] = projects as [Project]
    const reversed = {...project, files: Object.fromEntries(Object.entries(project.files ?? {}).reverse())}
    const options = {root, env: {}}
    expect(await written([await run(options, examine(reversed))])).toEqual(
      await written([await run(options, examine(project))]),
    )
  })

  it.each([
    ['another language', {LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', LANGUAGE: 'tr'}],
    ['a time zone at the end of the world', {TZ: 'Pacific/Kiritimati'}],
    ['another terminal', {TERM: 'dumb', COLUMNS: '20', FORCE_COLOR: '1'}],
    ['one thread', {UV_THREADPOOL_SIZE: '1'}],
  ])('with %s', async (_, env) => {
    const projects = join(sample, '..')
    for (const name of readdirSync(projects).filter((each) => !each.includes('.'))) {
      const call = (more: Record<string, string>) =>
        preflight(['--json'], {cwd: join(projects, name), flyctl: 'missing-secret', env: more})
      const settled = (text: string) => text.replace(/"(startedAt|durationMs)": ("[^"]*"|\d+)/g, '"$1": 0')
      const [usual, other] = await Promise.all([call({}), call(env)])
      expect(settled(other.stdout)).toBe(settled(usual.stdout))
    }
  })
})
