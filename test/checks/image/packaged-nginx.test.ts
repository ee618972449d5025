/** The nginx of Debian's and Alpine's package, beside PHP or another program: by the checks that read its configuration. */
import listenAddress from '../../../checks/image/listen-address.ts'
import listenPort from '../../../checks/image/listen-port.ts'
import nginxFiles from '../../../checks/image/nginx-files.ts'
import nginxHosts from '../../../checks/image/nginx-hosts.ts'
import nginxSyntax from '../../../checks/image/nginx-syntax.ts'
import {testCheck} from '../../harness.ts'

type Files = Record<string, string>
const toml = 'app = "shop"\n[http_service]\n  internal_port = 8080\n'
const alpine = 'FROM php:8.3-fpm-alpine\nRUN apk add --no-cache nginx supervisor\n'
const debian = 'FROM php:8.3-fpm\nRUN apt-get update && apt-get install -y nginx supervisor\n'
const supervised = 'COPY supervisord.conf /etc/supervisord.conf\nCMD ["supervisord", "-c", "/etc/supervisord.conf"]\n'
const programs = (...commands: string[]) =>
  `[supervisord]\nnodaemon=true\n${commands.map((each, index) => `[program:p${index}]\ncommand=${each}\n`).join('')}`
const php = programs('php-fpm -F', 'nginx -g "daemon off;"', 'php /srv/artisan queue:work')
const server = (lines: string) => `server {\n  root /srv/public;\n  ${lines}\n}\n`
const whole = (lines: string) => `events {}\nhttp {\n  include mime.types;\n  ${server(lines)}}\n`
const project = (dockerfile: string, files: Files) => ({
  files: {'fly.toml': toml, Dockerfile: dockerfile, 'supervisord.conf': php, ...files},
})
const main = (lines: string, base = alpine, more: Files = {}) =>
  project(`${base}COPY nginx.conf /etc/nginx/nginx.conf\n${supervised}`, {'nginx.conf': whole(lines), ...more})
const site = (lines: string, place: string, base = debian, more: Files = {}, run = '') =>
  project(`${base}${run}COPY site.conf ${place}\n${supervised}`, {'site.conf': server(lines), ...more})

const start = '#!/bin/sh\nset -e\nphp-fpm -D\nexec nginx -g "daemon off;"\n'
const byScript = (script: string, lines: string) =>
  project(`${alpine}COPY nginx.conf /etc/nginx/nginx.conf\nCOPY start.sh /start.sh\nCMD ["sh", "/start.sh"]\n`, {
    'nginx.conf': whole(lines),
    'start.sh': script,
  })
const port = (severity: string, value: number | string) => [
  `${severity} fly.toml:3:3 internal_port is 8080, but CMD starts nginx on port ${value}`,
]

