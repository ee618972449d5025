import {readReports} from '../report/read.ts'
import {appPage} from './app-page.ts'
import {appsOf, orders} from './model.ts'
import {overview} from './overview.ts'
import {runOf} from './run.ts'

export interface Site {
  /** Each page by its path below the folder of the dashboard. */
  pages: ReadonlyMap<string, string>
  apps: number
  reports: number
  /** Reports that are there a second time. */
  copies: number
}

/** The dashboard of some reports: files, and folders of them. Throws UsageError for what is no report. */
export async function dashboard(paths: readonly string[]): Promise<Site> {
  const {reports, copies} = await readReports(paths)
  const runs = reports.map(({report, file}) => runOf(report, file))
  const apps = appsOf(runs)
  const pages = new Map<string, string>()
  for (const order of orders) pages.set(order.page, overview(apps, order))
  for (const app of apps) pages.set(`apps/${app.page}`, appPage(app))
  return {pages, apps: apps.length, reports: runs.length, copies}
}
