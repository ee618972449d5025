import type {AnyCheck, Finding, Fix, Severity} from '../check.ts'
import type {FactStore, Ignore, Ignores} from '../facts.ts'
import {redact} from '../redact.ts'
import type {CheckReport, ReportedFinding} from '../report/report.ts'
import {type CommentedFile, inlineIgnores} from './inline-ignores.ts'
import type {Step} from './plan.ts'
import {answersTo} from './plan.ts'
import type {Policy} from './policy.ts'
import {type RawResult, runCheck} from './run-check.ts'

/** The files of the project as far as they have been read: where comments may ignore a finding. */
export interface Texts {
  text(path: string): Promise<CommentedFile | undefined>
  filesRead(): Promise<CommentedFile[]>
}

/** A step under way: what a progress display shows. */
export interface RunningStep {
  check: AnyCheck
  group: string
  result: Promise<CheckReport>
}

/** One run of a plan: every check starts at once and shares the facts; the plan's order is the report's. */
export class Run {
  readonly #plan: readonly Step[]
  readonly #policy: Policy
  readonly #texts: Texts
  readonly #comments = new Map<string, Ignore[]>()
  #steps: RunningStep[] = []
  readonly #ran = new Set<string>()
  readonly #causes = new Map<string, string>()
  readonly #checks: readonly AnyCheck[]

  /** `checks`: every one there is, also those that are not in the plan. */
  constructor(plan: readonly Step[], policy: Policy, texts: Texts, checks: readonly AnyCheck[]) {
    this.#checks = checks
    this.#plan = plan
    this.#policy = policy
    this.#texts = texts
  }

  start(facts: FactStore): RunningStep[] {
    const isTold = (fact: string) => this.#tellerOf(fact) !== undefined
    this.#steps = this.#plan.map(({check, group, skipped}) => {
      const raw: Promise<RawResult> =
        skipped === undefined
          ? runCheck(check, facts, isTold)
          : Promise.resolve({outcome: 'skipped', reason: skipped, findings: [], durationMs: 0})
      return {check, group, result: raw.then((result) => this.#report(check, group, result))}
    })
    return this.#steps
  }

  /**
   * Why checks could not be verified, by their ids, as far as the checks share it: the id of the one that tells the
   * problem of a fact, else the reason. Whole when every step has ended.
   */
  get causes(): ReadonlyMap<string, string> {
    return this.#causes
  }

  /** The check of this run that tells the problem of a fact. */
  #tellerOf(fact: string): string | undefined {
    return this.#plan.find(({check, skipped}) => skipped === undefined && check.examines?.includes(fact))?.check.id
  }

  /** What the ignores came to, once every check but the one that asks has ended. */
  async review(): Promise<Ignores> {
    const others = this.#steps.filter(({check}) => !check.needs.includes('ignores'))
    await Promise.all(others.map(({result}) => result))
    const comments = (await this.#texts.filesRead()).flatMap((file) => this.#ignoresIn(file))
    return this.#policy.review(
      comments,
      (id) => this.#ran.has(id),
      (id) => this.#checks.some((check) => answersTo(id, check)),
    )
  }

  async #report(check: AnyCheck, group: string, raw: RawResult): Promise<CheckReport> {
    const places = new Set(raw.findings.flatMap(({at}) => ('live' in at ? [] : [at.file])))
    const files = await Promise.all([...places].map((path) => this.#texts.text(path)))
    const judged = this.#policy.judge(
      check,
      raw,
      files.flatMap((file) => (file ? this.#ignoresIn(file) : [])),
    )
    if (raw.outcome === 'ran') this.#ran.add(check.id)
    const {outcome, lacks} = raw
    if (outcome === 'unverified' && lacks) {
      const teller = lacks.origin === undefined ? undefined : this.#tellerOf(lacks.origin)
      this.#causes.set(check.id, teller ?? lacks.reason)
    }
    return {
      id: check.id,
      group,
      title: check.title,
      severity: this.#policy.severityOf(check),
      failsAt: check.failsAt,
      outcome: judged.outcome,
      reason: judged.reason === undefined ? null : redact(judged.reason),
      durationMs: raw.durationMs,
      docs: check.docs ?? `checks/${check.id}.md`,
      findings: judged.findings.map((finding) => reported(check, finding)),
      ignored: judged.ignored.map(({finding, reason}) => ({finding: reported(check, finding), reason})),
    }
  }

  /** The same objects for the same file, so that what is used can be told from what is not. */
  #ignoresIn(file: CommentedFile): Ignore[] {
    let found = this.#comments.get(file.path)
    if (!found) {
      found = inlineIgnores(file)
      this.#comments.set(file.path, found)
    }
    return found
  }
}

function reported(check: AnyCheck, finding: Finding & {severity: Severity}): ReportedFinding {
  return {
    severity: finding.severity,
    failsAt: finding.failsAt ?? check.failsAt,
    message: redact(finding.message),
    hint: finding.hint === undefined ? null : redact(finding.hint),
    location: finding.at,
    related: finding.related ?? [],
    // With something masked in it an edit would spoil the file.
    fix: finding.fix && isFree(finding.fix) ? finding.fix : null,
  }
}

/** Whether nothing in an edit looks like a secret. */
const isFree = ({title, edits}: Fix): boolean =>
  [title, ...edits.map(({text}) => text)].every((text) => redact(text) === text)
