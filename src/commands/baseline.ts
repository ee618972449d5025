import {join} from 'node:path'
import {baselineConfig, baselineName, baselineText, readBaseline} from '../config/baseline.ts'
import type {Baseline} from '../engine/baseline.ts'
import type {BaselineEntry} from '../facts.ts'
import {ProjectReader} from '../project/files/reader.ts'
import type {Report} from '../report/report.ts'
import {severities} from '../severity.ts'
import {plural} from '../wording.ts'
import {codeOf, OutputError, writeWhole} from '../write-file.ts'
import {BaseCommand} from './base.ts'
import {Check} from './check.ts'
import {optionsOf} from './options.ts'

export class WriteBaseline extends BaseCommand {
  static override summary = "Write today's findings to preflight-baseline.json: from then on only new ones break."
  static override description =
    `For a project that begins with preflight. Commit the file, and run this again when findings are cured.
What cannot be in it: a file that cannot be read, a check that could not be verified, the state of the working tree.`
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --offline']
  static override args = {directory: Check.args.directory}
  static override flags = (({all, matrix, format, json, strict, quiet, ...flags}) => flags)(Check.flags)

  async run(): Promise<void> {
    const {args, flags} = await this.parse(WriteBaseline)
    const interruption = this.interruption()
    const config = baselineConfig(new ProjectReader(args.directory ?? '.'), flags.config)
    const baseline = new (await import('../engine/baseline.ts')).Baseline([], config)
    const options = {...optionsOf(args.directory, flags), signal: interruption}
    const {run} = await import('../preflight.ts')
    const {report, reader} = await run(options, {baseline})
    if (interruption.aborted) return this.endInterrupted()
    this.endAtOnce(interruption)
    const before = (await readBaseline(reader)) ?? []
    // What was not looked at is neither there nor gone.
    const ran = new Set(report.checks.flatMap(({id, outcome}) => (/^(passed|failed)$/.test(outcome) ? [id] : [])))
    const exists = new Set(report.checks.map(({id}) => id))
    const isKept = (entry: BaselineEntry) =>
      entry.config !== config || (exists.has(entry.check) && !ran.has(entry.check))
    const kept = before.filter((entry) => isKept(entry) || (flags.only !== undefined && !exists.has(entry.check)))
    const entries = [...kept, ...baseline.found]
    process.stdout.write(`${describe(entries, before)}\n${stillBlocking(report, baseline)}`)
    if (entries.length + before.length > 0) await write(join(reader.root, baselineName), baselineText(entries))
  }
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeWhole(path, text)
  } catch (error) {
    throw new OutputError(`${path} cannot be written: ${codeOf(error)}`)
  }
}

function describe(entries: readonly BaselineEntry[], before: readonly BaselineEntry[]): string {
  if (entries.length === 0) {
    return before.length === 0
      ? 'There is nothing to put into a baseline: no check finds anything.'
      : `All findings of the baseline are gone: remove ${baselineName}.`
  }
  const counts = severities.flatMap((severity) => {
    const count = entries.filter((entry) => entry.severity === severity).length
    return count > 0 ? [plural(count, severity)] : []
  })
  const left = new Set(before.map(({fingerprint}) => fingerprint))
  const now = new Set(entries.map(({fingerprint}) => fingerprint))
  const added = [...now].filter((each) => !left.has(each)).length
  const gone = [...left].filter((each) => !now.has(each)).length
  const change = before.length > 0 ? `; ${added} new, ${gone} gone` : ''
  return `${baselineName} holds ${counts.join(', ')}${change}. Commit it: from now on preflight breaks for what is not in it.`
}

/** What blocks a deploy with this baseline as without it. */
function stillBlocking({checks}: Report, {found}: Baseline): string {
  const unverified = checks.filter(({outcome, severity}) => outcome === 'unverified' && severity === 'error')
  const errors = checks.flatMap(({id, findings}) => {
    const count = findings.filter(({severity}) => severity === 'error').length
    const held = found.filter(({check, severity}) => check === id && severity === 'error').length
    return count > held ? [id] : []
  })
  const lines = [
    errors.length > 0 && `No baseline takes what these found, and it still breaks: ${errors.join(', ')}`,
    unverified.length > 0 && `Could not be verified, and still breaks: ${unverified.map(({id}) => id).join(', ')}`,
  ]
  return lines.flatMap((line) => (line ? [`${line}\n`] : [])).join('')
}
