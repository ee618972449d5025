import {nameOf} from './file-index.ts'

const folders = new Set(
  (
    'test tests testing __tests__ __mocks__ spec specs e2e fixture fixtures testdata test_data benches ' +
    'doc docs example examples node_modules vendor third_party site-packages venv .venv'
  ).split(' '),
)
/** Put away, with an underscore so that nobody takes it for a part of the program: `_archive_2025_01`. */
const putAway = /^_(?:archived?|old|deprecated|backup|attic)(?![a-z])/
const name = /^(?:test[_-]|conftest)|_test\.|\.(?:test|spec)\.|\.d\.[cm]?ts$/

/**
 * Whether a file stands apart from the program that is deployed: tests, examples, documentation, what was put away and
 * what others wrote. What it says, nobody runs in production.
 */
export function isApart(path: string): boolean {
  for (let start = 0, slash = path.indexOf('/'); slash >= 0; start = slash + 1, slash = path.indexOf('/', start)) {
    const folder = path.slice(start, slash)
    if (folders.has(folder) || (folder.startsWith('_') && putAway.test(folder))) return true
  }
  return name.test(nameOf(path))
}
