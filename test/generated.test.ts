import {describe, expect, it} from 'vitest'
import * as z from 'zod'
import {checks} from '../checks/index.ts'
import {checkTable} from '../src/commands/check-table.ts'
import {settingsJsonSchema} from '../src/config/schema.ts'
import {reportSchema} from '../src/report/report.ts'
import {reportSetSchema} from '../src/report/report-set.ts'

// The generator is the test: `npm run gen` writes these files, and they must be what it would write.
describe('generated files are up to date (else: npm run gen)', () => {
  it('checks/README.md', async () => {
    await expect(checkTable(checks)).toMatchFileSnapshot('../checks/README.md')
  })

  it.each([
    // Dates of TOML become text in JSON: what has no JSON form of its own is described by its meta.
    ['src/report/report.schema.json', z.toJSONSchema(reportSchema, {target: 'draft-2020-12', unrepresentable: 'any'})],
    [
      'src/report/report-set.schema.json',
      z.toJSONSchema(reportSetSchema, {target: 'draft-2020-12', unrepresentable: 'any'}),
    ],
    ['src/config/settings.schema.json', settingsJsonSchema()],
  ])('%s', async (path, json) => {
    await expect(`${JSON.stringify(json, null, 2)}\n`).toMatchFileSnapshot(`../${path}`)
  })
})
