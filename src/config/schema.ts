/** preflight.toml. The schema is the source of the type and of settings.schema.json. */
import * as z from 'zod'

export const levels = ['off', 'info', 'warning', 'error'] as const
const level = z.enum(levels)
const names = z.array(z.string().min(1))

export const settingsSchema = z
  .strictObject({
    checks: z.record(z.string(), level).optional().describe('severity by check id; off skips it'),
    ignore: z
      .array(
        z.strictObject({
          check: z.string().describe('the id of the check'),
          path: z.string().optional().describe('only findings in this file or below this folder'),
          reason: z.string().min(1).describe('why it is right to ignore it; required'),
          until: z.iso.date().optional().describe('a date: the last day on which the ignore counts'),
        }),
      )
      .optional(),
    secrets: z
      .strictObject({
        required: names.optional().describe('secrets without which the deploy is NO-GO'),
        recommended: names.optional().describe('secrets whose absence is a warning'),
        'env-file': z
          .string()
          .min(1)
          .optional()
          .describe(
            'a file of NAME=value with the secrets of the app: read for names, its values are judged and never shown',
          ),
      })
      .optional(),
    postgres: z
      .strictObject({
        app: z.string().optional().describe('the unmanaged Postgres app that must exist'),
        cluster: z.string().optional().describe('the Managed Postgres cluster, by name or id, that must exist'),
      })
      .optional(),
    policy: z
      .strictObject({
        packages: z
          .record(z.string(), names)
          .optional()
          .describe('OS packages that a stage must install, by stage name; final is the stage that Fly builds'),
      })
      .optional(),
  })
  .describe("preflight's settings for a project")

export type SettingsFile = z.infer<typeof settingsSchema>

/** The keys that stand at a place, for suggestions: `[]` is the file itself, `['ignore', 0]` one of its ignores. */
export function keysAt(path: readonly (string | number)[]): string[] {
  let schema = z.toJSONSchema(settingsSchema) as {properties?: Record<string, object>; items?: object}
  for (const key of path) schema = (typeof key === 'number' ? schema.items : schema.properties?.[key]) ?? {}
  return Object.keys(schema.properties ?? {})
}
