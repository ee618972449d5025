import check from '../../../checks/image/nginx-root.ts'
import {testCheck} from '../../harness.ts'

const project = (root: string, more = '', run = '', start = 'php-fpm -D\nexec nginx -g "daemon off;"\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    Dockerfile: `FROM php:8.3-fpm-alpine\nRUN apk add --no-cache nginx\nWORKDIR /var/www/html\nCOPY public public\n${run}COPY a.conf /etc/nginx/http.d/default.conf\nCOPY start.sh /start.sh\nCMD ["sh", "/start.sh"]\n`,
    'a.conf': `server {\n  listen 8080;\n  root ${root};\n  ${more}\n}\n`,
    'public/index.php': '<?php\n',
    'start.sh': `set -e\n${start}`,
  },
})
const told = (severity: string, folder: string) => [
  `${severity} a.conf:3:3 CMD starts nginx, which looks for pages in ${folder}: nothing brings such a folder into the image`,
]

testCheck(check, {
  clean: {
    'the folder of the image': project('/var/www/html/public'),
    'a folder of the system': project('/usr/share/nginx/html'),
    'a folder of the base': project('/var/www/html'),
    'all is handed on': project('/app/public', 'location / { proxy_pass http://127.0.0.1:3000; }'),
    'of one location': project('/var/www/html/public', 'location /x { root /srv/letsencrypt; }'),
    'a RUN makes a link': project('/srv/public', '', 'RUN ln -s /var/www/html/public /srv/public\n'),
    'a RUN names the folder': project('/srv/public', '', 'RUN php make.php /srv/public\n'),
    'the start copies it': project('/srv/public', '', '', 'cp -r public /srv/\nphp-fpm -D\nnginx -g "daemon off;"\n'),
    'a stage brings it': project('/srv/public', '', 'COPY --from=example/pages /out /srv/public\n'),
    'a variable': project('/srv/$host'),
    'a volume': {
      files: {
        ...project('/data/public').files,
        'fly.toml':
          'app = "shop"\n[http_service]\n  internal_port = 8080\n[mounts]\n  source = "d"\n  destination = "/data"\n',
      },
    },
  },
  flagged: {
    'another folder has the pages': {...project('/var/www/public'), expect: told('error', '/var/www/public')},
    'of another project': {...project('/app/public'), expect: told('error', '/app/public')},
    'a RUN moves files in another folder': {
      ...project('/app/public', '', 'RUN cp -r /var/www/html/public /var/www/html/web\n'),
      expect: told('warning', '/app/public'),
    },
    'no folder of that name': {...project('/app/web'), expect: told('warning', '/app/web')},
  },
})
