import {existsSync, readdirSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {checks} from '../checks/index.ts'
import {groupOf} from '../src/engine/plan.ts'
import {checkOne} from './harness.ts'
import {exampleOf, headings, readPage} from './pages.ts'

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const groups = [
  'git',
  'fly-config',
  'dockerfile',
  'image',
  'python',
  'node',
  'alembic',
  'migrations',
  'env',
  'ci',
  'live',
  'policy',
  'settings',
]

describe('the plan', () => {
  it('holds every check that is a file, and no other', () => {
    const files = readdirSync(here('checks'), {recursive: true, encoding: 'utf8'})
      .filter((path) => path.endsWith('.ts') && path !== 'index.ts')
      .map((path) => path.replace(/\.ts$/, '').replaceAll('\\', '/'))
    expect(checks.map(({id}) => id).sort()).toEqual(files.sort())
  })

  it('never uses an id twice, an earlier one included', () => {
    const ids = checks.flatMap(({id, aliases = []}) => [id, ...aliases])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('runs the groups in the order of a deploy', () => {
    const order = checks.map((check) => groups.indexOf(groupOf(check)))
    expect(order).not.toContain(-1)
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })
})

describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  const page = readPage(check)

  it('has a title that is a claim of at most 60 characters', () => {
    expect(check.title.length).toBeLessThanOrEqual(60)
    expect(check.title).not.toMatch(/[.!?]$/)
    expect(check.why).toMatch(/\.$/)
  })

  it('has a test of its own', () => {
    expect(existsSync(here(`test/checks/${id}.test.ts`))).toBe(true)
  })

  it('has a page that says why, shows bad and good, and tells the cure and when to ignore it', () => {
    expect(page.id).toBe(id)
    expect(page.summary.toLowerCase()).toContain(check.title.toLowerCase())
    expect([...page.sections.keys()]).toEqual([...headings])
  })

  it('flags the bad example of its page', async () => {
    const result = await checkOne(exampleOf(page.sections.get('Bad') as string), check)
    expect(result.outcome, result.reason ?? '').toBe('failed')
  })

  it('passes the good example of its page', async () => {
    const result = await checkOne(exampleOf(page.sections.get('Good') as string), check)
    expect({outcome: result.outcome, findings: result.findings}, result.reason ?? '').toEqual({
      outcome: 'passed',
      findings: [],
    })
  })
})
