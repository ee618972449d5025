import check from '../../../checks/image/nginx-folder.ts'
import {testCheck} from '../../harness.ts'

const start = 'CMD ["nginx", "-g", "daemon off;"]\n'
const project = (lines: string, base = 'alpine:3.22', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\n${lines}`,
    'default.conf': '# the shop\nserver {\n  listen 8080;\n}\n',
    ...more,
  },
})
const ofDebian = 'RUN apt-get update && apt-get install -y nginx\n'
const copied = 'RUN apk add --no-cache nginx\nCOPY default.conf /etc/nginx/conf.d/default.conf\n'
const told = (kind: string, by: string, end: string) => [
  `${kind} default.conf:2:1 ${by} starts nginx, and the image has this server in /etc/nginx/conf.d/default.conf: the nginx of Alpine's package ${end}`,
]
const stops = 'reads conf.d outside of http, where no server may be, and stops ("server" directive is not allowed here)'
const supervisor = '[supervisord]\nnodaemon=true\n[program:nginx]\ncommand=nginx -g "daemon off;"\n'

testCheck(check, {
  clean: {
    'where it looks for servers': project(`${copied.replace('conf.d', 'http.d')}${start}`),
    'the image of nginx': project(`COPY default.conf /etc/nginx/conf.d/\n${start}`, 'nginx:1.29-alpine'),
    'an older Alpine': project(`${copied}${start}`, 'alpine:3.13'),
    'nginx of Debian': project(
      `RUN apt-get update && apt-get install -y nginx\nCOPY default.conf /etc/nginx/conf.d/\n${start}`,
      'debian:12',
    ),
    'an nginx.conf of its own': project(`${copied}COPY nginx.conf /etc/nginx/nginx.conf\n${start}`, 'alpine:3.22', {
      'nginx.conf': 'events {}\nhttp {\n  include conf.d/*.conf;\n}\n',
    }),
    'a RUN changes nginx.conf': project(`${copied}RUN sed -i s/http.d/conf.d/ /etc/nginx/nginx.conf\n${start}`),
    'a RUN in the folder of nginx': project(`${copied}WORKDIR /etc/nginx\nRUN mv conf.d/* h*/\n${start}`),
    'a link to the folder': project(`${copied}RUN ln -s /etc/nginx/conf.d /etc/nginx/http.d\n${start}`),
    'a script of the build': project(`${copied}COPY setup.sh /\nRUN sh /setup.sh\n${start}`, 'alpine:3.22', {
      'setup.sh': 'cp /a.conf /etc/nginx/nginx.conf\n',
    }),
    'nginx is started with another file': project(`${copied}CMD ["nginx", "-c", "/srv/nginx.conf"]\n`),
    'a script writes it before': project(`${copied}COPY run.sh /\nCMD ["sh", "/run.sh"]\n`, 'alpine:3.22', {
      'run.sh': 'envsubst < /a > /etc/nginx/nginx.conf\nexec nginx -g "daemon off;"\n',
    }),
    'nginx of nginx.org': project(
      `RUN apk add --no-cache -X https://nginx.org/packages/alpine/v3.22/main nginx\nCOPY default.conf /etc/nginx/conf.d/default.conf\n${start}`,
    ),
    'nothing starts nginx': project(`${copied}CMD ["sleep", "infinity"]\n`),
    'parts for the whole program': project(`${copied}${start}`, 'alpine:3.22', {
      'default.conf': 'worker_rlimit_nofile 4096;\n',
    }),
    'what a module is told': project(`${copied}${start}`, 'alpine:3.22', {
      'default.conf': 'stream {\n  server {\n  }\n}\n',
    }),
    'an image of somebody else’s': project(`${copied}${start}`, 'trafex/php-nginx:3-alpine'),
    'a site of Debian': project(`${ofDebian}COPY default.conf /etc/nginx/sites-enabled/shop\n${start}`, 'debian:12'),
    'a site of Debian with a link': project(
      `${ofDebian}COPY default.conf /etc/nginx/sites-available/shop\nRUN ln -s /etc/nginx/sites-available/shop /etc/nginx/sites-enabled/shop\n${start}`,
      'debian:12',
    ),
    'the site that a link of Debian leads to': project(
      `${ofDebian}COPY default.conf /etc/nginx/sites-available/default\n${start}`,
      'debian:12',
    ),
    'beside one that is read': project(
      `${ofDebian}COPY default.conf /etc/nginx/sites-available/shop\nCOPY default.conf /etc/nginx/conf.d/shop.conf\n${start}`,
      'debian:12',
    ),
    'a part that a server may include': project(
      `${ofDebian}COPY default.conf /etc/nginx/snippets/shop.conf\n${start}`,
      'debian:12',
    ),
    'a file of fly.toml': project(`${copied}${start}`, 'alpine:3.22', {
      'fly.toml': 'app = "shop"\n\n[[files]]\nguest_path = "/etc/nginx/nginx.conf"\nlocal_path = "default.conf"\n',
    }),
  },
  flagged: {
    'a site of Debian that no link leads to': {
      ...project(`${ofDebian}COPY default.conf /etc/nginx/sites-available/shop\n${start}`, 'debian:12'),
      expect: [
        "warning default.conf:2:1 CMD starts nginx, and the image has this server in /etc/nginx/sites-available/shop: the nginx of Debian's package takes its servers from /etc/nginx/conf.d and sites-enabled, and leaves this one out",
      ],
    },
    'without the end of the name that conf.d asks for': {
      ...project(`${ofDebian}COPY default.conf /etc/nginx/conf.d/shop\n${start}`, 'ubuntu:24.04'),
      expect: [
        "warning default.conf:2:1 CMD starts nginx, and the image has this server in /etc/nginx/conf.d/shop: the nginx of Debian's package takes its servers from /etc/nginx/conf.d and sites-enabled, and leaves this one out",
      ],
    },
    'a folder of Debian on Alpine': {
      ...project(`RUN apk add nginx\nCOPY default.conf /etc/nginx/sites-enabled/default\n${start}`),
      expect: told('warning', 'CMD', 'takes its servers from /etc/nginx/http.d, and leaves this one out').map((each) =>
        each.replace('conf.d/default.conf', 'sites-enabled/default'),
      ),
    },
    'an nginx.conf of its own that does not include it': {
      ...project(`${copied}COPY nginx.conf /etc/nginx/nginx.conf\n${start}`, 'alpine:3.22', {
        'nginx.conf': 'events {}\nhttp {\n  include http.d/*.conf;\n}\n',
      }),
      expect: [
        'warning default.conf:2:1 CMD starts nginx, and the image has this server in /etc/nginx/conf.d/default.conf: the nginx.conf of the project does not include it',
      ],
    },
    'CMD starts it': {...project(`${copied}${start}`), expect: told('error', 'CMD', stops)},
    'beside PHP': {...project(`${copied}${start}`, 'php:8.3-fpm-alpine'), expect: told('error', 'CMD', stops)},
    'by a supervisor, which starts the others without it': {
      ...project(
        `RUN apk add supervisor\n${copied}COPY s.conf /etc/supervisord.conf\nCMD ["supervisord", "-c", "/etc/supervisord.conf"]\n`,
        'php:8.3-fpm-alpine',
        {'s.conf': supervisor},
      ),
      expect: told('warning', 'CMD', stops),
    },
    'before conf.d was read again': {
      ...project(`${copied}${start}`, 'alpine:3.15'),
      expect: told('warning', 'CMD', 'takes its servers from /etc/nginx/http.d, and leaves this one out'),
    },
  },
})
