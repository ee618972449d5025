import type {AnyCheck, Finding, Severity} from '../check.ts'
import {compare} from '../compare.ts'
import type {Ignore, Ignores} from '../facts.ts'
import type {Outcome} from '../report/report.ts'
import type {Baseline} from './baseline.ts'
import {answersTo} from './plan.ts'
import type {RawResult} from './run-check.ts'

export interface Judged {
  outcome: Outcome
  reason: string | undefined
  findings: (Finding & {severity: Severity})[]
  ignored: {finding: Finding & {severity: Severity}; reason: string}[]
}

/** The one place that applies the project's own rules: severities, ignores, order. */
export class Policy {
  readonly #severities: ReadonlyMap<string, Severity>
  readonly #ignores: readonly Ignore[]
  readonly #today: string
  readonly #baseline: Baseline | undefined
  readonly #used = new Set<Ignore>()

  /** `today` as YYYY-MM-DD, so that the same input on the same day gives the same verdict. */
  constructor(
    severities: ReadonlyMap<string, Severity>,
    ignores: readonly Ignore[],
    today: string,
    baseline?: Baseline | undefined,
  ) {
    this.#severities = severities
    this.#ignores = ignores
    this.#today = today
    this.#baseline = baseline
  }

  severityOf(check: AnyCheck): Severity {
    return this.#severities.get(check.id) ?? check.severity
  }

  judge(check: AnyCheck, raw: RawResult, inline: readonly Ignore[]): Judged {
    const override = this.#severities.get(check.id)
    const judged: Judged = {outcome: 'passed', reason: raw.reason, findings: [], ignored: []}
    const ignores = [...inline, ...this.#ignores].filter(
      (each) => !this.#isExpired(each) && answersTo(each.check, check),
    )
    for (const finding of raw.findings.toSorted(byPosition)) {
      const weighed = {...finding, severity: override ?? finding.severity ?? check.severity}
      const ignore = ignores.find((each) => covers(each, finding))
      if (ignore) {
        this.#used.add(ignore)
        judged.ignored.push({finding: weighed, reason: ignore.reason})
      } else if (this.#baseline?.takes(check, weighed)) {
        judged.ignored.push({finding: weighed, reason: 'in the baseline'})
      } else judged.findings.push(weighed)
    }
    if (raw.outcome !== 'ran') judged.outcome = raw.outcome
    else if (judged.findings.length > 0) judged.outcome = 'failed'
    return judged
  }

  /** `ran`: only what could have matched can be called unused. `exists`: an id that no check has matches nothing. */
  review(inline: readonly Ignore[], ran: (check: string) => boolean, exists: (check: string) => boolean): Ignores {
    const all = [...this.#ignores, ...inline]
    return {
      malformed: inline.filter(({check}) => check === ''),
      unknown: inline.filter(({check}) => check !== '' && !exists(check)),
      expired: all.filter((ignore) => this.#isExpired(ignore)),
      unused: all.filter(
        (ignore) => !ignore.shared && !this.#isExpired(ignore) && !this.#used.has(ignore) && ran(ignore.check),
      ),
      gone: this.#baseline?.gone(ran, exists) ?? [],
    }
  }

  #isExpired({until}: Ignore): boolean {
    return until !== undefined && until < this.#today
  }
}

function covers(ignore: Ignore, {at}: Finding): boolean {
  if (ignore.path === undefined) return true
  if ('live' in at) return false
  const inPath = at.file === ignore.path || at.file.startsWith(`${ignore.path.replace(/\/$/, '')}/`)
  return inPath && (ignore.line === undefined || ignore.line === at.line)
}

/** By file, line, column and text: the same input gives the same order. */
function byPosition(a: Finding, b: Finding): number {
  const [x, y] = [a.at, b.at]
  if ('live' in x || 'live' in y) return Number('live' in x) - Number('live' in y)
  return (
    compare(x.file, y.file) ||
    (x.line ?? 0) - (y.line ?? 0) ||
    (x.column ?? 0) - (y.column ?? 0) ||
    compare(a.message, b.message)
  )
}
