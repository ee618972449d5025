import check from '../../../checks/image/nginx-syntax.ts'
import {testCheck} from '../../harness.ts'

const project = (conf: string, target = '/etc/nginx/conf.d/default.conf', lines = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM nginx:1.29-alpine\nCOPY web.conf ${target}\n${lines}`,
    'web.conf': conf,
  },
})
const whole = '/etc/nginx/nginx.conf'
const template = '/etc/nginx/templates/default.conf.template'
const server = 'server {\n  listen 80;\n}\n'
const told = (place: string, message: string) => [`error web.conf:${place} ${message}: nginx stops before it starts`]

testCheck(check, {
  clean: {
    'a server, with quotes, comments, variables and escapes': project(
      'map $http_upgrade $to {\n  default upgrade;\n  "" close;\n  "~^/[a-z]{2}/" x;\n}\n# it\'s } open {\nserver {\n  listen 80;\n' +
        '  location ~ "^/[0-9a-f]{8}$" { return 200 "{\\"a\\": 1};"; }\n  location ~ \\.[a-z]\\{2\\}$ { return 404; }\n' +
        '  set $a ${uri}}x;\n  location /{ add_header X $a#b; try_files $uri /index.html =404; }\n}\n',
    ),
    'a whole configuration': project(`worker_processes 1;\nevents {}\nhttp {\n${server}}\n`, whole),
    'a whole one that includes its parts': project('include /etc/nginx/parts/*.conf;\n', whole),
    'a server that only a variable of a template ends': project('server {\n  listen 80;\n  ${MORE}\n}\n', template),
    'a file of which the whole configuration of the project decides': {
      files: {
        ...project('location / {\n}\n', '/etc/nginx/conf.d/locations.conf', `COPY nginx.conf ${whole}\n`).files,
        'nginx.conf': 'events {}\nhttp {\n  server {\n    include conf.d/*.conf;\n  }\n}\n',
      },
    },
    'one that a RUN writes anew': project(
      'server {\n',
      '/etc/nginx/conf.d/default.conf',
      'RUN echo } >> /etc/nginx/conf.d/default.conf\n',
    ),
    'one that a RUN removes again': project(
      'server {\n',
      '/etc/nginx/conf.d/default.conf',
      'RUN rm /etc/nginx/conf.d/default.conf && chown -R nginx:nginx /var/cache/nginx\n',
    ),
    'a whole configuration whose template fly.toml leads to its place': {
      files: {
        ...project('events {}\nhttp {}\n', '/etc/nginx/templates/nginx.conf.template').files,
        'fly.toml': 'app = "shop"\n[env]\n  NGINX_ENVSUBST_OUTPUT_DIR = "/etc/nginx"\n',
      },
    },
    'a template that nobody fills in, as a shell starts nginx': project(
      'events {}\nhttp {}\n',
      template,
      'CMD nginx -g "daemon off;"\n',
    ),
    'a file that a script of the start changes': {
      files: {
        ...project('server {\n', '/etc/nginx/conf.d/default.conf', 'COPY 15-end.sh /docker-entrypoint.d/\n').files,
        '15-end.sh': 'cd /etc\nprintf "}" >> */conf.d/default.conf\n',
      },
    },
    'a file that only a comment of the whole configuration includes': {
      files: {
        ...project('server {\n', '/etc/nginx/conf.d/old.conf', `COPY nginx.conf ${whole}\n`).files,
        'nginx.conf': 'events {}\nhttp {\n  # include /etc/nginx/conf.d/*.conf;\n}\n',
      },
    },
    'what one block may have more than once, and each block once': project(
      'gzip on;\nmap $a $b {\n  root 1;\n  root 2;\n}\nserver {\n  listen 80;\n  listen [::]:80;\n  root /a;\n  add_header A b;\n' +
        '  add_header C d;\n  location / { root /b; }\n  location = / { root /c; }\n  location ~ / { return 404; }\n' +
        '  location ~ / { return 403; }\n  location /a { root /d; if ($b) { expires 1d; } expires 2d; }\n}\n' +
        'server {\n  listen 81;\n  root /a;\n  location / { root /b; }\n}\n',
    ),
    'what the whole configuration of the project sets instead of that of the image': {
      files: {
        ...project('sendfile on;\n', '/etc/nginx/conf.d/more.conf', `COPY nginx.conf ${whole}\n`).files,
        'nginx.conf': 'worker_processes 1;\nevents {}\nhttp {\n  include /etc/nginx/conf.d/*.conf;\n}\n',
      },
    },
    'a command that sets another directive': {
      files: {
        ...project('daemon off;\nevents {}\nhttp {}\n', whole).files,
        Dockerfile: `FROM debian:12\nRUN apt-get update && apt-get install -y nginx\nCOPY web.conf ${whole}\nCMD ["nginx", "-g", "pid /tmp/nginx.pid;"]\n`,
      },
    },
    'a file that nginx does not read': project('server {\n', '/srv/web.conf'),
    'another image': {
      files: {...project('server {\n').files, Dockerfile: 'FROM alpine\nCOPY web.conf /etc/nginx/conf.d/a.conf\n'},
    },
  },
  flagged: {
    'braces of a pattern': {
      ...project('server {\n  location ~* \\.[0-9a-f]{8,}\\.js$ {\n    expires 1y;\n  }\n}\n'),
      expect: told('2:15', 'nginx takes the brace in this pattern of location for the beginning of a block'),
    },
    'braces of a pattern in a template': {
      ...project('server {\n  rewrite ^/[a-z]{2}/(.*) /$1;\n}\n', template),
      expect: told('2:11', 'nginx takes the brace in this pattern of rewrite for the beginning of a block'),
    },
    'braces of a pattern in a map': {
      ...project('map $uri $to {\n  ~^/[a-z]{2}/ x;\n}\n'),
      expect: told('2:3', 'nginx takes the brace in this pattern of map for the beginning of a block'),
    },
    'beside a RUN that sets owners and rights alone': {
      ...project(
        'server {\n  listen 80\n}\n',
        '/etc/nginx/conf.d/web.conf',
        'RUN rm /etc/nginx/conf.d/default.conf && \\\n    mkdir -p /var/cache/nginx && chown -R nginx:nginx /var/cache/nginx /run\nUSER nginx\n',
      ),
      expect: told('2:3', 'listen is not ended by ;'),
    },
    'a server in the place of the whole configuration': {
      ...project(server, whole),
      expect: told('1:1', '/etc/nginx/nginx.conf has server outside of http ("server" directive is not allowed here)'),
    },
    'a whole configuration in the place of a server': {
      ...project(`events {}\nhttp {\n${server}}\n`),
      expect: told(
        '1:1',
        '/etc/nginx/conf.d/default.conf is read within http, where no events can be ("events" directive is not allowed here)',
      ),
    },
    'a location without its server': {
      ...project('location / {\n  root /srv;\n}\n'),
      expect: told(
        '1:1',
        '/etc/nginx/conf.d/default.conf is read within http, where no location can be ("location" directive is not allowed here)',
      ),
    },
    'no events': {
      ...project(`http {\n${server}}\n`, whole),
      expect: told('1:1', '/etc/nginx/nginx.conf has no events (no "events" section in configuration)'),
    },
    'a block that is not closed': {
      ...project('server {\n  location / {\n    root /srv;\n}\n'),
      expect: told('1:1', 'the block of server is not closed (unexpected end of file, expecting "}")'),
    },
    'a brace too many': {
      ...project(`${server}}\n`),
      expect: told('4:1', 'this brace closes no block (unexpected "}")'),
    },
    'a directive without its end': {
      ...project('server {\n  listen 80\n}\n'),
      expect: told('2:3', 'listen is not ended by ;'),
    },
    'a directive that the command of the image sets, too': {
      ...project('user nginx;\ndaemon off;\nevents {}\nhttp {}\n', whole),
      expect: told(
        '2:1',
        'the command of nginx sets daemon by -g, and /etc/nginx/nginx.conf sets it again ("daemon" directive is duplicate)',
      ),
    },
    'a directive that the command of a package’s nginx sets, too': {
      files: {
        ...project('pid /run/nginx.pid;\nevents {}\nhttp {}\n', whole).files,
        Dockerfile: `FROM debian:12\nRUN apt-get update && apt-get install -y nginx\nCOPY web.conf ${whole}\nCMD ["nginx", "-g", "pid /tmp/nginx.pid; daemon off;"]\n`,
      },
      expect: told(
        '1:1',
        'the command of nginx sets pid by -g, and /etc/nginx/nginx.conf sets it again ("pid" directive is duplicate)',
      ),
    },
    'a directive of http that the image sets there already': {
      ...project('sendfile on;\nserver {\n  listen 80;\n}\n'),
      expect: told(
        '1:1',
        '/etc/nginx/conf.d/default.conf sets sendfile in http, where the image of nginx does so already ("duplicate")',
      ),
    },
    'a directive of http that Debian sets there already': {
      files: {
        ...project('gzip on;\nserver {\n  listen 80;\n}\n').files,
        Dockerfile:
          'FROM debian:12\nRUN apt-get update && apt-get install -y nginx\nCOPY web.conf /etc/nginx/conf.d/default.conf\nCMD ["nginx", "-g", "daemon off;"]\n',
      },
      expect: told(
        '1:1',
        '/etc/nginx/conf.d/default.conf sets gzip in http, where Debian’s nginx.conf does so already ("duplicate")',
      ),
    },
    'a directive twice in one server': {
      ...project('server {\n  listen 80;\n  root /a;\n  client_max_body_size 1m;\n  root /b;\n}\n'),
      expect: told('5:3', 'the same block has root already ("duplicate")'),
    },
    'one path in two locations, of which one is preferred to patterns': {
      ...project('server {\n  location /a { return 404; }\n  location ^~ /a { return 403; }\n}\n'),
      expect: told('3:3', 'the same block has location ^~ /a already ("duplicate")'),
    },
    'a directive twice in a template': {
      ...project('server {\n  listen ${PORT};\n  index a;\n  root ${A};\n  root ${B};\n}\n', template),
      expect: told('5:3', 'the same block has root already ("duplicate")'),
    },
    'a name of two upstreams': {
      ...project('upstream web { server 127.0.0.1:1; }\nupstream web { server 127.0.0.1:2; }\n'),
      expect: told('2:1', 'the same block has upstream web already ("duplicate")'),
    },
  },
})
