import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/open-basedir',
  title: 'PHP-FPM may open the database of SQLite',
  why: 'open_basedir keeps requests from all files elsewhere, and artisan from none: the deploy is green, and no page works.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['closedDatabases'],
  *run({closedDatabases}) {
    for (const {path, allowed, at, set} of closedDatabases) {
      yield {
        message: `DB_DATABASE is ${path}, and open_basedir lets requests open files below ${allowed.join(', ')} alone: each ends with "open_basedir prohibits opening"`,
        at,
        related: [set],
        hint: `Add the folder to open_basedir in ${set.file}, or mount the volume below ${allowed[0]}, such as at ${allowed[0]}/storage/database.`,
      }
    }
  },
})
