import {describe, expect, it} from 'vitest'
import type {InspectedProject} from '../../../src/inspect/project.ts'
import {TextFile} from '../../../src/project/files/text.ts'
import {html} from '../../../src/report/html/html.ts'
import {htmlReport, htmlSet} from '../../../src/report/html/index.ts'
import {type Checked, reportOf} from '../reports.ts'
import {context} from '../samples.ts'
import {checksOf, projectOf} from './named.ts'

const nothing: InspectedProject = {routes: [], stages: [], migrations: []}

interface Given {
  files?: Record<string, string>
  project?: InspectedProject | Error
}

/** The page without its style sheet. */
async function pageOf(checks: readonly Checked[], {files = {}, project = nothing}: Given = {}): Promise<string> {
  const text = await htmlReport(reportOf(checks), {
    ...context,
    file: async (path) => (path in files ? new TextFile(path, `/${path}`, files[path] as string) : undefined),
    project: async () => {
      if (project instanceof Error) throw project
      return project
    },
  })
  return text.replace(/<style>[\s\S]*?<\/style>/, '')
}

/** What a reader sees, blanks made one. */
const textOf = (page: string) =>
  page
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

describe('a template', () => {
  it('escapes what is put into it, in text and in attributes', () => {
    const name = `<img src=x onerror="alert('1')"> & more`
    expect(html`<p title="${name}">${name}</p>`.text).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; more">&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; more</p>',
    )
  })

  it('takes templates and lists of them as they are, and nothing for what is empty', () => {
    expect(html`<ul>${['a', 'b'].map((each) => html`<li>${each}</li>`)}${false}${null}${undefined}${0}</ul>`.text).toBe(
      '<ul><li>a</li><li>b</li>0</ul>',
    )
  })

  it('lets no character of a name control what is shown', () => {
    expect(html`${'a\nb\u001b[2Jc\u202egpj.exe\u0000'}`.text).toBe('a b\ufffd[2Jc\ufffdgpj.exe\ufffd')
  })
})

