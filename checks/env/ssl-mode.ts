import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/ssl-mode',
  title: 'sslmode is one that Postgres clients know',
  why: 'A client of Postgres refuses a connection whose sslmode it does not know.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['sslModes'],
  *run({sslModes}) {
    for (const {value, by, variable, at} of sslModes) {
      const unless = variable === undefined ? '' : `, unless ${variable} is set`
      yield {
        message: `sslmode is "${value}" in ${by}, which no client of Postgres knows: every connection ends with invalid sslmode value${unless}`,
        at,
        hint: meant(value),
      }
    }
  },
})

const meant = (value: string): string => {
  if (/^(?:false|off|no|disabled?|none|never)$/i.test(value)) return 'Write disable.'
  if (/^verify.*ca$/i.test(value)) return 'Write verify-ca.'
  if (/full$/i.test(value)) return 'Write verify-full.'
  return value.toLowerCase() === 'optional' ? 'Write prefer.' : 'Write require.'
}
