import {readdirSync, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import globals from 'globals'
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

  it('src/project/node/source/library-types.json', async () => {
    const names = libraryTypes().sort()
    await expect(`${JSON.stringify(names, null, 2)}\n`).toMatchFileSnapshot(
      '../src/project/node/source/library-types.json',
    )
  })
})

/** The types that TypeScript's own libraries declare for all, without those that are values, too. */
function libraryTypes(): string[] {
  const ofTypeScript = createRequire(createRequire(import.meta.url).resolve('typescript/package.json'))
  const compiler = `@typescript/typescript-${process.platform}-${process.arch}/package.json`
  const folder = join(dirname(ofTypeScript.resolve(compiler)), 'lib')
  const values = new Set(Object.values(globals).flatMap((each) => Object.keys(each)))
  const names = readdirSync(folder)
    .filter((name) => /^lib\..*\.d\.ts$/.test(name))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/^(?:declare )?(?:interface|type|class|namespace) (\w+)/gm),
    ])
    .map(([, name = '']) => name)
  return [...new Set(names)].filter((name) => !values.has(name))
}