describe('the HTML report', () => {
  it('opens with the verdict, the app and the reason in words', async () => {
    const page = await pageOf([{failsAt: 'build', findings: [{message: 'COPY finds no x'}]}])
    expect(textOf(page)).toMatch(/NO-GO shop The image build would fail: COPY finds no x\. 1 error/)
    expect(page).toContain('<title>NO-GO: shop</title>')
  })

  it('tells each phase in words, and links what breaks it', async () => {
    const page = await pageOf([
      {id: 'a/b', failsAt: 'build', findings: [{message: 'COPY finds no x'}]},
      {id: 'a/c', failsAt: 'boot'},
    ])
    expect(textOf(page)).toContain('Build the image is built would fail: 1 error')
    expect(textOf(page)).toContain('Boot the app starts not reached')
    const [, anchor] = /<a href="#([\w-]+)">COPY finds no x<\/a>/.exec(page) ?? []
    expect(page).toContain(`<article class="finding error" id="${anchor}"`)
  })

  it('shows a finding with its lines, what belongs to it and the cure', async () => {
    const finding = {
      message: 'internal_port is 9000',
      location: {file: 'fly.toml', line: 2, column: 17, endLine: 2, endColumn: 21},
      related: [{file: 'Dockerfile', line: 7, column: 1}],
      hint: 'Write 8080.',
    }
    const page = await pageOf([{findings: [finding]}], {files: {'fly.toml': '[http_service]\ninternal_port = 9000\n'}})
    expect(page).toContain('<span class="number">1</span><code>[http_service]</code>')
    expect(page).toContain('<span class="number">2</span><code>internal_port = <mark>9000</mark></code>')
    expect(textOf(page)).toContain(
      'See also Dockerfile:7:1 Without preflight the image build would fail. Cure Write 8080.',
    )
  })

  it('folds a long list of places, and leaves none out', async () => {
    const related = Array.from({length: 20}, (_, index) => ({file: 'a.py', line: index + 1}))
    const page = await pageOf([{findings: [{related}]}])
    expect(textOf(page)).toContain('a.py:7:1 , a.py:8:1 12 more places a.py:9:1 ,')
    expect(textOf(page)).toContain('a.py:20:1')
  })

  it('shows a fix as the lines that go and those that come', async () => {
    const edit = (line: number, column: number, endColumn: number, text: string) => ({
      file: 'fly.toml',
      line,
      column,
      endLine: line,
      endColumn,
      text,
    })
    const fix = {title: 'Write both', edits: [edit(2, 8, 9, '3'), edit(2, 5, 6, '2')]}
    const page = await pageOf([{findings: [{fix}]}], {files: {'fly.toml': 'a = 0\nb = 1, 1\n'}})
    expect(page).toContain('<code><del>b = 1, 1</del></code>')
    expect(page).toContain('<code><ins>b = 2, 3</ins></code>')
  })

  it('shows no secret that stands beside a place or in a line that a fix changes', async () => {
    const secret = 'sk_live_4242424242424242'
    const fix = {
      title: 'Write 1',
      edits: [{file: 'fly.toml', line: 1, column: 1, endLine: 1, endColumn: 2, text: 'B'}],
    }
    const page = await pageOf([{findings: [{fix}]}], {
      files: {'fly.toml': `A_TOKEN = "${secret}"\nSECRET_KEY = "${secret}"\n`},
    })
    expect(page).toContain('<del>')
    expect(page).not.toContain(secret)
  })

  it('leaves nothing out: passed, skipped and ignored checks with their reasons', async () => {
    const page = await pageOf([
      {id: 'a/passed'},
      {id: 'a/skipped', outcome: 'skipped', reason: 'there is no Dockerfile'},
      {id: 'a/unverified', outcome: 'unverified', reason: 'flyctl is not logged in'},
      {id: 'a/ignored', ignored: [{finding: {message: 'an old thing'}, reason: 'the sidecar needs it'}]},
    ])
    const text = textOf(page)
    expect(text).toContain('Passed 2 a a/passed holds a/passed')
    expect(text).toContain('Skipped 1 there is no Dockerfile a/skipped holds')
    expect(text).toContain('Not verified 1 flyctl is not logged in a/unverified holds')
    expect(text).toContain('Ignored 1 an old thing fly.toml:1:1 a/ignored Ignored because the sidecar needs it')
  })

  it('loads and runs nothing, whatever the names of the project are', async () => {
    const evil = '</title></style></script><script>alert(1)</script>\n<img src=x onerror=alert(1)>"\''
    const page = await pageOf(checksOf(evil), {files: {[evil]: evil}, project: projectOf(evil)})
    expect(page).not.toMatch(/<(script|img|link|iframe|object)\b/i)
    const tags = new Set([...page.matchAll(/<\/?([\w-]+)/g)].map(([, name]) => name))
    expect([...tags].sort()).toMatchInlineSnapshot(`
      [
        "a",
        "article",
        "body",
        "br",
        "circle",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "g",
        "h1",
        "h2",
        "h3",
        "head",
        "header",
        "html",
        "ins",
        "li",
        "main",
        "mark",
        "meta",
        "ol",
        "p",
        "path",
        "pre",
        "rect",
        "section",
        "span",
        "strong",
        "summary",
        "svg",
        "text",
        "time",
        "title",
        "ul",
      ]
    `)
    expect(page).toContain('default-src &#39;none&#39;')
  })

  it('marks in the pictures what the findings point to, and nothing else', async () => {
    const [route] = projectOf('x').routes
    if (!route) throw new Error('there is one')
    const at = (line: number) => ({file: 'fly.toml', line})
    const routes = [{...route, at: {service: at(1), port: at(2), server: at(3), code: null}}]
    const tones = async (checks: Checked[]) => {
      const page = await pageOf(checks, {project: {...nothing, routes}})
      const drawing = /<svg class="picture across"[\s\S]*?<\/svg>/.exec(page)?.[0] ?? ''
      return [...drawing.matchAll(/<g class="box (\w+)"/g)].map(([, tone]) => tone)
    }
    expect(await tones([{}])).toEqual(['plain', 'plain', 'plain', 'plain', 'plain'])
    const wrongPort = {location: at(2), related: [at(3)]}
    expect(await tones([{failsAt: 'health', findings: [wrongPort]}])).toEqual([
      'plain',
      'plain',
      'error',
      'plain',
      'error',
    ])
    expect(await tones([{failsAt: 'boot', findings: [{severity: 'warning', location: at(3)}]}])).toEqual([
      'plain',
      'plain',
      'plain',
      'warning',
      'warning',
    ])
  })

  it('is whole without pictures: a fact that breaks is told', async () => {
    const page = await pageOf([{id: 'a/b'}], {project: new Error('the graph has no end')})
    expect(textOf(page)).toContain('The pictures of the project could not be drawn: the graph has no end')
    expect(textOf(page)).toContain('Passed 1')
  })
})

describe('the HTML report of many deploys', () => {
  it('lists them, and shows each as it is alone; no two things have one id', async () => {
    const parts = ['shop', 'api', null].map((app, index) => ({
      report: reportOf(index === 1 ? [{findings: [{message: 'COPY finds no x'}]}] : [{id: 'a/b'}], {
        target: {app, root: `apps/${index}`},
      }),
      context: {...context, project: async () => projectOf('x')},
    }))
    const page = await htmlSet(parts)
    expect(page).toContain('<title>NO-GO: 1 of 3 deploys</title>')
    expect(textOf(page)).toContain('GO apps/0/fly.toml (shop) 1 passed NO-GO apps/1/fly.toml (api) 1 error')
    expect(textOf(page)).toContain('The image build would fail: COPY finds no x.')
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, named] of page.matchAll(/aria-labelledby="([^"]*)"/g))
      for (const id of (named as string).split(' ')) expect(ids).toContain(id)
    for (const [, id] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(id)
  })

  it('is whole where nothing is known of the project, as in merge', async () => {
    const page = await htmlSet([{report: reportOf([{id: 'a/b'}]), context}])
    expect(textOf(page)).toContain('GO 1 deploy GO fly.toml (shop)')
    expect(page).not.toContain('<svg')
  })
})