testCheck(listenPort, {
  clean: {
    'the port of the service': main('listen 8080;'),
    'another program has it': main('listen 80;', alpine, {
      'supervisord.conf': programs('gunicorn -b 0.0.0.0:8080 app:app', 'nginx'),
    }),
    'another program may have it': main('listen 80;', alpine, {'supervisord.conf': programs('/srv/server', 'nginx')}),
    'it includes what is not seen': main('listen 80;\n  include /srv/more.conf;'),
    'a RUN changes it': main('listen 80;', `${alpine}RUN sed -i s/80/8080/ /etc/nginx/nginx.conf\n`),
    'a script writes it': byScript('envsubst < /a > /etc/nginx/nginx.conf\nphp-fpm -D\nnginx\n', 'listen 80;'),
    'the site is not the only one': site(
      'listen 80;',
      '/etc/nginx/sites-enabled/default',
      debian,
      {},
      'COPY b.conf /etc/nginx/conf.d/\n',
    ),
    'a variable': main('listen $PORT;'),
    'an nginx of somebody else’s': main('listen 80;', 'FROM trafex/php-nginx\nRUN apk add nginx\n'),
    'nothing starts it': main('listen 80;', alpine, {'supervisord.conf': programs('php-fpm -F')}),
    'a volume over the folder': main('listen 80;', alpine, {
      'fly.toml': `${toml}[mounts]\nsource = "c"\ndestination = "/etc/nginx"\n`,
    }),
    'a server without a port': main('server_name x;'),
    'a file that is put elsewhere by a script of the build': main(
      'listen 80;',
      `${alpine}COPY s.sh /\nRUN sh /s.sh\n`,
      {'s.sh': ''},
    ),
  },
  flagged: {
    'another port': {...main('listen 80;'), expect: port('error', 80)},
    'in a site of Debian': {
      ...site('listen 9090;', '/etc/nginx/sites-enabled/default'),
      expect: port('error', 9090),
    },
    'in the place that a link leads to': {
      ...site('listen 9090;', '/etc/nginx/sites-available/default'),
      expect: port('error', 9090),
    },
    'behind a link of its own': {
      ...site(
        'listen 9090;',
        '/etc/nginx/sites-available/shop',
        debian,
        {},
        'RUN rm /etc/nginx/sites-enabled/default && ln -s /etc/nginx/sites-available/shop /etc/nginx/sites-enabled/\n',
      ),
      expect: port('error', 9090),
    },
    'beside the site of the package': {
      ...site('listen 9090;', '/etc/nginx/conf.d/shop.conf'),
      expect: port('error', '9090 and 80'),
    },
    'of Alpine': {
      ...site('listen 80;', '/etc/nginx/http.d/default.conf', alpine),
      expect: port('error', 80),
    },
    'by a script': {...byScript(start, 'listen 80;'), expect: port('error', 80)},
    'beside a server of Python': {
      ...main('listen 80;', 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y nginx supervisor\n', {
        'supervisord.conf': programs('gunicorn -b 127.0.0.1:8000 app:app', 'nginx -g "daemon off;"'),
      }),
      expect: port('error', '80 and 8000'),
    },
    'with a configuration that the command names': {
      ...project(
        `${alpine}COPY nginx.conf /srv/nginx.conf\nCMD ["nginx", "-c", "/srv/nginx.conf", "-g", "daemon off;"]\n`,
        {
          'nginx.conf': whole('listen 80;'),
        },
      ),
      expect: port('error', 80),
    },
  },
})

