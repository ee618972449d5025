import {marked} from 'marked'
import {describe, expect, it} from 'vitest'
import {markdown} from '../../src/report/markdown.ts'
import {codeBlock, codeSpan, plainText} from '../../src/report/markdown-text.ts'
import {check, context, finding, go, hostile, noGo, reportOf} from './samples.ts'

const html = (text: string) => marked.parse(text, {async: false, gfm: true})
const visibleText = (text: string) =>
  html(text)
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(lt|gt|amp|quot|#39);/g,
      (_, name) => ({lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'"})[name as 'lt'],
    )
    .replaceAll('\u200b', '')
    .trim()

describe('Markdown', () => {
  it('begins with a comment that is not shown, by which its comment is found again', async () => {
    expect(await markdown(noGo, context)).toMatch(/^<!-- preflight apps\/shop\/fly\.toml -->\n\n## ❌ NO-GO: `shop` /)
  })

  it('shows how far the deploy would come', async () => {
    const text = await markdown(noGo, context)
    expect(text).toContain(
      [
        '| gate | parse | build | **release** | machine | boot | health | runtime |',
        '| --- | --- | --- | --- | --- | --- | --- | --- |',
        '| ❔ 1 unverified | ✅ | not checked | ❌ 1 error, 1 unverified | not checked | not checked | ❌ 1 error | not checked |',
      ].join('\n'),
    )
    expect(text).toContain('The deploy would come no further than **release**.')
  })

  it('tells the findings in the order of a deploy, an error with its lines and its cure', async () => {
    const text = await markdown(noGo, context)
    const headings = [...text.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual([
      'Could not be verified',
      'Without preflight: the release command would fail, after the build',
      'Without preflight: the app could not be reached',
      'Without preflight: it would show while the app runs',
      'Without preflight: nothing would fail; the deploy would be green',
    ])
    expect(text).toContain('> 6 | internal_port = 3000')
    expect(text).toContain('Cure: internal_port = 8080')
  })

  it('folds what passed, was skipped or is ignored', async () => {
    const text = await markdown(noGo, context)
    const folded = [...text.matchAll(/<summary>(.*?)<\/summary>/g)].map(([, summary]) => summary)
    expect(folded).toEqual(['2 passed', '1 skipped', '1 ignored'])
    expect(await markdown(go, context)).toContain('## ✅ GO (files only; Fly.io was not asked)')
  })

  it('fits a comment of GitHub, and says what it leaves out', async () => {
    const passed = Array.from({length: 1000}, (_, index) => check(`a/b${index}`, {title: 'x'.repeat(60)}))
    const short = await markdown(reportOf([...passed, ...noGo.checks]), context)
    expect(short.length).toBeLessThan(65_536)
    expect(short).toContain('internal_port is 3000')
    expect(short).toMatch(/Left out, as GitHub takes 65536 characters: the checks without findings\.\n$/)

    const findings = Array.from({length: 100}, (_, index) => finding({message: `${index} ${'x'.repeat(1000)}`}))
    const long = await markdown(reportOf([check('a/b', {findings})]), context)
    expect(long.length).toBeLessThanOrEqual(65_536)
    const [, left] = /the checks without findings and (\d+) findings\.\n$/.exec(long) ?? []
    expect(long.match(/^❌ \*\*/gm)?.length).toBe(100 - Number(left))
  })

  it('renders a text of the project as nothing but text', async () => {
    const page = html(await markdown(hostile, context))
    // An address may be followed, as long as it shows where it leads.
    for (const [, href, shown] of page.matchAll(/<a href="([^"]*)">(.*?)<\/a>/g)) expect(href).toBe(shown)
    const elements = new Set([...page.matchAll(/<(\w+)/g)].map(([, name]) => name))
    expect([...elements].sort()).toEqual([
      'a',
      'br',
      'code',
      'details',
      'h2',
      'h3',
      'li',
      'p',
      'strong',
      'summary',
      'table',
      'tbody',
      'td',
      'th',
      'thead',
      'tr',
      'ul',
    ])
    expect(page.match(/<summary>/g)).toHaveLength(2)
    expect(page).not.toMatch(/<[^>]+\son\w+=/)
  })

  it.each([
    ['emphasis', '*a* _b_ __c__ **d** ~~e~~ f_g_ _h_i'],
    ['code', '`a` ``b``'],
    ['HTML', '<script>&amp;'],
    ['links', '[a](https://example.com) ![b](c)'],
    ['a table', 'a | b'],
    ['backslashes', 'a\\*b\\'],
    ['formulas', '$a$ $$b$$'],
  ])('keeps %s as it is written', (_, text) => {
    expect(visibleText(`x ${plainText(text)} x`)).toBe(`x ${text} x`)
  })

  it('calls nobody and links nothing', () => {
    expect(plainText('@octocat (@org/team) npm@10 a@b.de')).toBe('@\u200boctocat (@\u200borg/team) npm@10 a@b.de')
    expect(plainText('#1 a/b#2 gh-3 # 4')).toBe('#\u200b1 a/b#\u200b2 gh-\u200b3 # 4')
  })

  it.each(['a', '`', '``a``', ' a ', 'a`', '<b>', '|'])('shows %j as code', (text) => {
    expect(html(codeSpan(text)).trim()).toMatch(/^<p><code>[^\n]*<\/code><\/p>$/)
    expect(visibleText(codeSpan(text))).toBe(text.trim())
  })

  it('keeps a code block closed', () => {
    expect(html(codeBlock('```\n</pre><b>\n````')).match(/<(?!\/)/g)).toHaveLength(2)
  })
})
