/** Fly.io's regions, as data. */
export const regionsOf = '2026-08-21'

/** fly.io/docs/reference/regions, without those that have been retired since. */
export const regions: readonly string[] = [
  'ams',
  'arn',
  'cdg',
  'dfw',
  'ewr',
  'fra',
  'gru',
  'iad',
  'jnb',
  'lax',
  'lhr',
  'nrt',
  'ord',
  'sin',
  'sjc',
  'syd',
  'yyz',
]

/**
 * Where nothing new can be made, with what Fly.io names instead: `Region mia is deprecated and cannot have new resources
 * provisioned. Please consider using an alternate region such as dfw` (superfly/docs#2171).
 * From flyctl's internal/command/launch/plan_builder.go; bom since August 2026.
 */
export const retiredRegions: ReadonlyMap<string, string> = new Map([
  ['atl', 'dfw'],
  ['bog', 'gru'],
  ['bom', 'sin'],
  ['bos', 'ewr'],
  ['den', 'dfw'],
  ['eze', 'gru'],
  ['gdl', 'dfw'],
  ['gig', 'gru'],
  ['hkg', 'sin'],
  ['mad', 'cdg'],
  ['mia', 'dfw'],
  ['otp', 'fra'],
  ['phx', 'lax'],
  ['qro', 'dfw'],
  ['scl', 'gru'],
  ['sea', 'sjc'],
  ['waw', 'ams'],
  ['yul', 'yyz'],
])
