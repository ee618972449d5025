import check from '../../../checks/image/nginx-files.ts'
import {testCheck} from '../../harness.ts'

const project = (conf: string, lines = '', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM nginx:1.29-alpine\nCOPY default.conf /etc/nginx/conf.d/default.conf\n${lines}`,
    'default.conf': `server {\n  listen 80;\n  ${conf}\n}\n`,
    ...more,
  },
})
const told = (directive: string, path: string, more = '') =>
  `warning default.conf:3:3 ${directive} names ${path}, which is not in the image: nginx stops before it starts${more}`

testCheck(check, {
  clean: {
    'what the image of nginx has': project('include fastcgi_params;'),
    'a pattern, which may find nothing': project('include /etc/nginx/extra/*.conf;'),
    'a file that is copied': project('include headers.conf;', 'COPY headers.conf /etc/nginx/\n', {'headers.conf': ''}),
    'a folder that is copied': project('include snippets/a.conf;', 'COPY snippets /etc/nginx/snippets\n', {
      'snippets/a.conf': '',
    }),
    'what a template becomes': project(
      'include /etc/nginx/conf.d/server.conf;',
      'COPY server.conf.template /etc/nginx/templates/server.conf.template\n',
      {'server.conf.template': ''},
    ),
    'a path with a variable': project('ssl_certificate /etc/ssl/$ssl_server_name.pem;'),
    'a comment': project('# include proxy_params;'),
    'a RUN that makes a certificate': project(
      'ssl_certificate /etc/nginx/certs/a.pem;',
      'RUN openssl req -x509 -out /etc/nginx/certs/a.pem\n',
    ),
    'a script before nginx': project(
      'ssl_certificate /etc/nginx/certs/a.pem;',
      'COPY a.sh /docker-entrypoint.d/a.sh\n',
      {'a.sh': 'echo "$CERT" > /etc/nginx/certs/a.pem\n'},
    ),
    'a file of fly.toml': project('ssl_certificate /certs/a.pem;', '', {
      'fly.toml': 'app = "shop"\n\n[[files]]\nguest_path = "/certs/a.pem"\nsecret_name = "CERT"\n',
    }),
    'another command': project('include proxy_params;', 'CMD ["/start.sh"]\n'),
    'another image': {
      files: {
        ...project('include proxy_params;').files,
        Dockerfile:
          'FROM debian\nRUN apt-get update && apt-get install -y nginx\nCOPY default.conf /etc/nginx/conf.d/\n',
      },
    },
    'a file of conf.d that nginx.conf leaves out': project(
      'include proxy_params;',
      'COPY nginx.conf /etc/nginx/nginx.conf\n',
      {'nginx.conf': 'events {}\nhttp { server { listen 80; } }\n'},
    ),
  },
  flagged: {
    'what Debian has': {
      ...project('include proxy_params;'),
      expect: [
        told('include', '/etc/nginx/proxy_params', ' (the package of Debian has it, and not the image of nginx)'),
      ],
    },
    'a certificate of certbot': {
      ...project('ssl_certificate /etc/letsencrypt/live/shop/fullchain.pem;'),
      expect: [told('ssl_certificate', '/etc/letsencrypt/live/shop/fullchain.pem')],
    },
    'a template that is not copied': {
      ...project('', 'COPY nginx.conf /etc/nginx/nginx.conf\n', {
        'nginx.conf': 'events {}\nhttp {\n  include /etc/nginx/conf.d/server.conf;\n}\n',
        'server.conf.template': '',
      }),
      expect: [
        'warning nginx.conf:3:3 include names /etc/nginx/conf.d/server.conf, which is not in the image: nginx stops before it starts',
      ],
    },
  },
})
