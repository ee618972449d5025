/** What must hold of every project, whatever it is made of. */
import {XMLValidator} from 'fast-xml-parser'
import {targetsOf} from '../../src/all.ts'
import type {Location} from '../../src/check.ts'
import {inspected} from '../../src/commands/inspect.ts'
import {type Run, run, UsageError} from '../../src/preflight.ts'
import {formats, type ReporterContext, reporter, setReporter} from '../../src/report/index.ts'
import {reportSchema} from '../../src/report/report.ts'
import {type Project, seamsOf} from '../harness.ts'
import {root} from '../memory.ts'
import {steering} from '../steering.ts'

/** What is wrong with how preflight took a project; nothing for one that it took well. */
export async function examine(project: Project): Promise<string[]> {
  const options = {root, env: {}, ...project.options}
  const seams = seamsOf(project)
  const defects: string[] = []
  const part = async (name: string, work: () => Promise<Iterable<string> | void>) => {
    try {
      for (const defect of (await work()) ?? []) defects.push(`${name}: ${defect}`)
    } catch (error) {
      // A wrong preflight.toml, or an option that names what is no longer there: one clear line.
      if (error instanceof UsageError) return
      defects.push(`${name}: ${error instanceof Error ? error.stack : error}`)
    }
  }
  await part('check', async () => {
    const done = await run(options, seams)
    return [...faultsOf(done), ...(await placesOf(done)), ...(await formatsOf(done))]
  })
  await part('--all', async () => {
    await targetsOf(options, seams)
  })
  await part('inspect', async () => {
    for (const show of Object.values(inspected)) {
      const shown = await show(options, seams)
      if (typeof shown !== 'string') JSON.stringify(shown.data)
    }
  })
  return defects
}

function faultsOf({report}: Run): string[] {
  const valid = reportSchema.safeParse(report)
  const broken = report.checks.filter(({outcome, reason}) => outcome === 'unverified' && /\bbroke: /.test(reason ?? ''))
  return [
    ...(valid.success ? [] : [`the report: ${valid.error.message}`]),
    ...broken.map(({id, reason}) => `${id}: ${reason}`),
  ]
}

/** Every place that a report names is in its file. */
async function placesOf({report, reader}: Run): Promise<string[]> {
  const wrong: string[] = []
  const look = async (id: string, place: Location) => {
    if ('live' in place || place.line === undefined) return
    const file = await reader.text(place.file)
    if (!file) return
    const beyond = (line: number, column = 1) =>
      line > file.lineCount || column < 1 || column > file.line(line).length + 2
    if (beyond(place.line, place.column) || (place.endLine !== undefined && beyond(place.endLine, place.endColumn)))
      wrong.push(`${id} names a place that is not there: ${JSON.stringify(place)}`)
  }
  for (const {id, findings} of report.checks)
    for (const {location, related} of findings)
      for (const place of [location, ...related]) await look(id, place as Location)
  return wrong
}

async function formatsOf({report, reader}: Run): Promise<string[]> {
  const context: ReporterContext = {
    color: false,
    width: undefined,
    strict: false,
    prefix: 'apps/shop',
    file: (path) => reader.text(path),
    page: async () => undefined,
  }
  const wrong: string[] = []
  for (const format of formats) {
    const alone = await (await reporter(format))(report, context)
    const joined = await (await setReporter(format))([{report, context}])
    for (const text of [alone, joined]) wrong.push(...faultsIn(format, text).map((fault) => `${format}: ${fault}`))
  }
  return wrong
}

/** Of the formats whose lines mean something to who reads the log. */
const ownLine = /^(::(error|warning|notice|group|endgroup)\b|(?!\s*::)|$)/

function faultsIn(format: string, text: string): string[] {
  const faults: string[] = []
  const found = steering.exec(text)
  if (found) faults.push(`the character ${JSON.stringify(found[0])} in ${around(text, found.index)}`)
  if (text.includes('##[')) faults.push('a command of Azure Pipelines')
  const foreign =
    format === 'github' ? text.split('\n').find((line) => !ownLine.test(line)) : /^\s*::.*/m.exec(text)?.[0]
  if (foreign !== undefined) faults.push(`a command to the runner: ${foreign}`)
  if (['json', 'sarif', 'gitlab'].includes(format)) JSON.parse(text)
  if (format === 'junit') {
    const valid = XMLValidator.validate(text)
    if (valid !== true) faults.push(valid.err.msg)
  }
  return faults
}

const around = (text: string, at: number) => JSON.stringify(text.slice(Math.max(0, at - 40), at + 40))
