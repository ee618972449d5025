/**
 * The report: plain data, version 1, what every reporter and `--json` get.
 * The schema is the source of the type and of report.schema.json. Import its types only: zod is not loaded in a run.
 */
import * as z from 'zod'
import {deployMoments} from '../deploy-moments.ts'
import {severities} from '../severity.ts'

const severity = z.enum(severities).describe('error blocks, warning is likely or risky, info is advice')
const failsAt = z.enum(deployMoments).describe('when the deploy would have failed without preflight')

const fileLocation = z.strictObject({
  file: z.string().describe('relative to the working directory, with /'),
  line: z.int().min(1).optional().describe('1-based; absent when the file as a whole is meant'),
  column: z.int().min(1).optional(),
  endLine: z.int().min(1).optional(),
  endColumn: z.int().min(1).optional().describe('exclusive'),
  keyPath: z.string().optional().describe("flyctl's spelling: http_service.checks[0].type"),
})
const liveLocation = z.strictObject({
  live: z.string().describe('the live fact: secrets, app, postgres …'),
  subject: z.string().optional().describe('the name of the thing'),
})
const location = z.union([fileLocation, liveLocation])

const finding = z.strictObject({
  severity,
  failsAt,
  message: z.string().describe('one sentence: the actual value first, then what it must be'),
  hint: z.string().nullable().describe('the cure: a command or an edit'),
  location,
  related: z.array(location),
  fix: z
    .strictObject({
      title: z.string(),
      edits: z.array(
        z.strictObject({
          file: z.string(),
          line: z.int(),
          column: z.int(),
          endLine: z.int(),
          endColumn: z.int(),
          text: z.string(),
        }),
      ),
    })
    .nullable()
    .describe('the cure as data'),
})

const check = z.strictObject({
  id: z.string(),
  group: z.string(),
  title: z.string().describe('the claim that is true when the check passes'),
  severity,
  failsAt,
  outcome: z.enum(['passed', 'failed', 'skipped', 'unverified']),
  reason: z.string().nullable().describe('why it was skipped or is unverified'),
  durationMs: z.int().min(0),
  docs: z
    .string()
    .describe(
      'its page, in the package; of a check of the group custom, with ./ before it, its page or its file in the project',
    ),
  findings: z.array(finding),
  ignored: z.array(z.strictObject({finding, reason: z.string()})),
})

export const reportSchema = z
  .strictObject({
    version: z.literal(1),
    verdict: z.enum(['go', 'no-go']),
    scope: z
      .enum(['full', 'static'])
      .describe('static: nothing was asked of Fly.io, for --offline or because no live check was chosen'),
    target: z.strictObject({
      root: z.string().describe('the working directory, as it was given'),
      config: z.string().nullable(),
      app: z.string().nullable(),
      commit: z.string().nullable(),
      branch: z.string().nullable(),
      dirty: z.boolean().nullable(),
    }),
    tools: z.strictObject({preflight: z.string(), node: z.string(), flyctl: z.string().nullable()}),
    startedAt: z.iso.datetime(),
    durationMs: z.int().min(0),
    summary: z.strictObject({
      passed: z.int(),
      failed: z.int(),
      skipped: z.int(),
      unverified: z.int(),
      errors: z.int(),
      warnings: z.int(),
      infos: z.int(),
      ignored: z.int(),
    }),
    blockers: z
      .array(z.strictObject({check: z.string(), because: z.enum(['finding', 'unverified'])}))
      .describe('why it is NO-GO; of checks that could not be verified for one cause, the first'),
    checks: z.array(check).describe("in the plan's order"),
  })
  .describe('What preflight found out before a deploy')

export type Report = z.infer<typeof reportSchema>
export type Verdict = Report['verdict']
export type Summary = Report['summary']
export type Blocker = Report['blockers'][number]
export type CheckReport = z.infer<typeof check>
export type ReportedFinding = z.infer<typeof finding>
export type Outcome = CheckReport['outcome']
