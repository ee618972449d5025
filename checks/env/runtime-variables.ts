import {defineCheck, type Facts, hasSecretName} from '../../src/check.ts'

type Missing = Facts['missingSettings'][number]

export default defineCheck({
  id: 'env/runtime-variables',
  title: 'what the configuration cannot do without is set',
  why: 'A variable without a default stops the configuration of the framework, and with it everything that the image starts.',
  // It may be a secret: which are set, only Fly.io knows.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['missingSettings', 'flyConfig'],
  uses: ['secrets'],
  *run({missingSettings, flyConfig, secrets: stored}) {
    const failsAt = flyConfig.config.deploy?.release_command ? 'release' : 'boot'
    const env = Object.keys(flyConfig.config.env ?? {}).length > 0 ? [flyConfig.keyAt('env')] : []
    const secrets: Missing[] = []
    for (const missing of missingSettings) {
      const {names, at, elsewhere, beside} = missing
      if (names.some((name) => stored?.names.has(name))) continue
      const isSecret = names.every((name) => hasSecretName(name) || isHalf(name))
      // Some projects set every variable as a secret.
      if (!stored && !elsewhere && (isSecret || !beside)) {
        secrets.push(missing)
        continue
      }
      const [name = ''] = names
      const without = `${at.file} stops without ${names.join(' or ')}`
      yield {
        message: elsewhere
          ? `${without}, which ${elsewhere.file} sets and ${flyConfig.file} does not`
          : `${without}, and neither [env]${beside ? `, which has ${beside},` : ''} nor the image${stored ? ' nor a secret' : ''} sets ${names.length > 1 ? 'one of them' : 'it'}`,
        at,
        related: [...(elsewhere ? [elsewhere] : []), ...env],
        hint: `Add to [env]: ${flyConfig.setting(name, '…')}. If nobody should read it: flyctl secrets set ${name}=…`,
        failsAt,
      }
    }
    const [first, ...others] = secrets
    if (!first) return
    const names = secrets.map((missing) => missing.names[0] as string)
    yield {
      message: `${shown(names)} ${names.length > 1 ? 'have' : 'has'} no default here, and neither [env] nor the image sets ${names.length > 1 ? 'them: they must be secrets' : 'it: it must be a secret'}`,
      at: first.at,
      related: others.map(({at}) => at),
      hint: `Once, before the deploy: flyctl secrets set ${names.map((name) => `${name}=…`).join(' ')}`,
      severity: 'info',
      failsAt,
    }
  },
})

/** What is set together with a secret: who logs in with it. */
const isHalf = (name: string): boolean =>
  /_(?:ID|SID|USER|USERNAME|LOGIN|EMAIL|FROM|ACCOUNT)$|(?:^|_)CLIENT_/.test(name)

const most = 4
const shown = (names: readonly string[]): string =>
  names.length > most
    ? `${names.slice(0, most).join(', ')} and ${names.length - most} more`
    : [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ')
