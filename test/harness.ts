import {describe, expect, it} from 'vitest'
import type {AnyCheck} from '../src/check.ts'
import {absent, known, type Loaders} from '../src/facts.ts'
import {readJson, refusal} from '../src/fly/answers.ts'
import type {FlyClient} from '../src/fly/client.ts'
import {type Options, preflight, type Report, type Seams} from '../src/preflight.ts'
import {parseStatus} from '../src/project/git.ts'
import type {CheckReport, ReportedFinding} from '../src/report/report.ts'
import {type Files, memoryFileSystem, root} from './memory.ts'
import {readScenario, replay} from './recordings/recordings.js'

/** A project in memory, and what git and flyctl say of it. */
export interface Project {
  files?: Files
  /** The output of `git status --porcelain=v2 --branch`; without it the folder is no repository. */
  git?: string
  hasRemote?: boolean
  /** The scenario under test/recordings; default: healthy. */
  flyctl?: string
  /** Single answers that differ from it: by call, what flyctl prints; `Error: …` is stderr, with exit code 1. */
  answers?: Readonly<Record<string, string>>
  options?: Options
}

/** Runs the checks of a project as the command line does, on facts in memory. */
export const check = (project: Project): Promise<Report> =>
  preflight({root, env: {}, ...project.options}, seamsOf(project))

/** What stands for the disk, git, flyctl and the clock. */
export function seamsOf(project: Project): Seams {
  const files = project.files ?? {}
  // Of .gitignore, only lines that name a folder from the top count here: `build/`, `db/versions/`.
  const ignored = String(files['.gitignore'] ?? '')
    .split('\n')
    .filter((pattern) => pattern.endsWith('/'))
  const paths = Object.keys(files).filter(
    (path) => !path.startsWith('../') && !ignored.some((folder) => path.startsWith(folder)),
  )
  const status = project.git
  const facts: Partial<Loaders> = {
    files: async () => known({paths: paths.sort()}),
    git: async () =>
      status === undefined
        ? absent('the folder is no git repository')
        : known({...parseStatus(status.trim().split('\n').join('\0')), hasRemote: project.hasRemote ?? true}),
  }
  return {fs: memoryFileSystem(files), fly: recordedFly(project), facts, now: () => new Date('2026-07-01T12:00:00Z')}
}

/** The client on recorded answers: the same parsing, no process. */
export function recordedFly({flyctl = 'healthy', answers = {}}: Pick<Project, 'flyctl' | 'answers'>): FlyClient {
  const call = (args: readonly string[]) => {
    const command = args.join(' ')
    const said = answers[command]
    const {exitCode, stdout, stderr} =
      said === undefined
        ? replay(readScenario(flyctl), args)
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

export async function checkOne(project: Project, one: AnyCheck): Promise<CheckReport> {
  const report = await check({...project, options: {...project.options, only: [one.id]}})
  return report.checks[0] as CheckReport
}

export interface Cases {
  clean: Record<string, Project>
  flagged: Record<string, Project & {expect: string[]}>
  /** Where the check does not apply: the reason it gives. */
  skipped?: Record<string, Project & {reason: string}>
}

/** The projects of the cases that were read: the fuzzer begins with them. */
export const described: Project[] = []

/** What a check says of small projects. */
export function testCheck(one: AnyCheck, {clean, flagged, skipped = {}}: Cases): void {
  described.push(...[clean, flagged, skipped].flatMap((each) => Object.values<Project>(each)))
  describe(one.id, () => {
    for (const [name, project] of Object.entries(clean)) {
      it(`is silent: ${name}`, async () => {
        const result = await checkOne(project, one)
        expect({outcome: result.outcome, reason: result.reason, findings: result.findings.map(line)}).toEqual({
          outcome: 'passed',
          reason: null,
          findings: [],
        })
      })
    }
    for (const [name, {expect: expected, ...project}] of Object.entries(flagged)) {
      it(`tells: ${name}`, async () => {
        const result = await checkOne(project, one)
        expect(result.findings.map(line)).toEqual(expected)
        expect(result.outcome).toBe('failed')
        // A finding without a cure leaves its reader alone.
        for (const {hint, message} of result.findings) expect(hint, message).toMatch(/\S/)
      })
    }
    for (const [name, {reason, ...project}] of Object.entries(skipped)) {
      it(`does not apply: ${name}`, async () => {
        const result = await checkOne(project, one)
        expect(result).toMatchObject({outcome: 'skipped', reason, findings: []})
      })
    }
  })
}
