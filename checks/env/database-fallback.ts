import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/database-fallback',
  title: 'without DATABASE_URL the app does not start',
  why: 'With a default in its place a missing secret is not noticed: the app writes to a file that the next deploy deletes.',
  severity: 'info',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['databaseUrl'],
  uses: ['flyConfig'],
  *run({databaseUrl, flyConfig}) {
    const mounts = flyConfig?.config.mounts?.map(({destination = ''}) => destination) ?? []
    const told = new Set<string>()
    for (const {url, at, from = at} of databaseUrl.fallbacks) {
      const place = `${from.file}:${from.line}`
      // A server that is not there is noticed; a file on a volume is a database that stays.
      if (!url.startsWith('sqlite') || told.has(place)) continue
      // One whose path is not known may be on any volume.
      if (mounts.some((path) => path && (url.endsWith('…') || url.includes(`/${path}/`)))) continue
      told.add(place)
      yield {
        message: `${url} takes the place of DATABASE_URL where that is missing, and the deploy is green all the same`,
        at: from,
        related: [at],
        hint: 'Take the default out, or use it only where FLY_APP_NAME is not set: without the secret the deploy then stops.',
      }
    }
  },
})
