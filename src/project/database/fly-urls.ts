/** The command that sets DATABASE_URL; `hand`: somebody writes it as the project's own example does; `Neon`: as its console has it. */
export type SetBy = 'flyctl postgres attach' | 'flyctl mpg attach' | 'hand' | 'Neon'

/** What flyctl sets (internal/command/postgres/attach.go; docs: mpg). */
export const urls: readonly [SetBy, string][] = [
  ['flyctl postgres attach', 'postgres://user:pass@shop-db.flycast:5432/shop?sslmode=disable'],
  ['flyctl mpg attach', 'postgresql://user:p%40ss@pgbouncer.cluster.flympg.net/fly-db'],
]

/** What the console of Neon gives to copy, since 2025 with channel_binding. */
export const neonUrl =
  'postgresql://user:pass@ep-shop.us-east-2.aws.neon.tech/shop?sslmode=require&channel_binding=require'

/**
 * What a variable is on Fly. Other variables of the database are taken not to be set beside DATABASE_URL, nor are those
 * that only a test or another platform sets; of all others nothing is known.
 */
export function variableOf(
  name: string,
  url: string,
  env: Readonly<Record<string, string>>,
): string | 'unset' | undefined {
  if (name === 'DATABASE_URL') return url
  if (Object.hasOwn(env, name)) return env[name]
  if (/^FLY_/.test(name)) return 'shop'
  // A switch for TLS: whether somebody has set it, only the secrets say.
  if (/SSL|TLS/.test(name)) return undefined
  if (/DATABASE|POSTGRES|SQLALCHEMY|(^|_)(DB|PG|SQL|DSN|CONNECTION_STRING|SUPABASE)(_|$)|^PG[A-Z]+$/.test(name))
    return 'unset'
  return /^(PYTEST\w*|TEST|TESTING|IS_TEST|CI|GITHUB_\w+|RAILWAY_\w+|RENDER\w*|DYNO|VERCEL\w*)$/.test(name)
    ? 'unset'
    : undefined
}
