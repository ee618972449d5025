import check from '../../../checks/image/server-user.ts'
import {testCheck} from '../../harness.ts'

const project = (
  base: string,
  user: string,
  {run = '', command = 'CMD ["nginx", "-g", "daemon off;"]', to = 'nginx.conf'} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\n${run}COPY nginx.conf /etc/nginx/${to}\n${command}\n`,
    'nginx.conf': `# user root;\nuser ${user};\nevents {}\n`,
  },
})
const debian = 'RUN apt-get update && apt-get install -y nginx\n'
const says = (name: string, base: string) =>
  `nginx looks for the user ${name}, whom neither ${base} nor a RUN makes: it ends with getpwnam("${name}") failed`
const supervised = (base: string, user: string, run = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\n${run}COPY supervisord.conf /etc/supervisord.conf\nCMD ["supervisord", "-n", "-c", "/etc/supervisord.conf"]\n`,
    'supervisord.conf': `[supervisord]\nuser=root\n[program:web]\ncommand=python main.py\nuser=${user} ; not root\n`,
  },
})

testCheck(check, {
  clean: {
    'that of Debian': project('python:3.13-slim', 'www-data www-data', {run: debian}),
    'that of the image nginx': project('nginx:1.29-alpine', 'nginx', {command: ''}),
    'that of Alpine': project('alpine:3.22', 'nginx', {run: 'RUN apk add --no-cache nginx\n'}),
    'that of the image php': project('php:8.4-fpm-alpine', 'www-data', {run: 'RUN apk add nginx\n'}),
    'one that is made': project('python:3.13-slim', 'nginx', {run: `${debian}RUN useradd -r nginx\n`}),
    'the packages of nginx.org': project('debian:trixie-slim', 'nginx', {
      run: 'RUN echo "deb https://nginx.org/packages/debian trixie nginx" > /etc/apt/sources.list.d/nginx.list && apt-get update && apt-get install -y nginx\n',
    }),
    'a base image that is not known': project('shop/base', 'app'),
    'as another user': project('python:3.13-slim', 'nginx', {run: debian, command: 'USER www-data\nCMD ["nginx"]'}),
    'a step writes the line anew': project('python:3.13-slim', 'nginx', {
      run: debian,
      command: 'RUN sed -i s/nginx/www-data/ /etc/nginx/nginx.conf\nCMD ["nginx"]',
    }),
    'written into the list of users': project('python:3.13-slim', 'nginx', {
      run: `${debian}RUN echo "nginx:x:101:101::/:/bin/false" >> /etc/passwd\n`,
    }),
    'the packages of nginx.org, by a file': project('debian:trixie-slim', 'nginx', {
      run: `COPY nginx.list /etc/apt/sources.list.d/\n${debian}`,
    }),
    'a command that says the user, or reads another file': project('python:3.13-slim', 'nginx', {
      run: debian,
      command: 'CMD ["nginx", "-g", "user www-data; daemon off;"]',
    }),
    'another file is read': project('python:3.13-slim', 'nginx', {
      run: debian,
      command: 'CMD ["nginx", "-c", "/app/web.conf"]',
    }),
    'a script makes it first': {
      files: {
        ...project('python:3.13-slim', 'nginx', {run: `${debian}COPY start.sh /\n`, command: 'CMD ["/start.sh"]'})
          .files,
        'start.sh': '#!/bin/sh\nadduser --system --group nginx\nexec nginx\n',
      },
    },
    'a package of a name like it': supervised('python:3.13-slim', 'debian-tor', 'RUN apt-get install -y tor\n'),
    'packages that are not named': supervised('python:3.13-slim', 'redis', 'RUN apt-get install -y $(cat packages)\n'),
    'a user of supervisord that is made': supervised('python:3.13-slim', 'app', 'RUN useradd app\n'),
  },
  flagged: {
    'that of other packages': {
      ...project('python:3.13-slim', 'nginx', {run: debian}),
      expect: [`error nginx.conf:2:1 ${says('nginx', 'python:3.13-slim')}`],
    },
    'that of Debian on Alpine': {
      ...project('nginx:1.29-alpine', 'www-data', {command: ''}),
      expect: [`error nginx.conf:2:1 ${says('www-data', 'nginx:1.29-alpine')}`],
    },
    'another program starts it: a warning': {
      ...project('python:3.13-slim', 'nginx', {
        run: debian,
        command: 'CMD ["python", "main.py"]',
        to: 'nginx-simple.conf',
      }),
      expect: [`warning nginx.conf:2:1 ${says('nginx', 'python:3.13-slim')}`],
    },
    'of a program of supervisord': {
      ...supervised('python:3.13-slim', 'app'),
      expect: [
        'error supervisord.conf:5:1 supervisord looks for the user app, whom neither python:3.13-slim nor a RUN makes: it ends with Invalid user name app',
      ],
    },
  },
})
