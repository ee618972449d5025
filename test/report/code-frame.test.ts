import {describe, expect, it} from 'vitest'
import {TextFile} from '../../src/project/files/text.ts'
import {codeFrame} from '../../src/report/code-frame.ts'

const frame = (path: string, text: string, line: number) => {
  const file = new TextFile(path, `/${path}`, text)
  return codeFrame({file: path, line, column: 1}, {width: 80, file: async () => file})
}

describe('the lines around a place', () => {
  it('are shown, with the place marked', async () => {
    expect(await frame('a.txt', 'one\ntwo\nthree\nfour\n', 2)).toBe(
      '    1 | one\n  > 2 | two\n      | ^\n    3 | three',
    )
  })

  it.each([
    ['fly.toml', '[env]\nSECRET_KEY = """\nhunter22\nhunter33"""\nPORT = 1\n', 5],
    ['fly.toml', "[env]\nA = '''\nhunter22\n'''\nPORT = 1\n", 5],
    ['fly.yaml', 'env:\n  SECRET_KEY: |\n    hunter22\n      hunter33\n  PORT: 1\n', 5],
    ['fly.yaml', 'env:\n  SECRET_KEY: |\n    hunter22\n  PORT: 1\n', 2],
  ])('hide what stands in a text of several lines: %s', async (path, text, line) => {
    expect(await frame(path, text, line)).not.toContain('hunter')
  })

  it('are shown again behind such a text', async () => {
    expect(await frame('fly.toml', 'A = """\nx\n"""\napp = "shop"\nb = 1\n', 5)).toContain('app = "shop"')
  })
})
