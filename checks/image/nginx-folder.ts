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
    for (const {path, at, by, distribution, main, isAll, stops, certain} of misplacedServers) {
      const [package_, folders, folder] = {
        alpine: ["Alpine's package", '/etc/nginx/http.d', '/etc/nginx/http.d/'] as const,
        debian: ["Debian's package", '/etc/nginx/conf.d and sites-enabled', '/etc/nginx/conf.d/'] as const,
      }[distribution]
      const then = stops
        ? 'reads conf.d outside of http, where no server may be, and stops ("server" directive is not allowed here)'
        : `takes its servers from ${folders}, and leaves this one out`
      const name = path.slice(path.lastIndexOf('/') + 1).replace(/(?:\.conf)?$/, '.conf')
      yield {
        message: `${by} starts nginx, and the image has this server in ${path}: ${main ? 'the nginx.conf of the project does not include it' : `the nginx of ${package_} ${then}`}`,
        at,
        related: main ? [main] : [],
        hint: main
          ? `Include it in http { … }: include ${path};`
          : `Copy it to ${isAll ? '/etc/nginx/nginx.conf' : `${folder}${name}`}`,
        ...((!stops || !certain || buildsElse) && {severity: 'warning'}),
        ...((!stops || !certain) && {failsAt: 'health'}),
      }
    }
  },
})
