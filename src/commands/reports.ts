import {type Part, type ReporterContext, reporter, setReporter} from '../report/index.ts'
import type {Report} from '../report/report.ts'
import {useColor} from './color.ts'
import {type Output, writeReport} from './outputs.ts'

/** A report, and what a reporter must know besides; colours and the width depend on where it goes. */
export interface PlainPart {
  report: Report
  context: Omit<ReporterContext, 'color' | 'width'>
}

export const writeOne = (outputs: readonly Output[], part: PlainPart): Promise<void> =>
  write(outputs, [part], async (format, [own]) => (await reporter(format))((own as Part).report, (own as Part).context))

/** However many they are: a set of one is a set. */
export const writeSet = (outputs: readonly Output[], parts: readonly PlainPart[]): Promise<void> =>
  write(outputs, parts, async (format, own) => (await setReporter(format))(own))

/** Every report that can be written is; the first that cannot is told then. */
async function write(
  outputs: readonly Output[],
  plain: readonly PlainPart[],
  render: (format: string, parts: readonly Part[]) => Promise<string>,
): Promise<void> {
  const terminal = {color: useColor(process.stdout), width: process.stdout.isTTY ? process.stdout.columns : undefined}
  const failures: unknown[] = []
  for (const {format, file} of outputs) {
    const look = file === undefined ? terminal : {color: false, width: undefined}
    const parts = plain.map(({report, context}) => ({report, context: {...context, ...look}}))
    const text = await render(format, parts)
    if (file === undefined) process.stdout.write(text)
    else await writeReport(file, text).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures[0]
}
