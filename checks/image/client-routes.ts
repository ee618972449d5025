import {defineCheck, type Facts} from '../../src/check.ts'

export default defineCheck({
  id: 'image/client-routes',
  title: 'the web server hands out the page for all of its routes',
  why: 'A route that only the script of the page knows has no file: whoever reloads it, or opens a link to it, gets 404.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['lostRoutes'],
  uses: ['buildsElse'],
  *run({lostRoutes, buildsElse}) {
    if (buildsElse) return
    for (const lost of lostRoutes) {
      const {server, path, router, route, serves, copy, isConfigured, hides} = lost
      if (hides) {
        yield {
          message: `${server} answers ${path}, a route of ${router}, with 403: $uri/ finds the folder of that name, which comes from ${hides} and has no index.html`,
          at: serves,
          related: [route],
          hint: 'Leave $uri/ out: try_files $uri /index.html;',
        }
        continue
      }
      yield {
        message: `${server} has no file for ${path}, a route of ${router}: whoever reloads it, or opens a link to it, gets 404`,
        at: isConfigured ? serves : (copy ?? serves),
        related: isConfigured || !copy ? [route] : [route, serves],
        hint: cureOf(lost),
      }
    }
  },
})

function cureOf({server, folder, isConfigured}: Facts['lostRoutes'][number]): string {
  switch (server) {
    case 'nginx':
      return isConfigured
        ? 'In its server block: location / { try_files $uri $uri/ /index.html; }'
        : `Copy a file to /etc/nginx/conf.d/default.conf: server { listen 80; root ${folder}; location / { try_files $uri $uri/ /index.html; } }`
    case 'caddy':
      return isConfigured
        ? 'Before file_server in the Caddyfile: try_files {path} /index.html'
        : `Copy a file to /etc/caddy/Caddyfile: its site has root * ${folder}, try_files {path} /index.html and file_server.`
    case 'apache':
      return `In httpd.conf: <Directory "${folder}"> FallbackResource /index.html </Directory>`
    case 'http-server':
      return `http-server has no such answer: serve -s ${folder} has.`
    default:
      return `${server} does it with --single.`
  }
}
