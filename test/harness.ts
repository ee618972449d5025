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

/** What a check says of small projects. */
export const testCheck = (one: AnyCheck, cases: Cases): void =>
  testing.testCheck<Project>(one, cases, {describe, it}, checkOne)
