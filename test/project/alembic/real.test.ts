/** preflight against the alembic of this machine: the cases, and graphs made from a seed. Skipped where there is none. */
import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, describe, expect, it} from 'vitest'
import {outcomeOf} from '../../../src/project/alembic/outcome.ts'
import {type Case, cases} from './cases.ts'
import {generated} from './generated.ts'
import {readProject} from './read.ts'

interface Real {
  alembic: string
  sqlalchemy: string
  results: {heads: string[] | null; upgradeHead: 'fails' | 'exits 0'; output: string}[]
}

/** A Python that imports alembic: the one of the PATH, or that of the `alembic` command (Debian's package). */
function pythonWithAlembic(): string | undefined {
  const shebang = () => {
    const command = execFileSync('sh', ['-c', 'command -v alembic'], {encoding: 'utf8'}).trim()
    return /^#!\s*(\S+)/.exec(readFileSync(command, 'utf8'))?.[1] ?? ''
  }
  for (const candidate of [() => 'python3', () => '/usr/bin/python3', shebang]) {
    try {
      const python = candidate()
      execFileSync(python, ['-c', 'import alembic.config'], {stdio: 'ignore'})
      return python
    } catch {}
  }
  return undefined
}

const python = pythonWithAlembic()
if (!python) console.warn('alembic is not installed: preflight is not compared with it (apt-get install alembic)')

describe.skipIf(!python)('what preflight says, and what alembic does', () => {
  const top = mkdtempSync(join(tmpdir(), 'preflight-alembic-'))
  afterAll(() => rmSync(top, {recursive: true}))
  const projects: Case[] = [...cases.filter((each) => each.decidedElsewhere === undefined), ...generated(20261126, 120)]
  const folders = projects.map((project, index) => {
    const folder = join(top, String(index))
    for (const [path, text] of Object.entries(project.files)) {
      mkdirSync(dirname(join(folder, path)), {recursive: true})
      writeFileSync(join(folder, path), text)
    }
    for (const [path, target] of Object.entries(project.links ?? {})) symlinkSync(target, join(folder, path))
    return folder
  })
  const jobs = projects.map(({cwd = '.', options = []}, index) => ({folder: folders[index], cwd, options}))
  const script = fileURLToPath(new URL('real.py', import.meta.url))
  const real: Real = python
    ? JSON.parse(execFileSync(python, [script], {input: JSON.stringify(jobs), encoding: 'utf8', maxBuffer: 2 ** 26}))
    : {alembic: '0', sqlalchemy: '0', results: []}

  projects.forEach((project, index) => {
    it(`${project.number}: ${project.name} (alembic ${real.alembic})`, async () => {
      const environment = await readProject(folders[index] as string, project, real)
      const outcome = environment ? outcomeOf(environment) : {heads: undefined, upgradeHead: 'fails'}
      const result = real.results[index] as Real['results'][number]
      if (!outcome) return
      const ends = outcome.upgradeHead === 'fails' ? 'fails' : 'exits 0'
      expect(ends, `${result.output}\n${JSON.stringify(environment?.faults, null, 1)}`).toBe(result.upgradeHead)
      // Some commands that end an upgrade still show the heads.
      if (outcome.heads) expect(outcome.heads).toEqual(result.heads)
    })
  })

  it('can tell nearly all of them', async () => {
    const told = await Promise.all(
      projects.map(async (project, index) => {
        const environment = await readProject(folders[index] as string, project, real)
        return environment === undefined || outcomeOf(environment) !== undefined
      }),
    )
    expect(told.filter(Boolean).length / told.length).toBeGreaterThan(0.95)
  })
})
