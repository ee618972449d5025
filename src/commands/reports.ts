import {type Part, type ReporterContext, reporter, setReporter} from '../report/index.ts'
import type {Report} from '../report/report.ts'
import {useColor} from './color.ts'
import {type Output, writeReport} from './outputs.ts'

/** A report, and what a reporter must know besides; colours and the width depend on where it goes. */
export interface PlainPart {
  report: Report
  context: Omit<ReporterContext, 'color' | 'width'>
}

/** Every report that can be written is; the first that cannot is told then. `isSet`: however many, they are a set. */
export async function writeReports(
  outputs: readonly Output[],
  plain: readonly PlainPart[],
  isSet: boolean,
): Promise<void> {
  const terminal = {color: useColor(process.stdout), width: process.stdout.isTTY ? process.stdout.columns : undefined}
  const failures: unknown[] = []
  for (const {format, file} of outputs) {
    const look = file === undefined ? terminal : {color: false, width: undefined}
    const parts = plain.map(({report, context}) => ({report, context: {...context, ...look}}))
    const text = await render(format, parts, isSet)
    if (file === undefined) process.stdout.write(text)
    else await writeReport(file, text).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures[0]
}

async function render(format: string, parts: readonly Part[], isSet: boolean): Promise<string> {
  const [first] = parts
  if (isSet || !first) return (await setReporter(format))(parts)
  return (await reporter(format))(first.report, first.context)
}
