import {describe, expect, it} from 'vitest'
import {outcomeOf} from '../../../src/project/alembic/outcome.ts'
import {memoryFileSystem, root} from '../../memory.ts'
import {type Case, cases} from './cases.ts'
import {readProject} from './read.ts'

async function told(project: Case, alembic: string) {
  const fs = memoryFileSystem(project.files, project.links)
  const environment = await readProject(root, project, {alembic, sqlalchemy: project.sqlalchemy ?? '1.4.46'}, fs)
  // No configuration: alembic itself fails.
  if (!environment) return {heads: 'fails', upgradeHead: 'fails'}
  const outcome = outcomeOf(environment)
  return outcome && {heads: outcome.heads ?? 'fails', upgradeHead: outcome.upgradeHead}
}

describe('what alembic does', () => {
  for (const project of cases.filter((each) => each.decidedElsewhere === undefined)) {
    const {number, name, heads, upgradeHead, before = {}, cannotTell} = project
    it(`${number}: ${name}`, async () => {
      const newest = await told(project, '1.19.1')
      // Silence is no lie; but what is said must be true.
      if (cannotTell !== undefined) expect([undefined, upgradeHead]).toContain(newest?.upgradeHead)
      else expect(newest).toEqual({heads, upgradeHead})
      for (const [version, expected] of Object.entries(before)) {
        const [major, minor = '0'] = version.split('.')
        const older = await told(project, `${major}.${Number(minor) - 1}.0`)
        if (cannotTell === undefined) expect(older, `before ${version}`).toEqual({...expected})
      }
    })
  }

  it('has every case', () => {
    const numbers = new Set(cases.map(({number}) => number))
    expect([...Array(74).keys()].map((index) => index + 1).filter((number) => !numbers.has(number))).toEqual([])
  })
})
