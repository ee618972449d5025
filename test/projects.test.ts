import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {reportSchema} from '../src/report/report.ts'
import {preflight} from './cli.ts'

const projects = fileURLToPath(new URL('projects', import.meta.url))

/** What differs from run to run and from machine to machine. The state of our own repository is no part of a sample. */
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
    const outcome = await preflight(['--json', '--skip', 'git'], {cwd: join(projects, name), flyctl})
    expect(outcome.code).toBe(code)
    reportSchema.parse(JSON.parse(outcome.stdout))
    await expect(settled(outcome.stdout)).toMatchFileSnapshot(`projects/${name}.report.json`)
  })
})

it('the NO-GO in the README is what the program prints', async () => {
  const {stdout} = await preflight(['--skip', 'git', '-q'], {
    cwd: join(projects, 'broken-shop'),
    flyctl: 'missing-secret',
  })
  const readme = fileURLToPath(new URL('../README.md', import.meta.url))
  const shown = /(test\/projects\/broken-shop .*\n```\n\n```text\n)[\s\S]*?(?=\n```)/
  const text = readFileSync(readme, 'utf8')
  expect(text).toMatch(shown)
  await expect(text.replace(shown, (_, before) => before + settled(stdout).trim())).toMatchFileSnapshot(readme)
})
