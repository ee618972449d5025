import check from '../../../checks/image/nginx-pass.ts'
import {testCheck} from '../../harness.ts'

type Files = Record<string, string>
const alpine = 'FROM php:8.3-fpm-alpine\nRUN apk add --no-cache nginx supervisor\n'
const programs = (...commands: string[]) =>
  `[supervisord]\nnodaemon=true\n${commands.map((each, index) => `[program:p${index}]\ncommand=${each}\n`).join('')}`
const project = (lines: string, files: Files = {}, base = alpine, more = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    Dockerfile: `${base}COPY nginx.conf /etc/nginx/nginx.conf\n${more}COPY s.conf /etc/supervisord.conf\nCMD ["supervisord", "-c", "/etc/supervisord.conf"]\n`,
    'nginx.conf': `events {}\nhttp {\n  server {\n    listen 8080;\n    ${lines}\n  }\n}\n`,
    's.conf': programs('php-fpm -F', 'nginx -g "daemon off;"', 'php /srv/artisan queue:work'),
    ...files,
  },
})
const php = (address: string) => `location ~ \\.php$ { fastcgi_pass ${address}; }`
const told = (severity: string, where: string, name: string, address: string, end: string) => [
  `${severity} nginx.conf:${where} ${name} hands requests on to ${address}, where nothing of the machine listens: ${end}`,
]
const fpm = (address: string, listens: string) =>
  told('error', '5:25', 'fastcgi_pass', address, `PHP-FPM listens on ${listens}`)
const nothing = 'CMD starts nothing that does'
const socket = {'www.conf': '[www]\nlisten = /var/run/php/fpm.sock\n'}
const pool = 'COPY www.conf /usr/local/etc/php-fpm.d/www.conf\n'
const last = 'COPY www.conf /usr/local/etc/php-fpm.d/zzz.conf\n'
const python = 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y nginx supervisor\n'
const debian = (run = '') =>
  `FROM debian:12\nRUN apt-get update && apt-get install -y nginx supervisor php8.2-fpm${run}\n`
const ofDebian = {'s.conf': programs('php-fpm8.2 -F', 'nginx -g "daemon off;"')}

