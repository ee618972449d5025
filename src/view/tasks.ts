import {setTimeout as delay} from 'node:timers/promises'
import picocolors from 'picocolors'
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

/** More than this and a group's passes are counted, not listed: `preflight list` has them all. */
const manyChecks = 20

const resultsOf = (steps: readonly RunningStep[]) =>
  Promise.all(steps.map(async ({check: {title}, result}) => ({title, report: await result})))

/**
 * Shows the steps, groups in order, each check with its outcome, and returns when all have ended.
 * It only watches: the checks run without it, and the same report comes out.
 */
export async function showTasks(
  steps: readonly RunningStep[],
  {stream, color, live, signal, patience = 300}: TaskListOptions,
): Promise<void> {
  const c = picocolors.createColors(color)
  const told = new Set<string>()
  const groups = groupBy(steps, ({group}) => group)

  const running = new Set(steps)
  const ended = Promise.all(steps.map((step) => step.result.then(() => running.delete(step))))
  if (live) await Promise.race([ended, delay(patience, undefined, {ref: false})])
  for (const [group, members] of groups) {
    if (live && members.some((step) => running.has(step))) break
    stream.write(`${c.bold(group)}\n`)
    if (members.length > manyChecks) {
      const lines = summaryLines(await resultsOf(members))
      if (signal?.aborted) return
      stream.write(lines.map((line) => `  ${line}\n`).join(''))
    } else {
      for (const {check, result} of members) {
        const line = outcomeLine(check.title, await result)
        if (signal?.aborted) return
        stream.write(`  ${line}\n`)
      }
    }
    groups.delete(group)
  }
  if (groups.size > 0) await redraw()

  /** What still runs, with listr2: loaded only when there is something to wait for. */
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
        title: c.bold(group),
        task: (_: unknown, task) =>
          task.newListr(
            members.length > manyChecks
              ? [
                  {
                    title: `${members.length} checks`,
                    task: async (_: unknown, self) => {
                      self.title = summaryLines(await resultsOf(members)).join('\n')
                    },
                  },
                ]
              : members.map(({check: {title}, result}) => ({
                  title,
                  task: async (_: unknown, self) => {
                    self.title = outcomeLine(title, await result)
                  },
                })),
            {concurrent: true},
          ),
      })),
      {
        // A signal ends the run where it is caught, not inside the display.
        registerSignalListeners: false,
        rendererOptions: {
          logger: new ListrLogger({processOutput: new ProcessOutput(stream, stream)}),
          collapseSubtasks: false,
          icon,
        },
      },
    )
    await list.run()
  }

  /** Of many checks only those that say something get a line; the rest is counted. */
  function summaryLines(results: readonly {title: string; report: CheckReport}[]): string[] {
    const lines = results
      .filter(({report}) => report.outcome === 'failed')
      .map(({title, report}) => outcomeLine(title, report))
    const rest: readonly [CheckReport['outcome'], (count: number) => string][] = [
      ['unverified', (count) => `${c.magenta('?')} ${count} unverified`],
      ['passed', (count) => `${c.green('✔')} ${count} passed`],
      ['skipped', (count) => c.dim(`○ ${count} skipped`)],
    ]
    for (const [outcome, mark] of rest) {
      const same = results.filter(({report}) => report.outcome === outcome)
      if (same.length > 0) lines.push(`${mark(same.length)}${because(new Set(same.map(({report}) => report.reason)))}`)
    }
    return lines
  }

  /** The reasons that were not told yet. */
  function because(reasons: ReadonlySet<string | null>): string {
    const fresh = [...reasons].filter((reason) => reason !== null && !told.has(reason))
    for (const reason of fresh) told.add(reason as string)
    return fresh.length > 0 ? c.dim(` (${visible(fresh.join('; '))})`) : ''
  }

  /** The reason of a root cause is told the first time only: what follows from it is many lines of the same. */
  function outcomeLine(title: string, {outcome, reason, findings}: CheckReport): string {
    if (outcome === 'passed') return `${c.green('✔')} ${title}`
    if (outcome === 'skipped') return `${c.dim(`○ ${title}`)}${because(new Set([reason]))}`
    if (outcome === 'unverified') return `${c.magenta('?')} ${title}${because(new Set([reason]))}`
    const counts = severities.flatMap((severity) => {
      const count = findings.filter((finding) => finding.severity === severity).length
      return count > 0 ? [plural(count, severity)] : []
    })
    const worst = severities.find((severity) => findings.some((finding) => finding.severity === severity))
    const mark = worst === 'error' ? c.red('✖') : worst === 'warning' ? c.yellow('▲') : c.cyan('i')
    return `${mark} ${title}${c.dim(` (${counts.join(', ')})`)}`
  }
}
