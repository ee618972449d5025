/** The HTML report in a real browser. Skipped where there is no Chromium. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {absent} from '../../../src/facts.ts'
import {run} from '../../../src/preflight.ts'
import {TextFile} from '../../../src/project/files/text.ts'
import {htmlReport, htmlSet} from '../../../src/report/html/index.ts'
import {chromiumPath, expectAccessible, expectFits, useBrowser} from '../../browser.ts'
import {recordedFly} from '../../harness.ts'
import {reportOf} from '../reports.ts'
import {context, samples} from '../samples.ts'
import {checksOf, projectOf} from './named.ts'

const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>\n\u202e${'long'.repeat(60)}`

/** What is looked at: a project with findings, and one in which every name is as long and as evil as can be. */
const pages: Readonly<Record<string, () => Promise<string>>> = {
  'a blocked deploy': async () => {
    const {report, reader, project} = await run(
      {root: fileURLToPath(new URL('../../projects/broken-shop', import.meta.url)), env: {}},
      {fly: recordedFly({flyctl: 'missing-secret'}), facts: {git: async () => absent('not of interest')}},
    )
    return htmlReport(report, {...context, file: (path) => reader.shown(path), project})
  },
  'a deploy with evil names': () =>
    htmlReport(reportOf(checksOf(evil), {target: {app: evil, config: evil, branch: evil, commit: evil}}), {
      ...context,
      file: async (path) => new TextFile(path, `/${path}`, `${evil.replace('\n', ' ')}\n${evil}`),
      project: async () => projectOf(evil),
    }),
  'many deploys': () =>
    htmlSet(
      samples.map(([, report], index) => ({
        report: {...report, target: {...report.target, root: `apps/${index}`}},
        context: {...context, project: async () => projectOf('x')},
      })),
    ),
  'a deploy without a finding': () =>
    htmlReport(reportOf([{id: 'a/b'}]), {
      ...context,
      file: async () => undefined,
      project: async () => ({routes: [], stages: [], migrations: []}),
    }),
}

describe.skipIf(!chromiumPath)('the HTML report in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-html-'))
  afterAll(() => rmSync(folder, {recursive: true}))
  const fileOf = (name: string) => join(folder, `${name.replaceAll(' ', '-')}.html`)
  beforeAll(async () => {
    for (const [name, make] of Object.entries(pages)) writeFileSync(fileOf(name), await make())
  }, 60_000)
  const browser = useBrowser()

  it.each(Object.keys(pages))(
    '%s: axe has nothing to object to, it fits on a phone, logs nothing and loads nothing',
    async (name) => {
      const {page, complaints} = await browser.open(fileOf(name))
      await expectAccessible(page)
      await expectFits(page)
      expect(complaints).toEqual([])
      await page.close()
    },
  )

  it('shows verdict, reason and timeline first, and leads to the finding', async () => {
    const {page} = await browser.open(fileOf('a blocked deploy'))
    const inView = async (text: string) => (await page.getByText(text).first().boundingBox())?.y ?? Number.NaN
    expect(await page.getByRole('heading', {level: 1}).textContent()).toBe('NO-GO shop')
    expect(await inView('The release command would fail, after the build: the migrations have 2 heads')).toBeLessThan(
      300,
    )
    expect(await page.getByRole('list').first().getByRole('listitem').count()).toBe(8)
    expect(await inView('would fail: 2 errors')).toBeLessThan(900)
    await page.getByRole('link', {name: /^psycopg2 loads libpq/}).click()
    const article = page.getByRole('article', {name: /^psycopg2 loads libpq/})
    await expect.poll(async () => (await article.boundingBox())?.y ?? -1).toBeGreaterThan(-1)
    expect(await article.getByText('FROM python:3.12-slim', {exact: true}).isVisible()).toBe(true)
    await page.close()
  })

  it('has pictures with the same in words', async () => {
    const {page} = await browser.open(fileOf('a blocked deploy'))
    for (const name of [/^Requests to 80/, /builder/, /^alembic\.ini/]) {
      expect(await page.getByRole('img', {name}).first().isVisible(), String(name)).toBe(true)
    }
    await page.close()
  })

  it('is black on white on paper, with what is folded on the screen', async () => {
    const {page} = await browser.open(fileOf('a blocked deploy'))
    const passed = page
      .getByText('the repository has a remote and commits to deploy')
      .or(page.getByText('flyctl is logged in'))
      .first()
    expect(await passed.isVisible()).toBe(false)
    await page.emulateMedia({media: 'print', colorScheme: 'dark'})
    expect(await passed.isVisible()).toBe(true)
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    expect((await page.pdf({format: 'A4'})).length).toBeGreaterThan(10_000)
    await page.close()
  })
})
