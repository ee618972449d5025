import {existsSync} from 'node:fs'
import {expect, it} from 'vitest'
import {checks} from '../../checks/index.ts'
import pkg from '../../package.json' with {type: 'json'}
import {describeCheck} from '../../src/commands/check-table.ts'
import {pageUrl} from '../../src/report/docs.ts'

it.each([
  ['https://github.com/o/r', 'https://github.com/o/r/blob/HEAD/checks/git/clean.md'],
  ['git+https://github.com/o/r.git', 'https://github.com/o/r/blob/HEAD/checks/git/clean.md'],
  ['git+ssh://git@github.com/o/r.git', 'https://github.com/o/r/blob/HEAD/checks/git/clean.md'],
  ['git@github.com:o/r.git', 'https://github.com/o/r/blob/HEAD/checks/git/clean.md'],
  ['github:o/r', 'https://github.com/o/r/blob/HEAD/checks/git/clean.md'],
  ['o/r', 'https://github.com/o/r/blob/HEAD/checks/git/clean.md'],
  ['https://gitlab.com/o/r.git', 'https://gitlab.com/o/r/-/blob/HEAD/checks/git/clean.md'],
  [{url: 'o/r', directory: 'packages/p'}, 'https://github.com/o/r/blob/HEAD/packages/p/checks/git/clean.md'],
  ['https://git.example.com/o/r.git', undefined],
])('the page of a package in %j is at %s', (repository, url) => {
  expect(pageUrl('checks/git/clean.md', repository)).toBe(url)
})

it('the path that a report gives to the page of a check leads to it, also in the package', () => {
  for (const check of checks) {
    expect(existsSync(new URL(`../../${describeCheck(check).docs}`, import.meta.url)), check.id).toBe(true)
  }
  expect(pkg.files).toContain('checks/**/*.md')
})
