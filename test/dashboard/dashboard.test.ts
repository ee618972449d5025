import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {dashboard, type Site} from '../../src/dashboard/index.ts'
import {writePages} from '../../src/dashboard/write.ts'
import {temporary} from '../cli.ts'
import {type Checked, reportOf} from '../report/reports.ts'

const report = (app: string, checks: readonly Checked[] = [{id: 'a/b'}], startedAt = '2026-07-01T12:00:00.000Z') =>
  JSON.stringify(reportOf(checks, {target: {app}, startedAt}))

const blocked: Checked[] = [
  {
    id: 'image/port',
    title: 'the ports match',
    failsAt: 'health',
    findings: [{message: 'internal_port is 9000', hint: 'Write 8080.'}],
  },
]

const textOf = (site: Site, page: string) =>
  (site.pages.get(page) ?? '')
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

describe('the dashboard', () => {
  it('tells which apps are GO, what blocks the others, and which checks fire', async () => {
    const folder = temporary({'shop.json': report('shop', blocked), 'deep/api.json': report('api')})
    const site = await dashboard([folder])
    expect([...site.pages.keys()]).toEqual([
      'index.html',
      'by-name.html',
      'by-findings.html',
      'by-last-run.html',
      'apps/api.html',
      'apps/shop.html',
    ])
    const index = textOf(site, 'index.html')
    expect(index).toContain('1 of 2 apps are NO-GO')
    expect(index).toContain(
      'NO-GO shop The app could not be reached: internal_port is 9000. Blocked by image/port 1 error',
    )
    expect(index).toMatch(/NO-GO shop.*GO api/)
    expect(index).toContain('error image/port expected: the ports match now in 1 of 2 apps, in 1 run shop')
  })

  it('has a page for each app, with its newest findings and its runs', async () => {
    const folder = temporary({
      '1.json': report('shop', [{id: 'a/b'}], '2026-07-01T12:00:00.000Z'),
      '2.json': report('shop', blocked, '2026-07-02T12:00:00.000Z'),
    })
    const page = textOf(await dashboard([folder]), 'apps/shop.html')
    expect(page).toContain('NO-GO shop The app could not be reached')
    expect(page).toContain('internal_port is 9000 error fly.toml:1:1 image/port')
    expect(page).toContain('Cure Write 8080.')
    expect(page).toMatch(/2026-07-02 12:00 UTC NO-GO .* 2026-07-01 12:00 UTC GO/)
  })

  it('reads a file once, however often it is named, and counts copies', async () => {
    const folder = temporary({'1.json': report('shop'), '2.json': report('shop'), '3.json': report('api')})
    const {reports, copies} = await dashboard([folder, join(folder, '1.json')])
    expect({reports, copies}).toEqual({reports: 2, copies: 1})
  })

  it('takes sets of reports, as --all writes them; what is there alone as well counts once', async () => {
    const one = report('shop')
    const set = JSON.stringify({version: 1, verdict: 'go', reports: [JSON.parse(one), JSON.parse(report('api'))]})
    const folder = temporary({'shop.json': one, 'all.json': set})
    const {apps, reports, copies} = await dashboard([folder])
    expect({apps, reports, copies}).toEqual({apps: 2, reports: 2, copies: 1})
  })

  it('lets no name of a report write HTML or leave the folder', async () => {
    const evil = '../../<script>alert(1)</script>'
    const folder = temporary({
      '1.json': report(evil, [{id: evil, title: evil, findings: [{message: evil, hint: evil}]}]),
    })
    const {pages} = await dashboard([folder])
    for (const [path, text] of pages) {
      expect(path).toMatch(/^(apps\/)?[a-z0-9-]+\.html$/)
      expect(text).not.toContain('<script')
    }
  })
})

describe('what is no report is refused, by its name', () => {
  const good = report('shop')
  it.each<[string, string, RegExp]>([
    ['broken JSON', good.slice(0, 100), /x\.json is no JSON: /],
    ['nothing', '', /x\.json is no JSON: /],
    ['another document', '{"name": "shop"}', /x\.json is no report of preflight: version: /],
    [
      'another version',
      good.replace('"version":1', '"version":2'),
      /x\.json is a report of version 2, and this preflight reads version 1/,
    ],
    ['a wrong part', good.replace('"go"', '"maybe"'), /x\.json is no report of preflight: verdict: /],
    ['no object', '7', /x\.json is no report of preflight: /],
  ])('%s', async (_, text, message) => {
    const folder = temporary({'a.json': good, 'x.json': text})
    await expect(dashboard([folder])).rejects.toThrow(message)
  })

  it('a path that is not there, and a folder without reports', async () => {
    await expect(dashboard(['/nowhere/x.json'])).rejects.toThrow('/nowhere/x.json does not exist')
    await expect(dashboard(['/dev/zero'])).rejects.toThrow('/dev/zero is a device')
    const folder = temporary({'a.txt': ''})
    await expect(dashboard([folder])).rejects.toThrow(`there is no .json file in ${folder}`)
  })

  it('with the names of the others', async () => {
    const folder = temporary({'a.json': '{', 'b.json': '{', 'c.json': good})
    await expect(dashboard([folder])).rejects.toMatchObject({
      message: expect.stringContaining('a.json is no JSON'),
      hint: expect.stringContaining('b.json'),
    })
  })
})

describe('its pages are written', () => {
  it('into a folder that is made, and over an earlier dashboard', async () => {
    const folder = temporary({'r/1.json': report('shop')})
    const {pages} = await dashboard([join(folder, 'r')])
    await writePages(join(folder, 'a/b'), pages)
    await writePages(join(folder, 'a/b'), pages)
    expect(readdirSync(join(folder, 'a/b/apps'))).toEqual(['shop.html'])
    expect(readFileSync(join(folder, 'a/b/index.html'), 'utf8')).toContain('The only')
  })

  it('over nothing else', async () => {
    const folder = temporary({'index.html': '<p>my site</p>'})
    const pages = new Map([['index.html', 'x']])
    await expect(writePages(folder, pages)).rejects.toThrow('index.html is there already and is no page of preflight')
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('<p>my site</p>')
  })

  it.runIf(process.platform !== 'win32')('nor into a pipe, which would be waited for', async () => {
    const folder = temporary({})
    execFileSync('mkfifo', [join(folder, 'index.html')])
    await expect(writePages(folder, new Map([['index.html', 'x']]))).rejects.toThrow('is no page of preflight')
  })

  it.runIf(existsSync('/proc/self'))('nor where no folder can be made', async () => {
    await expect(writePages('/proc/none/below', new Map([['index.html', 'x']]))).rejects.toThrow(
      'the dashboard cannot be written to /proc/none/below: ENOENT',
    )
  })

  it('or it is told why not', async () => {
    const folder = temporary({file: ''})
    await expect(writePages(join(folder, 'file'), new Map([['index.html', 'x']]))).rejects.toThrow(
      /the dashboard cannot be written to .*file: ENOTDIR/,
    )
  })

  it('a link is followed once', async () => {
    const folder = temporary({'r/1.json': report('shop')})
    mkdirSync(join(folder, 'other'))
    symlinkSync(join(folder, 'r'), join(folder, 'other/r'))
    const {reports, copies} = await dashboard([join(folder, 'r'), join(folder, 'other/r')])
    expect({reports, copies}).toEqual({reports: 1, copies: 0})
  })
})
