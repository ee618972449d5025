import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/composer-packages',
  title: 'what begins with vendor/autoload.php has it in the image',
  why: 'PHP ends where it requires vendor/autoload.php and nothing has brought vendor: no command and no page works.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['absentVendor'],
  uses: ['buildsElse'],
  *run({absentVendor, buildsElse}) {
    for (const {by, command, at, path, ignoredAt, isByHand} of absentVendor) {
      yield {
        message: `${by ? `${by} starts` : 'every request comes to'} ${at.file}, which requires ${path}, and nothing brings it into the image: PHP stops there`,
        at,
        related: [...(ignoredAt ? [ignoredAt] : []), command],
        hint: 'Bring the packages: COPY --from=composer:2 /usr/bin/composer /usr/bin/composer and RUN composer install --no-dev in the last stage, behind the COPY of the project; or COPY --from= the vendor folder of the stage that installs them.',
        // The packages of the computer that deploys may come.
        ...((isByHand || buildsElse) && {severity: 'warning' as const}),
        ...(by === 'release_command' && {failsAt: 'release' as const}),
        ...(by === undefined && {failsAt: 'runtime' as const}),
      }
    }
  },
})
