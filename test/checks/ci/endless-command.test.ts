import check from '../../../checks/ci/endless-command.ts'
import {testCheck} from '../../harness.ts'
import {workflow} from './workflows.ts'

const run = (...lines: string[]) => workflow({run: `|\n${lines.map((line) => `          ${line}\n`).join('')}`})

testCheck(check, {
  clean: {
    'in the background': run('flyctl proxy 5434:5432 -a shop-db &', 'npx prisma migrate deploy', 'flyctl deploy'),
    'for a while': run('timeout 60 flyctl proxy 5434:5432 -a shop-db || true', 'flyctl deploy'),
    'in the background of a shell': run('(flyctl proxy 5434:5432 -a shop-db) &', 'flyctl deploy'),
    'by nohup': run('nohup flyctl proxy 5434:5432 -a shop-db > proxy.log 2>&1 &', 'flyctl deploy'),
  },
  flagged: {
    'in the foreground': {
      ...run('flyctl proxy 5434:5432 -a shop-db', 'npx prisma migrate deploy', 'flyctl deploy'),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 flyctl proxy does not end by itself: the job deploy waits here until GitHub ends it after some hours',
      ],
    },
    'of a database': {
      ...run('flyctl mpg proxy shop-db', 'flyctl deploy'),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 flyctl mpg proxy does not end by itself: the job deploy waits here until GitHub ends it after some hours',
      ],
    },
  },
})
