import {defineCheck, inSeries} from '../../src/check.ts'

export default defineCheck({
  id: 'image/rails-names',
  title: 'Rails finds the services and databases that it names',
  why: 'Rails looks up the service of Active Storage, and the databases of the queue and the cache, as it starts in production.',
  // An initializer may name another one.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['lostSettings'],
  *run({lostSettings}) {
    for (const {kind, name, others, at, file} of lostSettings) {
      const has = inSeries(others)
      yield {
        message:
          kind === 'service'
            ? `${file.file} has no service ${name}, but ${has}: Rails stops with "Missing configuration for the :${name} Active Storage service"`
            : `${file.file} has no database ${name} in production, but ${has}: Rails stops with "The \`${name}\` database is not configured"`,
        at,
        related: [file],
        hint:
          kind === 'service'
            ? `Add ${name} to ${file.file}, or name one that is there.`
            : `Add ${name} below production in ${file.file} (with migrations_paths: db/${name}_migrate), or let the setting go and keep its tables in the first database.`,
      }
    }
  },
})
