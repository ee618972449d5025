/**
 * `fly-preflight/testing`: what a check says of small projects in memory. The checks of preflight itself and the ones
 * that a project brings are tested with it alike.
 */

import {deepStrictEqual, match} from 'node:assert/strict'
import {checks as builtIn} from '../../checks/index.ts'
import type {AnyCheck} from '../check.ts'
import {isLiveCheck} from '../engine/plan.ts'
import {absent, known, type Loaders} from '../facts.ts'
import {readJson, refusal} from '../fly/answers.ts'
import type {FlyClient} from '../fly/client.ts'
import {type Options, preflight, type Report, type Seams} from '../preflight.ts'
import {Files as ProjectFiles} from '../project/files/files.ts'
import {parseStatus} from '../project/git/git-status.ts'
import type {CheckReport, ReportedFinding} from '../report/report.ts'
import {type Files, memoryFileSystem, root} from './memory.ts'

export type {Files} from './memory.ts'

/** A project in memory, and what git and flyctl say of it. */
export interface Project {
  /** By path relative to the working directory. */
  files?: Files
  /** The output of `git status --porcelain=v2 --branch`; without it the folder is no repository. */
  git?: string
  hasRemote?: boolean
  /** The files that the base has, `main` as it were; without it no base is known. */
  base?: readonly string[]
  /** What flyctl prints, by call: `{'status -a shop --json': '{…}'}`; `Error: …` is stderr, with exit code 1. */
  answers?: Readonly<Record<string, string>>
  options?: Options
}

export interface Cases<P extends Project = Project> {
  clean: Record<string, P>
  flagged: Record<string, P & {expect: string[]}>
  /** Where the check does not apply: the reason it gives. */
  skipped?: Record<string, P & {reason: string}>
}

/** What flyctl prints for a call that the project has no answer for. */
export type Flyctl = (args: readonly string[]) => {exitCode: number; stdout: string; stderr: string}
const silent: Flyctl = (args) => ({exitCode: 1, stdout: '', stderr: `Error: no answer is given for ${args.join(' ')}`})

/** Runs checks on a project as the command line does: the built-in ones, and `one` where it is none of them. */
export const check = (project: Project, more: {one?: AnyCheck; flyctl?: Flyctl} = {}): Promise<Report> =>
  preflight({root, env: {}, ...project.options}, seamsOf(project, more))

/** What stands for the disk, git, flyctl, the checks and the clock. */
export function seamsOf(
  project: Project,
  {one, flyctl = silent}: {one?: AnyCheck; flyctl?: Flyctl} = {},
): Required<Pick<Seams, 'fs' | 'fly' | 'checks' | 'facts' | 'now'>> {
  const files = project.files ?? {}
  // Of .gitignore, only lines that name a folder from the top count here: `build/`, `db/versions/`.
  const ignored = String(files['.gitignore'] ?? '')
    .split(/\r?\n/)
    .filter((pattern) => pattern.endsWith('/'))
  const paths = Object.keys(files).filter(
    (path) => !path.startsWith('../') && !ignored.some((folder) => path.startsWith(folder)),
  )
  const status = project.git
  const facts: Partial<Loaders> = {
    files: async () => known(ProjectFiles.of(paths)),
    git: async () =>
      status === undefined
        ? absent('the folder is no git repository')
        : known({...parseStatus(status.trim().split('\n').join('\0')), hasRemote: project.hasRemote ?? true}),
    since: async () =>
      project.base
        ? known({
            ref: 'main',
            commit: '1234567',
            isMergeBase: true,
            had: (path) => project.base?.includes(path) ?? false,
          })
        : absent('git knows no main branch to compare with'),
  }
  return {
    fs: memoryFileSystem(files),
    fly: answering(project.answers ?? {}, flyctl),
    checks: one && !builtIn.includes(one) ? [...builtIn, one] : builtIn,
    facts,
    now: () => new Date('2026-07-01T12:00:00Z'),
  }
}

/** The client on given answers: the same parsing, no process. */
export function answering(answers: Readonly<Record<string, string>>, flyctl: Flyctl): FlyClient {
  const call = (args: readonly string[]) => {
    const command = args.join(' ')
    const said = answers[command]
    const {exitCode, stdout, stderr} =
      said === undefined
        ? flyctl(args)
        : said.startsWith('Error:')
          ? {exitCode: 1, stdout: '', stderr: said}
          : {exitCode: 0, stdout: said, stderr: ''}
    return exitCode === 0 ? {ok: true as const, stdout} : refusal(`flyctl ${command}`, exitCode, stderr, '')
  }
  return {
    calls: [],
    async json(args) {
      const output = call(args)
      return output.ok ? readJson(`flyctl ${args.join(' ')}`, output.stdout) : output
    },
    async text(args) {
      const output = call(args)
      return output.ok ? {ok: true, text: output.stdout} : output
    },
  }
}

/** `warning fly.toml:3:1 the message`, or `error secrets(NAME) the message` for a place on Fly. */
export function line({severity, location, message}: ReportedFinding): string {
  const where =
    'live' in location
      ? `${location.live}${location.subject ? `(${location.subject})` : ''}`
      : [location.file, location.line, location.column].filter((part) => part !== undefined).join(':')
  return `${severity} ${where} ${message}`
}

/** One check as in a whole run: one that only uses what Fly.io says has it where another one asks. */
export async function checkOne(project: Project, one: AnyCheck, flyctl?: Flyctl): Promise<CheckReport> {
  const only = isLiveCheck(one) ? [one.id] : [one.id, 'live/flyctl']
  const {checks} = await check({...project, options: {...project.options, only}}, {one, ...(flyctl && {flyctl})})
  return checks.find(({id}) => id === one.id) as CheckReport
}

/** A test runner: that of Node, vitest and others have these two. */
export interface Runner {
  describe(name: string, define: () => void): unknown
  it(name: string, test: () => Promise<void>): unknown
}

/**
 * A test for each case: `import {describe, it} from 'node:test'`, then `testCheck(myCheck, {clean, flagged}, {describe, it})`.
 * `run` may replace how a project is checked.
 */
export function testCheck<P extends Project = Project>(
  one: AnyCheck,
  {clean, flagged, skipped = {}}: Cases<P>,
  {describe, it}: Runner,
  run: (project: P, one: AnyCheck) => Promise<CheckReport> = checkOne,
): void {
  describe(one.id, () => {
    for (const [name, project] of Object.entries(clean)) {
      it(`is silent: ${name}`, async () => {
        const {outcome, reason, findings} = await run(project, one)
        const expected = {outcome: 'passed', reason: null, findings: []}
        deepStrictEqual({outcome, reason, findings: findings.map(line)}, expected)
      })
    }
    for (const [name, {expect, ...project}] of Object.entries(flagged)) {
      it(`tells: ${name}`, async () => {
        const {outcome, reason, findings} = await run(project as P & {expect: string[]}, one)
        deepStrictEqual(
          {outcome, reason, findings: findings.map(line)},
          {outcome: 'failed', reason: null, findings: expect},
        )
        // A finding without a cure leaves its reader alone.
        for (const {hint, message} of findings) match(hint ?? '', /\S/, `no hint: ${message}`)
      })
    }
    for (const [name, {reason: expected, ...project}] of Object.entries(skipped)) {
      it(`does not apply: ${name}`, async () => {
        const {outcome, reason, findings} = await run(project as P & {reason: string}, one)
        deepStrictEqual({outcome, reason, findings}, {outcome: 'skipped', reason: expected, findings: []})
      })
    }
  })
}
