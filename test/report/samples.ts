import {readdirSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {readPage} from '../../src/commands/pages.ts'
import {TextFile} from '../../src/project/files/text.ts'
import type {ReporterContext} from '../../src/report/index.ts'
import type {CheckReport, Report, ReportedFinding} from '../../src/report/report.ts'
import {reportOf as madeReport} from './reports.ts'

const finding = (changes: Partial<ReportedFinding>): ReportedFinding => ({
  severity: 'error',
  failsAt: 'build',
  message: 'it is wrong',
  hint: null,
  location: {file: 'fly.toml'},
  related: [],
  fix: null,
  ...changes,
})

const check = (id: string, changes: Partial<CheckReport>): CheckReport => ({
  id,
  group: id.split('/')[0] as string,
  title: 'all is well',
  severity: 'error',
  failsAt: 'build',
  outcome: changes.findings ? 'failed' : 'passed',
  reason: null,
  durationMs: 12,
  docs: `checks/${id}.md`,
  findings: [],
  ignored: [],
  ...changes,
})

/** A report of these checks, of a commit. */
export const reportOf = (checks: CheckReport[], changes: Partial<Report> = {}): Report =>
  madeReport(checks, {target: {commit: '0123456789abcdef', branch: 'main', dirty: false}, ...changes})

const files: Readonly<Record<string, string>> = {
  'fly.toml':
    'app = "shop"\n\n[http_service]\n# preflight-ignore fly-config/dead-key -- it goes with the next release\nxyz = 1\ninternal_port = 3000\n',
  Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nCMD ["python", "-m", "shop"]\n',
}

export const context: ReporterContext = {
  color: false,
  width: undefined,
  strict: false,
  prefix: 'apps/shop',
  file: async (path) => {
    const text = files[path]
    return text === undefined ? undefined : new TextFile(path, `/repo/apps/shop/${path}`, text)
  },
  page: (docs) => readPage(fileURLToPath(new URL('../..', import.meta.url)), docs),
}

const port = {file: 'fly.toml', line: 6, column: 1, endLine: 6, endColumn: 21}

/** Everything that a report may say. */
export const noGo = reportOf([
  check('git/clean', {
    severity: 'warning',
    failsAt: 'silent',
    findings: [
      finding({severity: 'warning', failsAt: 'silent', message: '2 files are not committed', location: {file: '.'}}),
    ],
  }),
  check('fly-config/dead-key', {
    severity: 'info',
    failsAt: 'silent',
    ignored: [
      {
        finding: finding({
          severity: 'info',
          failsAt: 'silent',
          message: 'xyz does nothing',
          location: {file: 'fly.toml', line: 5, column: 1},
        }),
        reason: 'it goes with the next release',
      },
    ],
  }),
  check('fly-config/syntax', {title: 'fly.toml is there and parses', failsAt: 'parse'}),
  check('dockerfile/exposed-port', {
    title: 'the exposed port is the one that gets traffic',
    failsAt: 'health',
    findings: [
      finding({
        failsAt: 'health',
        message: 'internal_port is 3000, and the server listens on 8080',
        hint: 'internal_port = 8080',
        location: {...port, keyPath: 'http_service.internal_port'},
        related: [
          {file: 'Dockerfile', line: 3, column: 1},
          {live: 'app', subject: 'shop'},
        ],
        fix: {title: 'internal_port = 8080', edits: [{...port, text: 'internal_port = 8080'}]},
      }),
      finding({
        severity: 'info',
        failsAt: 'runtime',
        message: 'the Dockerfile says nothing of a port',
        location: {file: 'Dockerfile'},
      }),
    ],
  }),
  check('alembic/heads', {outcome: 'skipped', reason: 'there is no alembic.ini', failsAt: 'release'}),
  check('live/app', {outcome: 'unverified', reason: 'flyctl is not logged in', failsAt: 'gate'}),
  check('live/postgres', {
    severity: 'warning',
    outcome: 'unverified',
    reason: 'flyctl is not logged in',
    failsAt: 'release',
  }),
  check('live/required-secrets', {
    title: 'the required secrets are set',
    failsAt: 'release',
    findings: [
      finding({
        failsAt: 'release',
        message: 'the secret SECRET_KEY is not set on shop',
        hint: 'flyctl secrets set SECRET_KEY=<value> -a shop',
        location: {live: 'secrets', subject: 'SECRET_KEY'},
      }),
    ],
  }),
])

export const go = reportOf([check('fly-config/syntax', {failsAt: 'parse'})], {scope: 'static'})

/** A project that names its files, apps and keys so that they would be something else in a report. */
const attack = [
  'a\nb\r\nc\u0000\u001b[2J\u009b2J\u2028\u202e\u200f\u061c\uffff',
  '::error::injected',
  '##[error]injected',
  '%0A::warning::injected',
  ']]><injected attr="1">&amp;\'</failure></testcase>',
  '--><script>alert(1)</script><img src=x onerror=alert(1)>',
  '</summary></details>| a | b |\n# heading\n- item\n```\n`x``y```',
  '@octocat #1 GH-1 [text](https://example.com) ![i](https://example.com/i) ~~x~~ **b** $a$',
  '{0} [link](1) "} 1\ninjected{a="b"} 1',
  '\\" \\n , : = \ud800',
].join(' ')

export const hostile = reportOf(
  [
    check('fly-config/syntax', {
      title: 'fly.toml is there and parses',
      findings: [
        finding({
          message: attack,
          hint: attack,
          location: {file: `::error::${attack}`, line: 1, column: 1, keyPath: attack},
          related: [{file: attack}, {live: 'secrets', subject: attack}],
          fix: {title: attack, edits: [{file: attack, line: 1, column: 1, endLine: 1, endColumn: 2, text: attack}]},
        }),
        finding({severity: 'warning', message: attack, location: {live: 'secrets', subject: attack}}),
      ],
      ignored: [{finding: finding({message: attack, location: {file: attack}}), reason: attack}],
    }),
    check('live/app', {outcome: 'unverified', reason: attack}),
    check('live/postgres', {outcome: 'skipped', reason: attack}),
  ],
  {target: {root: `::error::${attack}`, config: attack, app: attack, commit: attack, branch: attack, dirty: true}},
)

const projects = new URL('../projects/', import.meta.url)

/** The expected reports of the sample projects; what differs from run to run is filled in. */
const ofProjects = readdirSync(projects)
  .filter((name) => name.endsWith('.report.json'))
  .map((name): [string, Report] => {
    const report = JSON.parse(readFileSync(new URL(name, projects), 'utf8')) as Report
    return [name, {...report, tools: noGo.tools, startedAt: noGo.startedAt}]
  })

export const samples: readonly (readonly [string, Report])[] = [
  ...ofProjects,
  ['one that says everything', noGo],
  ['one without findings', go],
  ['one without checks', reportOf([])],
  ['one of a hostile project', hostile],
]

export {check, finding}
