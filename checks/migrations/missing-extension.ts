import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/missing-extension',
  title: 'migrations make the extensions that they use',
  why: 'A new database has no extension: what one brings, a type or a function, does not exist there, though it does on the computer where somebody made it by hand.',
  // Somebody may have made it by hand here, too.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['missingExtensions'],
  *run({missingExtensions}) {
    for (const {extension, use, at, upgrade} of missingExtensions) {
      const quoted = /\W/.test(extension) ? `"${extension}"` : extension
      yield {
        message: `this needs the extension ${extension} (${use}), and nothing in the project makes it: in a new database Postgres does not know it`,
        at,
        related: upgrade ? [upgrade.at] : [],
        hint: `In a migration before, or in this one: CREATE EXTENSION IF NOT EXISTS ${quoted};`,
        ...(!upgrade && {failsAt: 'silent' as const}),
      }
    }
  },
})
