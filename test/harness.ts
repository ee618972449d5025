/** The published harness on vitest, with flyctl's recorded answers for what a project does not say. */
import {describe, it} from 'vitest'
import type {AnyCheck} from '../src/check.ts'
import type {FlyClient} from '../src/fly/client.ts'
import type {Report} from '../src/preflight.ts'
import type {CheckReport} from '../src/report/report.ts'
import * as testing from '../src/testing/index.ts'
import {readScenario, replay} from './recordings/recordings.js'

export {line} from '../src/testing/index.ts'

export interface Project extends testing.Project {
  /** The scenario under test/recordings; default: healthy. */
  flyctl?: string
}
export type Cases = testing.Cases<Project>

const recorded =
  ({flyctl = 'healthy'}: Project): testing.Flyctl =>
  (args) =>
    replay(readScenario(flyctl), args)

export const check = (project: Project): Promise<Report> => testing.check(project, {flyctl: recorded(project)})

export const recordedFly = (project: Pick<Project, 'flyctl' | 'answers'>): FlyClient =>
  testing.answering(project.answers ?? {}, recorded(project))

export const checkOne = (project: Project, one: AnyCheck): Promise<CheckReport> =>
  testing.checkOne(project, one, recorded(project))

export const seamsOf = (project: Project) => testing.seamsOf(project, {flyctl: recorded(project)})

/** The projects of the cases that were read: the fuzzer begins with them. */
export const described: Project[] = []

/** What a check says of small projects. */
export function testCheck(one: AnyCheck, cases: Cases): void {
  described.push(...[cases.clean, cases.flagged, cases.skipped ?? {}].flatMap((each) => Object.values<Project>(each)))
  testing.testCheck<Project>(one, cases, {describe, it}, checkOne)
}
