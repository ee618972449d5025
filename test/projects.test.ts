import {execFileSync} from 'node:child_process'
import {cpSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {reportSchema} from '../src/report/report.ts'
import {preflight, temporary} from './cli.ts'

const projects = fileURLToPath(new URL('projects', import.meta.url))

/** A copy of a sample as a repository with one commit, always the same: our own history is no part of a sample. */
function repositoryOf(name: string): string {
  const folder = temporary({})
  cpSync(join(projects, name), folder, {recursive: true})
  const date = '2026-06-01T12:00:00Z'
  const env = {PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date}
  const git = (...args: string[]) => execFileSync('git', args, {cwd: folder, env})
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('-c', 'user.name=preflight', '-c', 'user.email=preflight@example.com', 'commit', '-q', '-m', 'The sample')
  return folder
}

/** What differs from run to run and from machine to machine. */
const settled = (text: string) =>
  text
    .replace(/"(startedAt|node|preflight)": "[^"]*"/g, '"$1": "…"')
    .replace(/"durationMs": \d+/g, '"durationMs": 0')
    .replace(/ {2}(\d+ ms|\d+\.\d s)$/m, '  412 ms')

describe('whole projects have the expected report', () => {
  it.each([
    ['shop', 'healthy', 0],
    ['broken-shop', 'missing-secret', 1],
    ['own-checks', 'healthy', 1],
  ])('%s, with flyctl as in "%s"', async (name, flyctl, code) => {
    const outcome = await preflight(['--json', '--skip', 'git'], {cwd: repositoryOf(name), flyctl})
    expect(outcome.code).toBe(code)
    reportSchema.parse(JSON.parse(outcome.stdout))
    await expect(settled(outcome.stdout)).toMatchFileSnapshot(`projects/${name}.report.json`)
  })
})

it('the NO-GO in the README is what the program prints', async () => {
  const {stdout} = await preflight(['--skip', 'git', '-q'], {
    cwd: repositoryOf('broken-shop'),
    flyctl: 'missing-secret',
  })
  const readme = fileURLToPath(new URL('../README.md', import.meta.url))
  const shown = /(test\/projects\/broken-shop .*\n```\n\n```text\n)[\s\S]*?(?=\n```)/
  const text = readFileSync(readme, 'utf8')
  expect(text).toMatch(shown)
  await expect(text.replace(shown, (_, before) => before + settled(stdout).trim())).toMatchFileSnapshot(readme)
})
