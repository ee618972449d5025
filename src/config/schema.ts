/** preflight.toml. The schema is the source of the type, of settings.schema.json and of what docs/settings.md must tell. */
import * as z from 'zod'
import {parseMemory} from '../project/fly-config/size.ts'

export const levels = ['off', 'info', 'warning', 'error'] as const
const level = z.enum(levels)
const text = z.string().min(1)
const names = z.array(text)
/** A rule with an empty list would allow nothing, or everything. */
const some = names.min(1)
const memory = text.refine((value) => parseMemory(value) !== undefined, {error: 'must be a memory: "512mb", "2gb"'})

const count = z.int().min(1)

const ignore = z.strictObject({
  check: text.describe('the id of the check'),
  path: text.optional().describe('only findings in this file or below this folder'),
  reason: text.describe('why it is right to ignore it; required'),
  until: z.iso.date().optional().describe('a date: the last day on which the ignore counts'),
})

const secrets = z.strictObject({
  required: names.optional().describe('secrets without which the deploy is NO-GO'),
  recommended: names.optional().describe('secrets whose absence is a warning'),
  'env-file': text
    .optional()
    .describe(
      'a file of NAME=value with the secrets of the app: read for names, its values are judged and never shown',
    ),
})

const postgres = z.strictObject({
  app: text.optional().describe('the unmanaged Postgres app that must exist'),
  cluster: text.optional().describe('the Managed Postgres cluster, by name or id, that must exist'),
})

const machines = z.strictObject({
  sizes: some.optional().describe('the sizes that [[vm]] may ask for'),
  'min-memory': memory.optional().describe('the least memory of a machine: "512mb"'),
  'max-memory': memory.optional().describe('the most memory of a machine: "4gb"'),
  'min-count': count.optional().describe('how many machines each process group must have at least'),
  'max-count': count.optional().describe('how many it may have at most; 1 for an app that keeps its state in one'),
})

const services = z.strictObject({
  'force-https': z.boolean().optional().describe('true: plain HTTP must be redirected to https'),
  'health-checks': z.boolean().optional().describe('true: every process group with a service must have a health check'),
  'auto-stop': z
    .enum(['off', 'on'])
    .optional()
    .describe('whether idle machines are stopped: off, or on (stop or suspend)'),
  'min-machines-running': z.int().min(0).optional().describe('the least min_machines_running of a service'),
})

const policy = z.strictObject({
  regions: some.optional().describe('the regions that primary_region, and --primary-region of a deploy, may name'),
  machines: machines.optional().describe('which machines may be asked for'),
  services: services.optional().describe('what every service over HTTP must say'),
  'release-command': z
    .boolean()
    .optional()
    .describe('true: there must be a release_command; false: there must be none'),
  'forbidden-env': some.optional().describe('names that [env] may not set; * stands for any text'),
  'base-images': some.optional().describe('the images that the Dockerfile may start from; * stands for any text'),
  python: text.optional().describe('the Python that the image must have, as in requires-python: ">=3.12"'),
  packages: z
    .record(z.string(), names)
    .optional()
    .describe('OS packages that a stage must install, by stage name; final is the stage that Fly builds'),
})

const custom = z.strictObject({
  checks: some
    .optional()
    .describe("files of the project's own checks, relative to this file; a * may stand in the file's name"),
})

export const settingsSchema = z
  .strictObject({
    extends: text
      .optional()
      .describe('a settings file that this one adds to: a path, or a file of an installed npm package'),
    checks: z.record(z.string(), level).optional().describe('severity by check id; off skips it'),
    ignore: z.array(ignore).optional().describe('findings that are right as they are'),
    secrets: secrets.optional().describe('the secrets that the app needs on Fly.io, by name'),
    postgres: postgres.optional().describe('the database of the app'),
    policy: policy.optional().describe("the project's own rules; nothing of Fly.io fails where one is broken"),
    custom: custom.optional().describe('checks that the project brings itself; they are executed'),
  })
  .describe("preflight's settings for a project")

export type SettingsFile = z.infer<typeof settingsSchema>

/** draft-07, which every editor reads. */
export const settingsJsonSchema = (): object => z.toJSONSchema(settingsSchema, {target: 'draft-07'})

/** The keys that stand at a place, for suggestions: `[]` is the file itself, `['ignore', 0]` one of its ignores. */
export function keysAt(path: readonly (string | number)[]): string[] {
  let schema = settingsJsonSchema() as {properties?: Record<string, object>; items?: object}
  for (const key of path) schema = (typeof key === 'number' ? schema.items : schema.properties?.[key]) ?? {}
  return Object.keys(schema.properties ?? {})
}
