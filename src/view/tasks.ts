import {setTimeout as delay} from 'node:timers/promises'
import picocolors from 'picocolors'
import wrapAnsi from 'wrap-ansi'
import type {RunningStep} from '../engine/run.ts'
import {groupBy} from '../group-by.ts'
import {visible} from '../redact.ts'
import type {CheckReport} from '../report/report.ts'
import {severities} from '../severity.ts'
import {plural} from '../wording.ts'

export interface TaskListOptions {
  stream: NodeJS.WriteStream
  color: boolean
  /** Redraw what is still running; else write each line when it is its turn. */
  live: boolean
  /** After an interrupt nothing more is worth a line. */
  signal?: AbortSignal | undefined
  /** How long to wait, in milliseconds, before anything is drawn that moves: most runs are over by then. */
  patience?: number
}

/** More checks than this are counted by group, not listed: `preflight list` has them all. */
const manyChecks = 20

/** A group says at most so many reasons for what it skipped, those of the most checks first; the report has all. */
const manyReasons = 2

/**
 * Shows the steps, groups in order, each check with its outcome, and returns when all have ended. Of many checks only
 * those that say something get a line: what blocks must not be looked for among hundreds that pass.
 * It only watches: the checks run without it, and the same report comes out.
 */
export async function showTasks(
  steps: readonly RunningStep[],
  {stream, color, live, signal, patience = 300}: TaskListOptions,
): Promise<void> {
  const c = picocolors.createColors(color)
  const told = new Set<string>()
  const groups = groupBy(steps, ({group}) => group)

  const widest = Math.max(...[...groups.keys()].map((group) => group.length))

  const running = new Set(steps)
  const ended = Promise.all(steps.map((step) => step.result.then(() => running.delete(step))))
  if (live) await Promise.race([ended, delay(patience, undefined, {ref: false})])
  for (const [group, members] of groups) {
    if (live && members.some((step) => running.has(step))) break
    await write(group, members)
    if (signal?.aborted) return
    groups.delete(group)
  }
  if (groups.size === 0) return
  await redraw()
  if (signal?.aborted) return
  for (const [group, members] of groups) await write(group, members)

  async function write(group: string, members: readonly RunningStep[]): Promise<void> {
    const lines = await linesOf(group, members, told)
    if (!signal?.aborted) stream.write(lines.map((line) => `${wrap(line)}\n`).join(''))
  }

  /** Broken at words where the terminal is narrow, below the line's own text. */
  function wrap(line: string): string {
    if (!stream.columns) return line
    const [first = '', ...others] = wrapAnsi(line.trimStart(), Math.max(40, stream.columns - 6)).split('\n')
    return [line.slice(0, line.length - line.trimStart().length) + first, ...others.map((each) => `    ${each}`)].join(
      '\n',
    )
  }

  /** What still runs, with listr2, until all has ended and is written as ever: loaded only when there is something to wait for. */
  async function redraw(): Promise<void> {
    const {Listr, ListrLogger, ListrDefaultRendererLogLevels: Level, ProcessOutput} = await import('listr2')
    // Our own marks in the titles: listr2 knows done and failed, but no warnings and nothing unverified.
    const icon = {
      [Level.COMPLETED]: ' ',
      [Level.COMPLETED_WITH_FAILED_SUBTASKS]: ' ',
      [Level.COMPLETED_WITH_FAILED_SISTER_TASKS]: ' ',
    }
    const list = new Listr(
      [...groups].map(([group, members]) => ({
        title: `${c.bold(group)}  ${plural(members.length, 'check')}`,
        task: async (_: unknown, self) => {
          self.title = (await linesOf(group, members, new Set())).join('\n')
        },
      })),
      {
        // A signal ends the run where it is caught, not inside the display.
        registerSignalListeners: false,
        concurrent: true,
        rendererOptions: {
          clearOutput: true,
          logger: new ListrLogger({processOutput: new ProcessOutput(stream, stream)}),
          icon,
        },
      },
    )
    await list.run()
  }

  /** The group's name with its counts, and a line for each check that says something; of few checks, for each. */
  async function linesOf(group: string, members: readonly RunningStep[], told: Set<string>): Promise<string[]> {
    const results = await Promise.all(
      members.map(async ({check, result}) => ({title: visible(check.title), report: await result})),
    )
    const listed = ({report}: (typeof results)[number]) => steps.length <= manyChecks || report.outcome === 'failed'
    const lines = results.filter(listed).map(({title, report}) => `  ${outcomeLine(title, report, told)}`)
    const rest = results.filter((each) => !listed(each)).map(({report}) => report)
    const of = (outcome: CheckReport['outcome']) => rest.filter((report) => report.outcome === outcome)
    const [passed, skipped, unverified] = [of('passed'), of('skipped'), of('unverified')]
    if (unverified.length > 0) {
      lines.push(
        `  ${c.magenta('?')} ${unverified.length} unverified${because(unverified, Number.POSITIVE_INFINITY, told)}`,
      )
    }
    const counts = [
      passed.length > 0 && `${c.green('✔')} ${passed.length} passed`,
      skipped.length > 0 && `${c.dim(`○ ${skipped.length} skipped`)}${because(skipped, manyReasons, told)}`,
    ].filter(Boolean)
    return [
      [c.bold(group.padEnd(counts.length > 0 ? widest : 0)), counts.join(c.dim(' · '))].filter(Boolean).join('  '),
      ...lines,
    ]
  }

  /** The reasons that were not told yet, those of the most checks first. */
  function because(reports: readonly CheckReport[], most: number, told: Set<string>): string {
    const counts = new Map<string, number>()
    for (const {reason} of reports) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1)
    const fresh = [...counts.keys()]
      .filter((reason) => !told.has(reason))
      .sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
    const shown = fresh.slice(0, most)
    for (const reason of shown) told.add(reason)
    if (shown.length === 0) return ''
    return c.dim(` (${visible(shown.join('; '))}${fresh.length > most ? '; …' : ''})`)
  }

  /** The reason of a root cause is told the first time only: what follows from it is many lines of the same. */
  function outcomeLine(title: string, report: CheckReport, told: Set<string>): string {
    const {outcome, findings} = report
    if (outcome === 'passed') return `${c.green('✔')} ${title}`
    if (outcome === 'skipped') return `${c.dim(`○ ${title}`)}${because([report], 1, told)}`
    if (outcome === 'unverified') return `${c.magenta('?')} ${title}${because([report], 1, told)}`
    const counts = severities.flatMap((severity) => {
      const count = findings.filter((finding) => finding.severity === severity).length
      return count > 0 ? [plural(count, severity)] : []
    })
    const worst = severities.find((severity) => findings.some((finding) => finding.severity === severity))
    const mark = worst === 'error' ? c.red('✖') : worst === 'warning' ? c.yellow('▲') : c.cyan('i')
    return `${mark} ${title}${c.dim(` (${counts.join(', ')})`)}`
  }
}
