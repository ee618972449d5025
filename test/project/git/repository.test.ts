import {execFileSync} from 'node:child_process'
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {ProjectReader} from '../../../src/project/files/reader.ts'
import {Repository} from '../../../src/project/git/repository.ts'
import {preflight, temporary} from '../../cli.ts'

const apps = {'apps/a/fly.toml': 'app = "a"\n', 'apps/b/fly.toml': 'app = "b"\n', 'apps/c/fly.toml': 'app = "c"\n'}

const run = (cwd: string, script: string) => execFileSync('bash', ['-ec', script], {cwd})
const commit = 'git add -A; git -c user.name=x -c user.email=x@example.com commit -qm first'

/** What preflight starts of git: `status`, `ls-files` … */
async function started(cwd: string, args: string[]): Promise<string[]> {
  const log = join(temporary({}), 'log')
  const {code, stderr} = await preflight(['--offline', '--json', ...args], {cwd, env: {GIT_TRACE2_EVENT: log}})
  expect([0, 1], stderr).toContain(code)
  const events = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []
  const read = events.map((line) => JSON.parse(line) as {event: string; name: string})
  return read.flatMap(({event, name}) => (event === 'cmd_name' ? [name] : [])).sort()
}

describe('git', () => {
  it('is started for many apps of a repository no more often than for one', async () => {
    const cwd = temporary(apps)
    run(cwd, `git init -q; ${commit}; touch apps/a/new`)
    const ofOne = await started(join(cwd, 'apps/a'), [])
    expect(ofOne).toEqual(['config', 'ls-files', 'status'])
    expect(await started(cwd, ['--all'])).toEqual(ofOne)
  })

  it('is not started where there is no repository', async () => {
    const cwd = temporary(apps)
    expect(await started(cwd, ['--all'])).toEqual([])
  })
})

it('each app of a repository is told its own', async () => {
  const cwd = temporary({...apps, 'apps/a/old': '', 'apps/b/old': '', 'apps/ab/fly.toml': 'app = "ab"\n'})
  run(cwd, `git init -q; ${commit}`)
  for (const path of ['apps/a/new', 'apps/ab/new']) writeFileSync(join(cwd, path), '')
  rmSync(join(cwd, 'apps/b/old'))
  const {stdout} = await preflight(['--all', '--offline', '--json', '--only', 'git/clean'], {cwd})
  const {reports} = JSON.parse(stdout) as {
    reports: {target: {root: string}; checks: {findings: {message: string}[]}[]}[]
  }
  const told = reports.map(({target, checks}) => [target.root, checks[0]?.findings[0]?.message])
  expect(told).toEqual([
    ['apps/a', '1 untracked file, so no commit says what is deployed: new'],
    ['apps/ab', '1 untracked file, so no commit says what is deployed: new'],
    ['apps/b', '1 changed file, so no commit says what is deployed: old'],
    ['apps/c', undefined],
  ])
})

describe('what is asked once for a folder and those below', () => {
  const repositories = (cwd: string, path: string) => {
    const above = new Repository(new ProjectReader(cwd))
    return [above, new Repository(new ProjectReader(join(cwd, path)), above)] as const
  }

  it('is answered for the one above', async () => {
    const cwd = temporary(apps)
    run(cwd, 'git init -q')
    const [above, below] = repositories(cwd, 'apps/a')
    expect(await below.path()).toBe('apps/a/')
    expect(await Promise.all([above, below].map((each) => each.once('where', async (folder) => folder)))).toEqual([
      cwd,
      cwd,
    ])
  })

  it('is asked again where a repository lies within, or the folder is elsewhere', async () => {
    const cwd = temporary(apps)
    run(cwd, 'git init -q; git init -q apps')
    for (const path of ['apps/a', '..']) {
      const [, below] = repositories(cwd, path)
      expect(await below.path()).toBe('')
      expect(await below.once('where', async (folder) => folder)).toBe(join(cwd, path))
    }
  })
})
