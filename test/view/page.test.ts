import {readFileSync} from 'node:fs'
import {stripVTControlCharacters} from 'node:util'
import {describe, expect, it} from 'vitest'
import {checks} from '../../checks/index.ts'
import {showPage} from '../../src/view/page.ts'

const show = (lines: readonly string[], width = 60) => showPage(lines.join('\n'), {color: false, width})

describe('a page on a terminal', () => {
  it('has headings, wrapped text, and code as it is, under the name of its file', () => {
    const page = [
      '# git/clean',
      '',
      'The working',
      'tree is **clean**, and that is a sentence of more than sixty characters.',
      '',
      '```toml fly.toml',
      'app = "a name that is longer than the line may be, and stays as it is"',
      '  [env]',
      '```',
    ]
    expect(show(page)).toBe(
      [
        'git/clean',
        '',
        'The working tree is clean, and that is a sentence of more',
        'than sixty characters.',
        '',
        '  fly.toml',
        '    app = "a name that is longer than the line may be, and stays as it is"',
        '      [env]',
        '',
      ].join('\n'),
    )
  })

  it('has lists with a hanging indent, also in each other', () => {
    const page = ['- one, which is wrapped here', '- two', '  - three', '', 'then', '', '1. four', '2. five']
    expect(show(page, 30)).toBe(
      ['• one, which is wrapped here', '• two', '  • three', '', 'then', '', '1. four', '2. five', ''].join('\n'),
    )
  })

  it('has tables whose widest columns give way', () => {
    const page = ['| a | long |', '| --- | --- |', '| `x` | words that need more room than there is |']
    expect(show(page, 30)).toBe(
      ['a    long', '───  ─────────────────────────', '`x`  words that need more room', '     than there is', ''].join(
        '\n',
      ),
    )
  })

  it('marks code by colour, or by its backticks where there is none', () => {
    expect(show(['use `PORT`'])).toBe('use `PORT`\n')
    expect(showPage('use `PORT`', {color: true, width: 60})).toBe('use \u001b[36mPORT\u001b[39m\n')
  })

  it('says where a link leads', () => {
    expect(show(['[the issue](https://example.com/1)'])).toBe('the issue (https://example.com/1)\n')
  })

  it('fits for every check, and leaves nothing out', () => {
    const words = (text: string) => text.match(/[A-Za-z0-9]{3,}/g)?.join(' ').length ?? 0
    for (const {id} of checks) {
      const source = readFileSync(new URL(`../../checks/${id}.md`, import.meta.url), 'utf8')
      const page = stripVTControlCharacters(showPage(source, {color: true, width: 80}))
      // Of code only the language in front of the file's name goes.
      const written = source.replace(/^```\w+/gm, '')
      expect(words(page), id).toBeGreaterThan(words(written) * 0.97)
      // The name of a file is not broken.
      for (const line of page.split('\n'))
        if (!line.startsWith('    ') && line.trim().includes(' ')) expect(line.length, id).toBeLessThanOrEqual(80)
    }
  })
})
