import check from '../../../checks/image/nginx-hosts.ts'
import {testCheck} from '../../harness.ts'

const project = (conf: string, lines = '', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM nginx:1.29-alpine\nCOPY default.conf /etc/nginx/conf.d/default.conf\n${lines}`,
    'default.conf': conf,
    ...more,
  },
})
const pass = (text: string) => `server {\n  location /api/ {\n    ${text}\n  }\n}\n`
const told = (place: string, directive: string, host: string) => [
  `error default.conf:${place} ${directive} names the host ${host}, which no machine on Fly.io knows: nginx stops before it starts ("host not found in upstream")`,
]

testCheck(check, {
  clean: {
    'a text that names it': project(pass("return 200 'use proxy_pass http://backend; please';")),
    'an app of Fly.io': project(pass('proxy_pass http://shop-api.internal:8000/;')),
    'the machine itself': project(pass('proxy_pass http://localhost:8000; fastcgi_pass 127.0.0.1:9000;')),
    'an address of IPv6, and a socket': project(pass('proxy_pass http://[::1]:8000; fastcgi_pass unix:/run/php.sock;')),
    'the private network of the machine': project(pass('proxy_pass http://fly-local-6pn:8000;')),
    'a variable, which is looked up with each request': project(pass('set $to backend; proxy_pass http://$to:8000;')),
    'a variable behind the host': project(pass('resolver [fdaa::3]; proxy_pass http://backend$request_uri;')),
    'a template': project('', 'COPY a.template /etc/nginx/templates/a.conf.template\n', {
      'a.template': pass('proxy_pass http://${BACKEND}:8000;'),
    }),
    'a group of its own': project(
      `upstream api {\n  server shop-api.internal:8000;\n}\n${pass('proxy_pass http://api;')}`,
    ),
    'a group that is looked up later': project(
      `upstream api {\n  zone api 64k;\n  server backend:8000 resolve;\n}\n${pass('proxy_pass http://api;')}`,
    ),
    'a group of a template, whose servers are variables': project(
      '',
      'COPY a.template /etc/nginx/templates/a.conf.template\n',
      {
        'a.template': `upstream api {\n  server ${'${'}API_HOST}:8000;\n}\n${pass('proxy_pass http://api;')}`,
      },
    ),
    'a group in quotes, and in capitals': project(
      `upstream "API" {\n  server shop-api.internal:8000;\n}\n${pass('proxy_pass http://api;')}`,
    ),
    'a RUN in the folder of nginx': project(
      pass('proxy_pass http://backend:8000;'),
      'WORKDIR /etc/nginx\nRUN sed -i s/backend/shop.internal/ conf.d/*\n',
    ),
    'an include in one line with others': project(
      'server { include groups/*.conf; location / { proxy_pass http://backend; } }\n',
    ),
    'a comment': project(pass('# proxy_pass http://backend:8000;')),
    'the block of a server': project('server {\n  server_name backend;\n}\n'),
    'a script before nginx': project(pass('proxy_pass http://backend:8000;'), 'COPY a.sh /docker-entrypoint.d/a.sh\n', {
      'a.sh': 'sed -i s/backend/$HOST/ /etc/nginx/conf.d/default.conf\n',
    }),
    'a script that gives the machine the name': project(
      pass('proxy_pass http://backend:8000;'),
      'COPY a.sh /docker-entrypoint.d/a.sh\n',
      {'a.sh': 'echo 10.0.0.1 backend >> /etc/hosts\n'},
    ),
    'a group in a file that is included': project(
      `include /etc/nginx/groups.conf;\n${pass('proxy_pass http://backend;')}`,
      'COPY groups.conf /etc/nginx/groups.conf\n',
      {'groups.conf': 'upstream backend {\n  server shop-api.internal:8000;\n}\n'},
    ),
    'a RUN that writes its own': project(
      pass('proxy_pass http://backend:8000;'),
      'RUN sed -i s/backend/shop.internal/ /etc/nginx/conf.d/default.conf\n',
    ),
    'a stage before that writes its own': {
      files: {
        ...project(pass('proxy_pass http://backend:8000;')).files,
        Dockerfile:
          'FROM alpine AS conf\nCOPY default.conf /conf/\nRUN sed -i s/backend/shop.internal/ /conf/default.conf\nFROM nginx:1.29-alpine\nCOPY --from=conf /conf/default.conf /etc/nginx/conf.d/default.conf\n',
      },
    },
    'another command': project(pass('proxy_pass http://backend:8000;'), 'CMD ["/start.sh"]\n'),
    'a file of fly.toml in its place': project(pass('proxy_pass http://backend:8000;'), '', {
      'fly.toml':
        'app = "shop"\n\n[[files]]\nguest_path = "/etc/nginx/conf.d/default.conf"\nlocal_path = "other.conf"\n',
      'other.conf': '',
    }),
    'a file that nginx does not read': project('server {\n}\n', 'COPY b.conf /srv/b.conf\n', {
      'b.conf': pass('proxy_pass http://backend:8000;'),
    }),
  },
  flagged: {
    'a name of docker compose': {
      ...project(pass('proxy_pass http://backend:8000/api/;')),
      expect: told('3:5', 'proxy_pass', 'backend'),
    },
    'without a port, and once for several': {
      ...project(pass('proxy_pass http://backend; proxy_pass http://backend/x;')),
      expect: told('3:5', 'proxy_pass', 'backend'),
    },
    'beside parameters that are included': {
      ...project(pass('include fastcgi_params; fastcgi_pass app:9000;')),
      expect: told('3:29', 'fastcgi_pass', 'app'),
    },
    'of PHP': {...project(pass('fastcgi_pass app:9000;')), expect: told('3:5', 'fastcgi_pass', 'app')},
    'in a group': {
      ...project(`upstream api {\n  server backend:8000 weight=2;\n}\n${pass('proxy_pass http://api;')}`),
      expect: told('2:3', 'server', 'backend'),
    },
  },
})
