import {defineCheck, type FileLocation} from '../../src/check.ts'

const shown = 4

export default defineCheck({
  id: 'env/required',
  title: 'what the code cannot do without is set in the open',
  why: 'A variable without a default stops the code that reads it: what neither fly.toml nor the image sets must be a secret.',
  // Which secrets are set, only Fly.io knows.
  severity: 'info',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['environment', 'flyConfig'],
  uses: ['image', 'processes', 'secretNames', 'settings', 'secrets'],
  *run({environment, flyConfig, image, processes, secretNames = [], settings, secrets}) {
    // live/required-secrets then tells which are missing.
    if (secrets) return
    const set = new Set([
      ...Object.keys(flyConfig.config.env ?? {}),
      ...(image?.final.env.keys() ?? []),
      ...secretNames.flatMap(({name, by}) => (by === 'command' ? name : [])),
      // Those are held against the secrets themselves.
      ...(settings?.requiredSecrets.map(({name}) => name) ?? []),
    ])
    const missing = new Map<string, FileLocation>()
    for (const {name, required, at} of environment.needed) {
      if (required && !set.has(name) && !processes?.mayAssign(name)) missing.set(name, at)
    }
    const names = [...missing.keys()]
    const [at, ...related] = missing.values()
    if (!at) return
    const some =
      names.length > shown ? `${names.slice(0, shown).join(', ')} and ${names.length - shown} more` : names.join(', ')
    const [must, are] = names.length > 1 ? ['must be secrets', 'are'] : ['must be a secret', 'is']
    yield {
      message: `${some} ${are} read without a default, and neither [env] nor the image sets ${names.length > 1 ? 'them' : 'it'}: ${must}`,
      at,
      related,
      hint: `flyctl secrets set ${names.map((name) => `${name}=…`).join(' ')}`,
    }
  },
})
