import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/nginx-pass',
  title: 'nginx hands requests on to where something listens',
  why: 'Where nothing listens nginx answers 502 in the place of the app: to every request that is handed on.',
  severity: 'error',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['deadPasses'],
  uses: ['buildsElse'],
  *run({deadPasses, buildsElse}) {
    for (const {directive, address, at, by, fpm, isForAll, certain} of deadPasses) {
      const isPhp = directive === 'fastcgi_pass'
      const [listens = ''] = fpm?.listens ?? []
      const right = listens.startsWith('/')
        ? `unix:${listens}`
        : /^\d+$/.test(listens)
          ? `127.0.0.1:${listens}`
          : listens
      const told = isPhp && fpm ? `PHP-FPM listens on ${fpm.listens.join(' and ')}` : `${by} starts nothing that does`
      yield {
        message: `${directive} hands requests on to ${address}, where nothing of the machine listens: ${told}`,
        at,
        related: fpm?.at ? [fpm.at] : [],
        hint: isPhp
          ? fpm
            ? `Make them the same: ${directive} ${right};`
            : 'Start PHP-FPM beside nginx, in one machine.'
          : `Start the app beside nginx in one machine, or name the app that has it: ${directive} http://APP_NAME.internal:PORT;`,
        // Others may be left from elsewhere, and not be asked for.
        ...((!isForAll || !certain || buildsElse) && {severity: 'warning'}),
        ...(!isForAll && {failsAt: 'runtime'}),
      }
    }
  },
})
