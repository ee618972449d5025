import {readdirSync, readFileSync} from 'node:fs'
import {join, posix} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'

const top = fileURLToPath(new URL('..', import.meta.url))

/** Every import of a file: the file, what it imports, and whether it is for types only. */
const imports = ['src', 'checks'].flatMap((folder) =>
  readdirSync(join(top, folder), {recursive: true, encoding: 'utf8'})
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => {
      const file = posix.join(folder, path.replaceAll('\\', '/'))
      const text = readFileSync(join(top, file), 'utf8')
      return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|\bimport\('([^']+)'\)/gm)].map(
        ([, type, from = '', dynamic]) => {
          const target = dynamic ?? from
          return {
            file,
            target: target.startsWith('.') ? posix.join(posix.dirname(file), target) : target,
            typeOnly: Boolean(type),
          }
        },
      )
    }),
)
const packages = (name: string) =>
  imports.filter(({target, typeOnly}) => target === name && !typeOnly).map(({file}) => file)
const from = (prefix: string) => imports.filter(({file}) => file.startsWith(prefix))

describe('imports go in one direction', () => {
  it('a check imports the authoring API and nothing else', () => {
    const others = from('checks/')
      .filter(({file}) => file !== 'checks/index.ts')
      .map(({target}) => target)
    expect(new Set(others)).toEqual(new Set(['src/check.ts']))
  })

  it('the engine knows checks, facts and the report: no terminal, no disk, no process', () => {
    const allowed =
      /^(src\/(engine\/|check\.ts|facts\.ts|report\/report\.ts|redact\.ts|(compare|severity)\.ts)|node:crypto$)/
    expect(from('src/engine/').filter(({target}) => !allowed.test(target))).toEqual([])
  })

  it('the list of facts takes types only, and so depends on nothing', () => {
    expect(from('src/facts.ts').filter(({typeOnly}) => !typeOnly)).toEqual([])
  })

  it('the facts of the project and of Fly know no check, no engine and no command', () => {
    const wrong = [...from('src/project/'), ...from('src/fly/')].filter(({target}) =>
      /^(checks|src\/(engine|commands|view))\//.test(target),
    )
    expect(wrong).toEqual([])
  })

  it('reporters and the view know the report and what a running step is', () => {
    const wrong = [...from('src/report/'), ...from('src/view/')].filter(
      ({target, typeOnly}) => /^src\/(project|fly|config|commands|engine|inspect|preflight)/.test(target) && !typeOnly,
    )
    expect(wrong).toEqual([])
  })

  it('the dashboard is made from reports alone', () => {
    const allowed =
      /^(node:|zod$|src\/(dashboard\/|report\/|(compare|group-by|severity|wording)\.ts|(usage-error|version|write-file)\.ts))/
    expect(from('src/dashboard/').filter(({target}) => !allowed.test(target))).toEqual([])
  })
})

describe('each library has one place', () => {
  it.each([
    ['@oclif/core', /^src\/(commands\/|cli\.ts)/],
    ['listr2', /^src\/view\//],
    ['execa', /^src\/fly\/run-flyctl\.ts$/],
    ['node:child_process', /^src\/project\/git\/git\.ts$/],
    ['toml-eslint-parser', /^src\/project\/documents\/toml\.ts$/],
    ['yaml', /^src\/project\/documents\/yaml\.ts$/],
    ['jsonc-parser', /^src\/project\/documents\/json\.ts$/],
    ['dotenv', /^src\/project\/documents\/dotenv\.ts$/],
    ['unbash', /^src\/project\/image\/shell\/(shell(-commands)?|bash-syntax)\.ts$/],
    ['marked', /^src\/view\/page\.ts$/],
    ['zod', /^src\/(report\/report(-set)?|config\/schema)\.ts$/],
  ])('%s', (name, place) => {
    const users = packages(name)
    expect(users.length).toBeGreaterThan(0)
    expect(users.filter((file) => !place.test(file))).toEqual([])
  })
})
