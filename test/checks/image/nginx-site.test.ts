import check from '../../../checks/image/nginx-site.ts'
import {testCheck} from '../../harness.ts'

const install = 'RUN apt-get update && apt-get install -y nginx\n'
const project = (
  lines: string,
  place = '/etc/nginx/conf.d/shop.conf',
  run = install,
  base = 'debian:12',
  port = 80,
) => ({
  files: {
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = ${port}\n`,
    Dockerfile: `FROM ${base}\n${run}COPY shop.conf ${place}\nCMD ["nginx", "-g", "daemon off;"]\n`,
    'shop.conf': `server {\n  ${lines}\n}\n`,
  },
})
const alpine = (lines: string, place = '/etc/nginx/http.d/shop.conf') =>
  project(lines, place, 'RUN apk add nginx\n', 'alpine:3.22')
const twice = (whose: string) => [
  `error shop.conf:2:3 this server and that of ${whose} are both the default server of port 80 (“a duplicate default server”): nginx stops before it starts`,
]
const other = (whose: string, page: string) => [
  `warning shop.conf:2:3 CMD starts nginx, whose default server for port 80 is the one of ${whose}: it answers with ${page}, and not the app`,
]

testCheck(check, {
  clean: {
    'it is removed': project(
      'listen 80 default_server;',
      undefined,
      `${install}RUN rm -f /etc/nginx/sites-enabled/default\n`,
    ),
    'all are removed': project(
      'listen 80 default_server;',
      undefined,
      `${install}RUN rm -rf /etc/nginx/sites-enabled/*\n`,
    ),
    'the app’s lies over it': project('listen 80 default_server;', '/etc/nginx/sites-enabled/default'),
    'over what the link leads to': project('listen 80 default_server;', '/etc/nginx/sites-available/default'),
    'another port': project('listen 8080 default_server;', undefined, undefined, undefined, 8080),
    'a name of its own': project('listen 80;\n  server_name shop.example.com;'),
    'the same folder': project('listen 80;\n  root /var/www/html;'),
    'the app’s lies over that of Alpine': alpine('listen 80 default_server;', '/etc/nginx/http.d/default.conf'),
    'the image of nginx': project('listen 80 default_server;', undefined, '', 'nginx:1.29'),
    'an nginx.conf that includes no sites': project(
      'listen 80 default_server;',
      undefined,
      `${install}COPY shop.conf /etc/nginx/nginx.conf\n`,
    ),
    'nobody asks for port 80': project('listen 80;', undefined, undefined, undefined, 8080),
  },
  flagged: {
    'two defaults': {...project('listen 80 default_server;'), expect: twice("Debian's package")},
    'two defaults of Alpine': {...alpine('listen 80 default_server;'), expect: twice("Alpine's package")},
    'no default': {
      ...project('listen 80;\n  server_name _;'),
      expect: other("Debian's package", 'its page “Welcome to nginx!”'),
    },
    'no default on Alpine': {...alpine('listen 80;'), expect: other("Alpine's package", '404')},
    'a site of Ubuntu beside it': {
      ...project('listen 80;', '/etc/nginx/sites-enabled/shop', install, 'ubuntu:24.04'),
      expect: other("Debian's package", 'its page “Welcome to nginx!”'),
    },
  },
})