/** As flyctl launch makes it for Laravel. */
const launched = (
  lines: string,
  run = 'if [ -d .fly ]; then cp .fly/entrypoint.sh /entrypoint; chmod +x /entrypoint; fi',
) => ({
  files: {
    'fly.toml': toml,
    Dockerfile: `FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y nginx supervisor\nCOPY .fly/nginx/ /etc/nginx/\nCOPY .fly/entrypoint.sh /entrypoint\nCOPY .fly/start-nginx.sh /usr/local/bin/start-nginx\nCOPY .fly/s.conf /etc/supervisor/supervisord.conf\nCOPY . /var/www/html\nWORKDIR /var/www/html\nRUN ${run}\nENTRYPOINT ["/entrypoint"]\n`,
    '.fly/nginx/sites-available/default': server(lines),
    '.fly/entrypoint.sh':
      '#!/bin/sh\nif [ $# -gt 0 ]; then\n  exec "$@"\nelse\n  exec supervisord -c /etc/supervisor/supervisord.conf\nfi\n',
    '.fly/start-nginx.sh': '#!/bin/sh\nsleep 0.25 && exec nginx -g "daemon off;"\n',
    '.fly/s.conf': programs('php-fpm8.1 -F', '/usr/local/bin/start-nginx'),
  },
})
testCheck(listenAddress, {
  clean: {
    'what flyctl launch makes': launched('listen 8080;'),
    'another entrypoint is copied over it': launched('listen 127.0.0.1:8080;', 'cp other.sh /entrypoint'),
    'every address': main('listen 8080;'),
    'IPv6 as well': main('listen 8080;\n  listen [::]:8080;'),
  },
  flagged: {
    'its own machine alone, as flyctl launch starts it': {
      ...launched('listen 127.0.0.1:8080;'),
      expect: [
        'warning .fly/nginx/sites-available/default:3:3 ENTRYPOINT starts nginx on 127.0.0.1, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    'its own machine alone': {
      ...main('listen 127.0.0.1:8080;'),
      expect: [
        'error nginx.conf:6:3 CMD starts nginx on 127.0.0.1, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
  },
})

const hosts = (where: string, name: string, host: string) =>
  `${where} ${name} names the host ${host}, which no machine on Fly.io knows: nginx stops before it starts ("host not found in upstream")`
testCheck(nginxHosts, {
  clean: {
    'the machine itself': main('listen 8080;\n  location ~ x { fastcgi_pass 127.0.0.1:9000; }'),
    'a socket': main('listen 8080;\n  location ~ x { fastcgi_pass unix:/run/php-fpm.sock; }'),
  },
  flagged: {
    'a name of docker compose, under a supervisor': {
      ...main('listen 8080;\n  location ~ x { fastcgi_pass php:9000; }'),
      expect: [hosts('warning nginx.conf:7:18', 'fastcgi_pass', 'php')],
    },
    'a name of docker compose, in what a script ends with': {
      ...byScript(start, 'listen 8080;\n  location ~ x { fastcgi_pass php:9000; }'),
      expect: [hosts('error nginx.conf:7:18', 'fastcgi_pass', 'php')],
    },
  },
})

testCheck(nginxFiles, {
  clean: {
    'a snippet of Debian': main('listen 8080;\n  include snippets/fastcgi-php.conf;', debian),
    'parameters of Alpine': main('listen 8080;\n  include fastcgi.conf;\n  include fastcgi_params;'),
    'a certificate that is made first': byScript(
      'openssl req -x509\nphp-fpm -D\nnginx -g "daemon off;"\n',
      'listen 8080;\n  ssl_certificate /etc/nginx/a.pem;',
    ),
  },
  flagged: {
    'a snippet that Alpine has not': {
      ...main('listen 8080;\n  include snippets/fastcgi-php.conf;'),
      expect: [
        'warning nginx.conf:7:3 include names /etc/nginx/snippets/fastcgi-php.conf, which is not in the image: nginx stops before it starts (the package of Debian has it, and not that of Alpine)',
      ],
    },
    'a file of its own': {
      ...main('listen 8080;\n  include /etc/nginx/shop.conf;', debian),
      expect: [
        'warning nginx.conf:7:3 include names /etc/nginx/shop.conf, which is not in the image: nginx stops before it starts',
      ],
    },
  },
})

testCheck(nginxSyntax, {
  clean: {
    'a part of a server, that the server includes': project(
      `${alpine}COPY nginx.conf /etc/nginx/http.d/default.conf\nCOPY part.conf /etc/nginx/part.conf\n${supervised}`,
      {'nginx.conf': server('listen 8080;\n  include part.conf;'), 'part.conf': 'location /x { return 204; }\n'},
    ),
  },
  flagged: {
    'a whole configuration in the place of a server': {
      ...project(`${alpine}COPY nginx.conf /etc/nginx/http.d/default.conf\n${supervised}`, {
        'nginx.conf': whole('listen 8080;'),
      }),
      expect: [
        'warning nginx.conf:1:1 /etc/nginx/http.d/default.conf is read within http, where no events can be ("events" directive is not allowed here): nginx stops before it starts',
      ],
    },
    'a server in the place of the whole': {
      ...project(`${debian}COPY nginx.conf /etc/nginx/nginx.conf\nCMD ["nginx", "-g", "daemon off;"]\n`, {
        'nginx.conf': server('listen 8080;'),
      }),
      expect: [
        'error nginx.conf:1:1 /etc/nginx/nginx.conf has server outside of http ("server" directive is not allowed here): nginx stops before it starts',
      ],
    },
  },
})
