import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/nginx-folder',
  title: 'nginx looks for its servers where the image has them',
  why: 'The nginx of Alpine’s own package takes servers from another folder than the image of nginx: it does not serve the app.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['misplacedServers'],
  uses: ['buildsElse'],
  *run({misplacedServers, buildsElse}) {
    for (const {path, at, by, stops, certain} of misplacedServers) {
      const then = stops
        ? 'reads conf.d outside of http, where no server may be, and stops ("server" directive is not allowed here)'
        : 'takes its servers from /etc/nginx/http.d, and leaves this one out'
      yield {
        message: `${by} starts nginx, and the image has this server in ${path}: the nginx of Alpine's package ${then}`,
        at,
        hint: `Copy it to ${path.replace('/conf.d/', '/http.d/')}`,
        ...((!stops || !certain || buildsElse) && {severity: 'warning'}),
        ...((!stops || !certain) && {failsAt: 'health'}),
      }
    }
  },
})
