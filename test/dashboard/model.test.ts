import {describe, expect, it} from 'vitest'
import {appsOf, firingChecks, orders, spansOf} from '../../src/dashboard/model.ts'
import {runOf} from '../../src/dashboard/run.ts'
import {type Checked, reportOf} from '../report/reports.ts'

const error: Checked = {id: 'a/error', findings: [{}]}
const warning: Checked = {id: 'a/warning', findings: [{severity: 'warning'}]}
const passed: Checked = {id: 'a/passed'}

let number = 0
/** A run of an app on a day of July. */
const run = (app: string | null, day: number, ...checks: Checked[]) =>
  runOf(
    reportOf(checks.length > 0 ? checks : [passed], {
      target: {app, root: 'services/x'},
      startedAt: `2026-07-${String(day).padStart(2, '0')}T12:00:00.000Z`,
    }),
    `${number++}.json`,
  )

describe('the apps of many reports', () => {
  it('have their runs in time, whatever the order of the files', () => {
    const [shop] = appsOf([run('shop', 3, error), run('shop', 1), run('shop', 2)])
    expect(shop?.runs.map(({startedAt}) => startedAt.slice(8, 10))).toEqual(['01', '02', '03'])
    expect(shop?.newest.verdict).toBe('no-go')
  })

  it('know since when it is as it is', () => {
    const [shop] = appsOf([run('shop', 1, error), run('shop', 2), run('shop', 3, error), run('shop', 4, error)])
    expect(shop?.since.startedAt).toMatch(/^2026-07-03/)
  })

  it('are told apart by their folder where they have no name', () => {
    expect(appsOf([run(null, 1)]).map(({name}) => name)).toEqual(['app without a name: services/x/fly.toml'])
  })

  it('have pages whose names are plain and never the same, whatever they are called', () => {
    const names = ['shop', 'Shop', '../../etc/passwd', '<script>', 'shop!', '…']
    const pages = appsOf(names.map((name) => run(name, 1))).map(({page}) => page)
    expect(new Set(pages.map((page) => page.toLowerCase())).size).toBe(names.length)
    for (const page of pages) expect(page).toMatch(/^[a-z0-9-]+\.html$/)
  })

  it('are in each of the orders', () => {
    const apps = appsOf([run('a', 3), run('b', 1, error), run('c', 2, warning)])
    const names = Object.fromEntries(
      orders.map(({page, sort}) => [
        page,
        [...apps]
          .sort(sort)
          .map(({name}) => name)
          .join(''),
      ]),
    )
    expect(names).toEqual({
      'index.html': 'bac',
      'by-name.html': 'abc',
      'by-findings.html': 'bca',
      'by-last-run.html': 'acb',
    })
  })
})

describe('the checks that fire', () => {
  it('are counted in the newest run of each app and in all runs, those of most apps first', () => {
    const apps = appsOf([run('a', 1, error), run('a', 2, warning), run('b', 1, error, warning), run('b', 2, warning)])
    expect(firingChecks(apps).map(({id, apps: own, runs, severity}) => [id, own.length, runs, severity])).toEqual([
      ['a/warning', 2, 3, 'warning'],
      ['a/error', 0, 2, 'error'],
    ])
  })
})

describe('the runs over time', () => {
  it('are counted by day', () => {
    expect(spansOf([run('a', 1), run('a', 1, error), run('b', 3)])).toEqual([
      {from: '2026-07-01', go: 1, noGo: 1},
      {from: '2026-07-02', go: 0, noGo: 0},
      {from: '2026-07-03', go: 1, noGo: 0},
    ])
  })

  it('are counted by several days where that would be too many', () => {
    const spans = spansOf([run('a', 1), run('a', 5), run('a', 31)], 10)
    expect(spans).toHaveLength(8)
    expect(spans.map(({go}) => go)).toEqual([1, 1, 0, 0, 0, 0, 0, 1])
    expect(spans[1]?.from).toBe('2026-07-05')
  })
})
