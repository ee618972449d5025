import {expect, it} from 'vitest'
import {
  withoutBlockComments,
  withoutHashLines,
  withoutMarkupComments,
  withoutPhpComments,
  withoutSlashComments,
} from '../../../src/project/code/comments.ts'

it.each([
  ['lines behind #', withoutHashLines, 'a # b\n  # c\nd', 'a # b\n     \nd'],
  ['blocks', withoutBlockComments, 'a/* b\n*/c /* d', 'a    \n  c     '],
  ['blocks and lines', withoutSlashComments, 'a /* b */ c // d\ne', 'a         c     \ne'],
  ['a line behind a brace', withoutSlashComments, '{}// a\n}//', '{}    \n}  '],
  ['of PHP', withoutPhpComments, '#[Route]\na # b\n/** c */ d', '#[Route]\na    \n         d'],
  ['of markup', withoutMarkupComments, '<a><!-- b --></a><!-- c', '<a>          </a>      '],
])('comments become blanks: %s', (_, without, text, bare) => {
  expect(without(text)).toBe(bare)
})

it.each([
  '{"paths": {"@/*": ["./src/*"]}, "extends": "./base.json"}',
  'app.get("/*", all); fetch("https://example.com/*")',
  "globSync('src/**/*.ts')",
  'import x from "a"; const half = a / b',
  'const url = `${protocol}//${host}/`',
  'const url = `${protocol}//localhost:${port}/`',
])('and what stands in a pattern or an address is none: %s', (text) => {
  expect(withoutSlashComments(text)).toBe(text)
})
