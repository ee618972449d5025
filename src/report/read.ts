import {createHash} from 'node:crypto'
import {readdir, readFile, realpath, stat} from 'node:fs/promises'
import {join} from 'node:path'
import type * as z from 'zod'
import {UsageError} from '../usage-error.ts'
import {version as ownVersion} from '../version.ts'
import {firstOf, jsonFault} from '../wording.ts'
import type {Report} from './report.ts'
import type {ReportSet} from './report-set.ts'

/** Every report with the file that it stands in, in the order of the names; what is there again is counted only. */
export interface Reports {
  reports: {report: Report; file: string}[]
  copies: number
}

/**
 * Reads reports and sets of them from files, and from all `.json` files below folders. What is no report is refused and
 * not passed over: a dashboard without the run that went wrong would say that all is well.
 */
export async function readReports(paths: readonly string[]): Promise<Reports> {
  const schemas = {...(await import('./report.ts')), ...(await import('./report-set.ts'))}
  const files = new Map<string, string>()
  for (const path of paths) for (const file of await filesAt(path)) files.set(await realpath(file), file)
  const found = new Map<string, Reports['reports'][number]>()
  const wrong: {file: string; reason: string}[] = []
  let copies = 0
  for (const file of files.values()) {
    const reports = parse(await attempt(file, () => readFile(file, 'utf8')), schemas)
    if (typeof reports === 'string') {
      wrong.push({file, reason: reports})
      continue
    }
    for (const report of reports) {
      const digest = createHash('sha256').update(JSON.stringify(report)).digest('base64')
      if (found.has(digest)) copies++
      else found.set(digest, {report, file})
    }
  }
  const [first, ...others] = wrong
  if (first) {
    const more =
      others.length > 0
        ? ` Wrong, too: ${firstOf(
            others.map(({file}) => file),
            5,
          )}.`
        : ''
    throw new UsageError(
      `${first.file} ${first.reason}`,
      `Reports are made by preflight --json; a folder may hold no other .json files.${more}`,
    )
  }
  return {reports: [...found.values()], copies}
}

/** The files that a path stands for, sorted. */
async function filesAt(path: string): Promise<string[]> {
  const kind = await attempt(path, () => stat(path))
  // What comes out of a pipe, as from <(…), ends at some time.
  if (kind.isCharacterDevice() || kind.isBlockDevice()) throw new UsageError(`${path} is a device`)
  if (!kind.isDirectory()) return [path]
  const entries = await attempt(path, () => readdir(path, {recursive: true, withFileTypes: true}))
  const found = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
  if (found.length === 0) throw new UsageError(`there is no .json file in ${path}`)
  return found.sort()
}

interface Schemas {
  reportSchema: z.ZodType<Report>
  reportSetSchema: z.ZodType<ReportSet>
}

/** The reports in a text, or what is wrong with it: completes "FILE …". */
function parse(text: string, {reportSchema, reportSetSchema}: Schemas): readonly Report[] | string {
  let data: unknown
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    return `is no JSON: ${jsonFault(error)}`
  }
  const {version, tools, reports} = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>
  if (typeof version === 'number' && version !== 1)
    return `is a report of version ${version}, and this preflight reads version 1`
  const result =
    reports === undefined
      ? reportSchema.transform((report) => [report]).safeParse(data)
      : reportSetSchema.transform((set) => set.reports).safeParse(data)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const place = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
  const maker = (tools as {preflight?: unknown} | undefined)?.preflight
  const other =
    typeof maker === 'string' && maker !== ownVersion ? ` (it is by preflight ${maker}, this is ${ownVersion})` : ''
  return `is no report of preflight: ${place}${issue?.message ?? 'it is not in its form'}${other}`
}

async function attempt<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    throw new UsageError(code === 'ENOENT' ? `${path} does not exist` : `${path} cannot be read: ${code}`)
  }
}
