import type {AnyCheck, Finding, Severity} from '../check.ts'
import type {BaselineEntry} from '../facts.ts'
import {redact} from '../redact.ts'
import {rankOf} from '../severity.ts'
import {fingerprint} from './fingerprint.ts'

/** The findings that a project had when it began with preflight: each entry stands for one that does not break the run. */
export class Baseline {
  readonly #left: BaselineEntry[]
  readonly #config: string | undefined
  /** What could be in a baseline of this run, in it or not. */
  readonly found: BaselineEntry[] = []

  /** `config`: what `-c` names; the entries of other configurations do not count. */
  constructor(entries: readonly BaselineEntry[], config: string | undefined) {
    this.#config = config
    this.#left = entries.filter((entry) => entry.config === config)
  }

  /** Whether it holds this finding, with no more severity than it had then. */
  takes(check: AnyCheck, finding: Finding & {severity: Severity}): boolean {
    const entry = this.#entryOf(check, finding)
    if (!entry) return false
    this.found.push(entry)
    const index = this.#left.findIndex(
      (each) => each.fingerprint === entry.fingerprint && rankOf(each.severity) <= rankOf(finding.severity),
    )
    if (index < 0) return false
    this.#left.splice(index, 1)
    return true
  }

  /** The entries that no finding is left of. `ran`: of the other checks nobody knows. */
  gone(ran: (check: string) => boolean, exists: (check: string) => boolean): BaselineEntry[] {
    return this.#left.filter(({check}) => ran(check) || !exists(check))
  }

  #entryOf(check: AnyCheck, finding: Finding & {severity: Severity}): BaselineEntry | undefined {
    // With a file that cannot be read, nothing that is in it is checked: such a cause must not be got used to.
    if ('kind' in finding) return undefined
    // The working tree of a moment, and the upkeep of the exceptions themselves.
    if (check.needs.some((fact: string) => fact === 'git' || fact === 'ignores')) return undefined
    const {at, severity} = finding
    const message = redact(finding.message)
    return {
      check: check.id,
      ...(this.#config !== undefined && {config: this.#config}),
      file: 'live' in at ? at.live : at.file,
      severity,
      message,
      fingerprint: fingerprint(check.id, at, message),
    }
  }
}
