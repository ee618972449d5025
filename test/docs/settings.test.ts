import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {checks} from '../../checks/index.ts'
import {readLayer} from '../../src/config/layer.ts'
import {settingsJsonSchema} from '../../src/config/schema.ts'
import {ProjectReader} from '../../src/project/files/reader.ts'
import {memoryFileSystem, root} from '../memory.ts'

const page = readFileSync(fileURLToPath(new URL('../../docs/settings.md', import.meta.url)), 'utf8')
const examples = [...page.matchAll(/^```toml\n([\s\S]*?)^```$/gm)].map(([, body]) => body as string)

interface Schema {
  description?: string
  properties?: Record<string, Schema>
  items?: Schema
}

/** Every key of the schema: `ignore.until`, `policy.machines.sizes`. */
function* keysOf({properties, items}: Schema, path: readonly string[] = []): Iterable<readonly [string, Schema]> {
  for (const [key, schema] of Object.entries(properties ?? items?.properties ?? {})) {
    yield [[...path, key].join('.'), schema]
    yield* keysOf(schema, [...path, key])
  }
}
const keys = [...keysOf(settingsJsonSchema() as Schema)]

const read = async (text: string) => {
  const layer = await readLayer(new ProjectReader(root, memoryFileSystem({'preflight.toml': text})), 'preflight.toml')
  return layer === 'missing' ? undefined : layer.data
}

describe('docs/settings.md', () => {
  it.each(examples)('has an example that preflight reads: %s', async (example) => {
    await expect(read(example)).resolves.toBeDefined()
  })

  it.each(keys.map(([key]) => key))('has an example of %s', async (key) => {
    const data = await Promise.all(examples.map(read))
    const find = (value: unknown, path: readonly string[]): unknown => {
      const [first, ...rest] = path
      const table = (Array.isArray(value) ? value[0] : value) as Record<string, unknown> | undefined
      return first === undefined ? value : find(table?.[first], rest)
    }
    expect(data.some((each) => find(each, key.split('.')) !== undefined)).toBe(true)
  })

  it.each(keys.filter(([key]) => key.includes('.')).map(([key]) => key))('explains %s', (key) => {
    const [table = '', ...path] = key.split('.')
    const section = page
      .split(/^## /m)
      .find((each) => each.startsWith(`\`[${table}]\``) || each.startsWith(`\`[[${table}]]\``))
    expect(section).toContain(`\`${path.join('.').replace(/^(machines|services)$/, '$1.')}`)
  })

  it('names no check that does not exist', () => {
    const named = [...page.matchAll(/[`"]((?:policy|dockerfile|settings|git|fly-config)\/[\w-]+)[`"]/g)].map(
      ([, id]) => id,
    )
    expect(named.filter((id) => !checks.some((check) => check.id === id))).toEqual([])
  })

  it('shows the code of the sample project, in short', () => {
    const sample = readFileSync(
      fileURLToPath(new URL('../projects/own-checks/preflight/checks/snapshots.js', import.meta.url)),
      'utf8',
    )
    for (const line of [
      "import {defineCheck, keyPath} from 'fly-preflight/check'",
      "  id: 'custom/snapshots',",
      "  needs: ['flyConfig'],",
    ]) {
      expect(page).toContain(line)
      expect(sample).toContain(line)
    }
  })
})

it('every key of the schema has a description, for editors', () => {
  expect(keys.filter(([, {description}]) => !description).map(([key]) => key)).toEqual([])
})
