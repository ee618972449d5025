import {type Severity, worst} from '../../severity.ts'
import type {FileLocation} from '../frame.ts'
import type {Report, ReportedFinding} from '../report.ts'

/** What the findings say of a place: the pictures judge nothing themselves. */
export class Marks {
  readonly #findings: readonly ReportedFinding[]

  constructor({checks}: Report) {
    this.#findings = checks.flatMap(({findings}) => findings).filter(({severity}) => severity !== 'info')
  }

  /** The worst that is found on one of these lines; `related`: also where a finding about reaching the app points to them. */
  on(places: readonly (FileLocation | null)[], {related = false} = {}): Severity | undefined {
    const isHere = (location: ReportedFinding['location']) =>
      'file' in location && places.some((place) => place?.file === location.file && place.line === location.line)
    return worst(
      this.#findings.filter(
        (finding) =>
          isHere(finding.location) || (related && finding.failsAt === 'health' && finding.related.some(isHere)),
      ),
    )
  }

  /** The worst that is found from one line of a file to another. */
  within(file: string, first: number, last: number): Severity | undefined {
    return worst(
      this.#findings.filter(
        ({location}) =>
          'file' in location &&
          location.file === file &&
          location.line !== undefined &&
          location.line >= first &&
          location.line <= last,
      ),
    )
  }

  /** The worst of what points to a file. */
  about(file: string): Severity | undefined {
    return worst(
      this.#findings.filter(({location, related}) =>
        [location, ...related].some((place) => 'file' in place && place.file === file),
      ),
    )
  }
}
