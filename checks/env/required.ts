import {defineCheck, type Facts, type FileLocation, type Finding, firstOf, inSeries} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Variable = Facts['requiredVariables'][number]

export default defineCheck({
  id: 'env/required',
  title: 'what the app cannot do without is set in the open',
  why: 'A variable without a default stops what reads it: what neither fly.toml nor the image sets must be a secret.',
  // It may be a secret: which are set, only Fly.io knows.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  aliases: ['env/runtime-variables'],
  needs: ['requiredVariables', 'flyConfig'],
  uses: ['secrets', 'settings', 'secretsFile'],
  *run({requiredVariables, flyConfig, secrets: stored, settings, secretsFile}) {
    const failsAt = flyConfig.config.deploy?.release_command ? 'release' : 'boot'
    const isOneOf = (names: readonly string[], others: Iterable<string> = []) =>
      [...others].some((name) => names.includes(name))
    const open = requiredVariables.filter(({names}) => !isOneOf(names, stored?.names))
    for (const variable of open) if (variable.forgotten) yield {...inEnv(variable, flyConfig), failsAt}

    // live/required-secrets then tells which are missing.
    if (stored) return
    // Those that preflight.toml requires are held against the secrets themselves.
    const required = settings?.requiredSecrets.map(({name}) => name)
    const secrets = open.filter(
      ({names, forgotten, setByCommand}) => !forgotten && !setByCommand && !isOneOf(names, required),
    )
    if (!secretsFile) {
      yield* listed(secrets, '', {failsAt, severity: 'info'})
      return
    }
    const known = new Set(secretsFile.variables.map(({name}) => name))
    yield* listed(
      secrets.filter(({names}) => !isOneOf(names, known)),
      `, and ${secretsFile.file} does not name`,
      {failsAt},
    )
  },
})

/** What the project keeps in [env] elsewhere. */
function inEnv({names, at, forgotten}: Variable, flyConfig: FlyConfig): Finding {
  const [name = ''] = names
  const without = `${at.file} stops without ${names.join(' or ')}`
  const env: FileLocation[] = Object.keys(flyConfig.config.env ?? {}).length > 0 ? [flyConfig.keyAt('env')] : []
  const elsewhere = forgotten && 'elsewhere' in forgotten ? forgotten.elsewhere : undefined
  const beside = forgotten && 'beside' in forgotten ? `, which has ${forgotten.beside},` : ''
  return {
    message: elsewhere
      ? `${without}, which ${elsewhere.file} sets and ${flyConfig.file} does not`
      : `${without}, and neither [env]${beside} nor the image sets ${names.length > 1 ? 'one of them' : 'it'}`,
    at,
    related: [...(elsewhere ? [elsewhere] : []), ...env],
    hint: `Add to [env]: ${flyConfig.setting(name, '…')}. If nobody should read it: flyctl secrets set ${name}=…`,
  }
}

/** All of them in one: each belongs in the same command. */
function* listed(
  variables: readonly Variable[],
  where: string,
  more: Pick<Finding, 'severity' | 'failsAt'>,
): Iterable<Finding> {
  const [first, ...others] = variables
  if (!first) return
  const names = variables.map((variable) => variable.names[0] as string)
  const several = names.length > 1
  const examples = variables.flatMap(({example}) => example ?? [])
  const sets = `neither [env] nor the image sets ${several ? 'them' : 'it'}`
  yield {
    message: `${shown(names)} ${several ? 'are' : 'is'} read without a default${variables.some(({isEmpty}) => isEmpty) ? ' that would do' : ''}, and ${sets}: ${several ? 'they must be secrets' : 'it must be a secret'}${where && `${where} ${several ? 'them' : 'it'}`}`,
    at: first.at,
    related: [...others.map(({at}) => at), ...examples.slice(0, 1)],
    hint: hintFor(names, examples[0]),
    ...more,
  }
}

function hintFor(names: readonly string[], example: FileLocation | undefined): string {
  const byHand = names.filter((name) => name !== 'DATABASE_URL')
  return (
    [
      byHand.length > many
        ? `Once, before the deploy: flyctl secrets import < FILE, with a line NAME=value for each of ${byHand.join(', ')}`
        : byHand.length > 0 &&
          `Once, before the deploy: flyctl secrets set ${byHand.map((name) => `${name}=…`).join(' ')}`,
      byHand.length < names.length && 'DATABASE_URL comes with flyctl mpg attach or flyctl postgres attach',
      example && `${example.file} shows what they look like`,
    ]
      .filter(Boolean)
      // Behind a full stop `…` would look like the value of a secret.
      .join('; ')
  )
}

/** A command with more names than this is one that nobody fills in. */
const many = 8

const shown = (names: readonly string[]): string => (names.length > 4 ? firstOf(names, 4) : inSeries(names))