testCheck(check, {
  clean: {
    'the port of the image': project(php('127.0.0.1:9000')),
    'by its name': project(php('localhost:9000')),
    'a socket of a www.conf, in images of today': project(php('unix:/run/php/fpm.sock'), socket, alpine, pool),
    'a port, with such a www.conf, in those of before': project(php('127.0.0.1:9000'), socket, alpine, pool),
    'a socket of the last file': project(php('unix:/run/php/fpm.sock'), socket, alpine, last),
    'a RUN changes the pools': project(
      php('unix:/run/fpm.sock'),
      {},
      `${alpine}RUN sed -i 's#listen = .*#listen = /run/fpm.sock#' /usr/local/etc/php-fpm.d/zz-docker.conf\n`,
    ),
    'PHP-FPM has another file': project(php('unix:/run/fpm.sock'), {
      's.conf': programs('php-fpm -F -y /srv/fpm.conf', 'nginx -g "daemon off;"'),
    }),
    'a file of the pools that is not seen': project(
      php('unix:/run/fpm.sock'),
      {},
      alpine,
      'COPY --from=example/pools / /usr/local/etc/\n',
    ),
    'a variable': project('set $to 127.0.0.1:9001; location ~ x { fastcgi_pass $to; }'),
    'another machine': project('location / { proxy_pass http://api.internal:3000; }'),
    'a server of Python': project(
      'location / { proxy_pass http://127.0.0.1:8000; }',
      {'s.conf': programs('gunicorn -b 127.0.0.1:8000 app:app', 'nginx')},
      python,
    ),
    'a program that is not known': project(
      'location / { proxy_pass http://127.0.0.1:8000; }',
      {'s.conf': programs('/srv/server', 'nginx')},
      python,
    ),
    'a server whose port a variable says': project(
      'location / { proxy_pass http://127.0.0.1:3000; }',
      {'s.conf': programs('node server.js', 'nginx')},
      python,
    ),
    'nginx itself': project('location / { proxy_pass http://127.0.0.1:8080/x/; }'),
    'the port of the supervisor': project('location / { proxy_pass http://127.0.0.1:9001; }', {
      's.conf': `[inet_http_server]\nport=127.0.0.1:9001\n${programs('php-fpm -F', 'nginx')}`,
    }),
    'several servers': project(
      'location / { proxy_pass http://app; }\n  }\n  upstream app {\n    server 127.0.0.1:1;\n    server other.internal:80;',
    ),
    'the socket of Debian': project(php('unix:/run/php/php8.2-fpm.sock'), ofDebian, debian()),
    'the link that the service of Debian makes': project(
      php('unix:/run/php/php-fpm.sock'),
      {'start.sh': 'service php8.2-fpm start\nexec nginx -g "daemon off;"\n'},
      debian(),
      'COPY start.sh /start.sh\nENTRYPOINT ["sh", "/start.sh"]\n',
    ),
    'another PHP of Debian': project(php('unix:/run/php/php8.3-fpm.sock'), ofDebian, debian(' php8.3-fpm')),
    'the package of Alpine': project(
      php('127.0.0.1:9000'),
      {'s.conf': programs('php-fpm83 -F', 'nginx')},
      'FROM alpine:3.22\nRUN apk add nginx supervisor php83-fpm\n',
    ),
  },
  flagged: {
    'another port': {...project(php('127.0.0.1:9001')), expect: fpm('127.0.0.1:9001', '9000')},
    'a socket': {...project(php('unix:/run/php/php-fpm.sock')), expect: fpm('/run/php/php-fpm.sock', '9000')},
    'a port, where the last file has a socket': {
      ...project(php('127.0.0.1:9000'), socket, alpine, last),
      expect: fpm('127.0.0.1:9000', '/run/php/fpm.sock'),
    },
    'another name of the socket': {
      ...project(php('unix:/run/php-fpm.sock'), {...socket}, alpine, last),
      expect: fpm('/run/php-fpm.sock', '/run/php/fpm.sock'),
    },
    'the version of another PHP': {
      ...project(php('unix:/run/php/php8.3-fpm.sock'), ofDebian, debian()),
      expect: fpm('/run/php/php8.3-fpm.sock', '/run/php/php8.2-fpm.sock'),
    },
    'a link that no service makes': {
      ...project(php('unix:/var/run/php/php-fpm.sock'), ofDebian, debian()),
      expect: fpm('/var/run/php/php-fpm.sock', '/run/php/php8.2-fpm.sock'),
    },
    'PHP-FPM is not started': {
      ...project(php('127.0.0.1:9000'), {'s.conf': programs('nginx -g "daemon off;"')}),
      expect: told('error', '5:25', 'fastcgi_pass', '127.0.0.1:9000', nothing),
    },
    'the app has another port': {
      ...project(
        'location / { proxy_pass http://127.0.0.1:5000; }',
        {'s.conf': programs('gunicorn -b 127.0.0.1:8000 app:app', 'nginx')},
        python,
      ),
      expect: told('error', '5:18', 'proxy_pass', '127.0.0.1:5000', nothing),
    },
    'behind the name of a group': {
      ...project('location / { proxy_pass http://app; }\n  }\n  upstream app {\n    server 127.0.0.1:5000;'),
      expect: told('error', '5:18', 'proxy_pass', '127.0.0.1:5000', nothing),
    },
    'for something beside the pages': {
      ...project(`${php('127.0.0.1:9000')}\n    location /ws { proxy_pass http://127.0.0.1:6001; }`),
      expect: told('warning', '6:20', 'proxy_pass', '127.0.0.1:6001', nothing),
    },
  },
})
