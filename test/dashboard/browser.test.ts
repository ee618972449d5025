/** The dashboard of 500 reports in a real browser. Skipped where there is no Chromium. */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {dashboard} from '../../src/dashboard/index.ts'
import {writePages} from '../../src/dashboard/write.ts'
import {chromiumPath, expectAccessible, expectFits, useBrowser} from '../browser.ts'
import {type Checked, reportOf} from '../report/reports.ts'

const apps = 25
const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>${'long'.repeat(30)}`

/** The report of a run; every third app is blocked from its tenth run on, by one or several checks. */
function report(app: number, run: number): string {
  const fires: Checked[] = Array.from({length: app % 3 === 0 && run >= 10 ? 1 + (app % 4) : 0}, (_, index) => ({
    id: `image/check-${index}`,
    failsAt: 'boot',
    findings: [{message: `the thing ${index} is not there`, hint: 'Put it there.'}],
  }))
  const warns: Checked = {id: 'fly-config/warn', findings: run % 4 === 0 ? [{severity: 'warning', message: evil}] : []}
  const names = app === 1 ? evil : `app-${String(app).padStart(2, '0')}`
  return JSON.stringify(
    reportOf([{id: 'git/clean'}, ...fires, warns], {
      startedAt: new Date(Date.UTC(2026, 5, 1 + run * 2, app)).toISOString(),
      target: {app: names, branch: app === 1 ? evil : 'main', commit: '0123456789abcdef', dirty: run % 5 === 0},
    }),
  )
}

describe.skipIf(!chromiumPath)('the dashboard of 500 reports in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-dashboard-'))
  afterAll(() => rmSync(folder, {recursive: true}))
  beforeAll(async () => {
    mkdirSync(join(folder, 'reports'))
    for (let number = 0; number < 500; number++) {
      const file = join(folder, 'reports', `${number}.json`)
      writeFileSync(file, report(number % apps, Math.floor(number / apps)))
    }
    const site = await dashboard([join(folder, 'reports')])
    expect(site).toMatchObject({apps, reports: 500, copies: 0})
    await writePages(join(folder, 'site'), site.pages)
  }, 60_000)
  const browser = useBrowser()
  const fileOf = (page: string) => join(folder, 'site', page)
  const pages = ['index.html', 'apps/app-00.html', 'apps/app-02.html']

  it.each(pages)(
    '%s: axe has nothing to object to, it fits on a phone, logs nothing and loads nothing',
    async (path) => {
      const {page, complaints} = await browser.open(fileOf(path))
      await expectAccessible(page)
      await expectFits(page)
      expect(complaints).toEqual([])
      await page.close()
    },
  )

  it('tells first how many are blocked, and lists the blocked ones first', async () => {
    const {page} = await browser.open(fileOf('index.html'))
    expect(await page.getByRole('heading', {level: 1}).textContent()).toBe('9 of 25 apps are NO-GO')
    const first = page.getByRole('region', {name: 'Apps'}).getByRole('listitem').first()
    expect(await first.textContent()).toMatch(
      /NO-GO.*app-00.*The machine would stop while it starts.*NO-GO since 2026-06-21/s,
    )
    expect(await first.getByRole('img').getAttribute('aria-label')).toBe('the last 20 runs: 10 NO-GO, 10 GO')
    await page.close()
  })

  it('is put in another order, and leads to an app and back, without a script', async () => {
    const {page, complaints} = await browser.open(fileOf('index.html'))
    const names = () =>
      page.getByRole('region', {name: 'Apps'}).getByRole('listitem').getByRole('link').allTextContents()
    await page.getByRole('link', {name: 'name', exact: true}).click()
    await page.waitForURL(/by-name\.html/)
    const byName = await names()
    expect(byName).toHaveLength(apps)
    expect(byName).toEqual([...byName].sort())
    expect(await page.getByRole('link', {name: 'name', exact: true}).getAttribute('aria-current')).toBe('page')
    await page.getByRole('link', {name: 'app-03'}).click()
    await page.waitForURL(/apps\/app-03\.html/)
    expect(await page.getByRole('heading', {level: 1}).textContent()).toBe('NO-GO app-03')
    expect(await page.getByRole('row').count()).toBe(21)
    await page.getByRole('link', {name: 'All apps'}).click()
    await page.waitForURL(/index\.html/)
    expect(complaints).toEqual([])
    await page.close()
  })

  it('can be printed', async () => {
    const {page} = await browser.open(fileOf('apps/app-00.html'))
    await page.emulateMedia({media: 'print'})
    await expectFits(page, [700])
    expect((await page.pdf({format: 'A4'})).length).toBeGreaterThan(10_000)
    await page.close()
  })
})
