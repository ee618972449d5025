import check from '../../../checks/image/command-foreground.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, files: Record<string, string> = {}) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: dockerfile, ...files},
})
const nginx = (command: string, files?: Record<string, string>) =>
  project(`FROM nginx:1.27-alpine\nCOPY . /etc/nginx/conf.d\n${command}\n`, files)
const node = (command: string, files?: Record<string, string>) =>
  project(`FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm install -g pm2\n${command}\n`, files)
/** A release of Elixir. */
const release = (command: string, {deploy = '', files = {}, taken = 'rel/shop', mix = ''} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${deploy}`,
    Dockerfile: `FROM elixir:1.18 AS build\nENV MIX_ENV=prod\nWORKDIR /src\nCOPY . .\nRUN mix release\nFROM debian:bookworm-slim\nWORKDIR /app\nCOPY --from=build /src/_build/prod/${taken} ./\nCMD ${command}\n`,
    'mix.exs': `def project, do: [app: :shop]\n${mix}`,
    ...files,
  },
})
const onDeploy = (command: string) => `[deploy]\nrelease_command = "${command}"\n`
const packaged = 'FROM php:8.3-fpm-alpine\nRUN apk add nginx\nCOPY nginx.conf /etc/nginx/nginx.conf\n'
const line = 'the whole line as the name of one program: in brackets no shell takes it apart'
const ends = 'which goes to the background and ends: the machine has nothing left to run, and stops'

const fastapi = 'from fastapi import FastAPI\n\napp = FastAPI()\n\n@app.get("/")\ndef index():\n    return {}\n\n'
const hono = "import {Hono} from 'hono'\nconst app = new Hono()\napp.get('/', (c) => c.json({}))\nexport default app\n"
/** A program of the project. */
const app = (program: string, file: string, code: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\ninternal_port = 8080\n',
    Dockerfile: `FROM ${{python: 'python:3.13-slim', node: 'node:24-slim', bun: 'oven/bun:1'}[program]}\nWORKDIR /app\nCOPY . .\nCMD ["${program}", "${file}"]\n`,
    [file]: code,
    ...more,
  },
})

/** A script as the command of the app. */
const script = (text: string, more = 'CMD ["sh", "start.sh"]', files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\ninternal_port = 8080\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n${more}\n`,
    'start.sh': text,
    ...files,
  },
})

testCheck(check, {
  clean: {
    'a script that starts a server': script('alembic upgrade head\nuvicorn main:app\n'),
    'a script that starts what it is given': script(
      'alembic upgrade head\nexec "$@"\n',
      'ENTRYPOINT ["./start.sh"]\nCMD ["uvicorn", "main:app"]',
    ),
    'a script that may start more': script('alembic upgrade head\nfor f in /hooks/*; do echo "$f"; done\n'),
    'a script with a program that is not known': script('alembic upgrade head\n./serve\n'),
    'a script that never ends': script('crontab jobs\ntail -f /dev/null\n'),
    'a script of a group without requests': {
      files: {
        ...script('alembic upgrade head\n').files,
        'fly.toml':
          'app = "shop"\n[processes]\napp = "python main.py"\nonce = "sh start.sh"\n[http_service]\ninternal_port = 8080\nprocesses = ["app"]\n',
      },
    },
    'a script for the release': script('alembic upgrade head\n', 'CMD ["python", "main.py"]', {
      'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "sh start.sh"\n[http_service]\ninternal_port = 8080\n',
    }),
    'an app of FastAPI that serves itself': app(
      'python',
      'main.py',
      `${fastapi}if __name__ == "__main__":\n    import uvicorn\n    uvicorn.run(app, host="0.0.0.0", port=8080)\n`,
    ),
    'an app of Flask that another module runs': app(
      'python',
      'main.py',
      'from flask import Flask\nimport serving\napp = Flask(__name__)\n',
      {
        'serving.py': 'def later(app):\n    app.run(port=8080)\n',
      },
    ),
    'a path with a blank between quotation marks': node('CMD "$HOME/my app"'),
    'one word between quotation marks': node('CMD "node" server.js'),
    'words between quotation marks, each by itself': node('CMD "node" "server.js"'),
    'an app of Hono that is served': app('node', 'server.js', `${hono}serve(app)\n`),
    'an app of Hono under Bun': app('bun', 'server.ts', hono),
    'an app of Express that waits for its database': app(
      'node',
      'server.js',
      'const app = express()\nmongoose.connect(process.env.URL).then(() => go(app))\n',
    ),
    'a release that starts': release('["/app/bin/shop", "start"]'),
    'a release behind ENTRYPOINT': release('["start"]\nENTRYPOINT ["bin/shop"]'),
    'a release behind ENTRYPOINT, and a migration': release('["start"]\nENTRYPOINT ["bin/shop"]', {
      deploy: onDeploy('eval Shop.Release.migrate'),
    }),
    'LiteFS mounts, or is asked for its version': project(
      'FROM node:22\nCOPY --from=flyio/litefs:0.5 /usr/local/bin/litefs /usr/local/bin/litefs\nENTRYPOINT ["litefs"]\nCMD ["mount"]\n',
    ),
    'a LiteFS without commands': project(
      'FROM node:22\nCOPY --from=flyio/litefs:0.2 /usr/local/bin/litefs /usr/local/bin/litefs\nCMD ["litefs", "run.sh"]\n',
    ),
    'a release that evaluates': release('["bin/shop", "start"]', {
      deploy: onDeploy('bin/shop eval Shop.Release.migrate'),
    }),
    'a script of the project by that name': release('["bin/shop", "serve"]', {
      files: {'rel/overlays/bin/shop': '#!/bin/sh\n'},
    }),
    'another program of the release': release('["bin/worker", "daemon"]'),
    'a release of Distillery': release('["bin/shop", "foreground"]', {
      mix: 'defp deps, do: [{:distillery, "~> 2.1"}]\n',
    }),
    'a release of Erlang': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'rebar.config': '{relx, [{release, {shop, "0.1.0"}, [shop]}, {extended_start_script, true}]}.\n',
        Dockerfile:
          'FROM erlang:27 AS build\nWORKDIR /src\nCOPY . .\nRUN rebar3 as prod release\nFROM erlang:27-slim\nWORKDIR /app\nCOPY --from=build /src/_build/prod/rel/shop /app\nCMD ["/app/bin/shop", "foreground"]\n',
      },
    },
    'no release': release('["bin/shop", "serve"]', {taken: 'out'}),
    'nginx in the foreground': nginx('CMD ["nginx", "-g", "daemon off;"]'),
    'a line for a shell': nginx("CMD nginx -g 'daemon off;'"),
    'a configuration that keeps it there': nginx('CMD ["nginx"]', {'nginx.conf': 'daemon off;\nevents {}\n'}),
    'a RUN that writes so': nginx('RUN echo "daemon off;" >> /etc/nginx/nginx.conf\nCMD ["nginx"]'),
    'a configuration of another image': project(
      'FROM nginx:1.27-alpine\nCOPY --from=example/settings /etc/nginx /etc/nginx\nCMD ["nginx"]\n',
    ),
    'nginx of a package that its file keeps there': project(`${packaged}CMD ["nginx"]\n`, {
      'nginx.conf': 'daemon off;\nevents {}\n',
    }),
    'a supervisor that its file keeps there': project(
      'FROM python:3.12-slim\nRUN pip install supervisor\nCOPY s.conf /etc/s.conf\nCMD ["supervisord", "-c", "/etc/s.conf"]\n',
      {'s.conf': '[supervisord]\nnodaemon = true\n[program:a]\ncommand=python a.py\n'},
    ),
    'an image that is not known': project('FROM example/web\nCMD ["nginx"]\n'),
    'nginx, and the app behind it': nginx('CMD nginx && node server.js'),
    'a script': nginx('CMD ["./start.sh"]', {'start.sh': '#!/bin/sh\nnginx\nwait\n'}),
    'pm2-runtime': node('CMD ["pm2-runtime", "start", "app.js"]'),
    'pm2 that stays': node('CMD ["pm2", "start", "app.js", "--no-daemon"]'),
    'pm2, and its logs': node('CMD pm2 start app.js && pm2 logs'),
    'a release command': {
      files: {
        ...nginx('CMD ["nginx", "-g", "daemon off;"]').files,
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "service cron start"\n',
      },
    },
    'a shell that takes a line': project('FROM node:22-slim\nENTRYPOINT ["sh", "-c"]\nCMD ["node server.js"]\n'),
    'a script that takes a line': project(
      'FROM node:22-slim\nCOPY run.sh /\nENTRYPOINT ["/run.sh"]\nCMD ["node server.js"]\n',
      {'run.sh': '#!/bin/sh\neval "$1"\n'},
    ),
    'supervisord whose file echo writes': project(
      'FROM python:3.12-slim\nRUN pip install supervisor\nRUN echo \'[supervisord]\' > /etc/s.conf && \\\n    echo \'nodaemon=true\' >> /etc/s.conf\nCMD ["supervisord", "-c", "/etc/s.conf"]\n',
    ),
    'supervisord whose file printf writes': project(
      'FROM python:3.12-slim\nRUN pip install supervisor\nRUN printf "[supervisord]\\nnodaemon=true\\n" > /etc/s.conf\nCMD ["supervisord", "-c", "/etc/s.conf"]\n',
    ),
    'supervisord by letters together': project(
      'FROM python:3.12-slim\nRUN pip install supervisor\nCOPY s.conf /etc/s.conf\nCMD ["supervisord", "-nc", "/etc/s.conf"]\n',
      {'s.conf': '[supervisord]\n'},
    ),
    'supervisord that stays': project(
      'FROM debian:12\nRUN apt-get update && apt-get install -y supervisor\nCOPY s.conf /etc/\nCMD ["supervisord", "-c", "/etc/s.conf"]\n',
      {'s.conf': '[supervisord]\nnodaemon=true\n'},
    ),
    'cron that stays': project('FROM debian:12\nRUN apt-get update && apt-get install -y cron\nCMD ["cron", "-f"]\n'),
  },
  flagged: {
    'a script that only migrates': {
      ...script('#!/bin/sh\nset -e\necho Migrating\nalembic upgrade head\n'),
      expect: [
        'warning Dockerfile:4:1 CMD starts sh start.sh, which ends with alembic upgrade head and starts nothing that stays: the machine stops, and nobody takes the requests',
      ],
    },
    'a script behind an entry that hands on': {
      ...script(
        'if [ "$FLY_PROCESS_GROUP" = cron ]; then\n  crontab jobs\nfi\n',
        'ENTRYPOINT ["./entry.sh"]\nCMD ["./start.sh"]',
        {
          'entry.sh': '#!/bin/sh\nmkdir -p /data\nexec "$@"\n',
        },
      ),
      expect: [
        'warning Dockerfile:5:1 CMD starts ./start.sh, which ends with crontab jobs and starts nothing that stays: the machine stops, and nobody takes the requests',
      ],
    },
    'a line between quotation marks': {
      ...node('CMD "node server.js --port $PORT"'),
      expect: [
        'error Dockerfile:5:1 CMD starts “node server.js --port $PORT”, the whole line as the name of one program: a shell takes what stands between quotation marks for one word',
      ],
    },
    'an app of FastAPI that nothing serves': {
      ...app('python', 'main.py', fastapi),
      expect: [
        'warning Dockerfile:4:1 CMD starts python main.py, which makes an app of FastAPI and hands it to no server: it comes to its end at once, and the machine stops',
      ],
    },
    'an app of Hono that nothing serves': {
      ...app('node', 'server.js', hono),
      expect: [
        'warning Dockerfile:4:1 CMD starts node server.js, which makes an app of Hono and hands it to no server: it comes to its end at once, and the machine stops',
      ],
    },
    'a release in the background': {
      ...release('["/app/bin/shop", "daemon"]'),
      expect: [`error Dockerfile:9:1 CMD starts /app/bin/shop daemon, ${ends}`],
    },
    'a command of Distillery': {
      ...release('["bin/shop", "foreground"]'),
      expect: [
        'error Dockerfile:9:1 CMD starts bin/shop foreground, and the script of a release has no such command: it prints its usage and ends with an error',
      ],
    },
    'a word behind ENTRYPOINT that the release does not know': {
      ...release('["serve"]\nENTRYPOINT ["bin/shop"]'),
      expect: [
        'error Dockerfile:9:1 CMD starts bin/shop serve, and the script of a release has no such command: it prints its usage and ends with an error',
      ],
    },
    'a release behind ENTRYPOINT without a word': {
      ...release('[]\nENTRYPOINT ["bin/shop"]'),
      expect: [
        'error Dockerfile:10:1 ENTRYPOINT starts bin/shop, and the script of a release has no such command: it prints its usage and ends with an error',
      ],
    },
    'LiteFS with the script that it is to start in place of its command': {
      ...project(
        'FROM node:22\nCOPY --from=flyio/litefs:0.5 /usr/local/bin/litefs /usr/local/bin/litefs\nCMD ["litefs", "./start.sh", "mount"]\n',
      ),
      expect: [
        'error Dockerfile:3:1 CMD starts litefs ./start.sh, and LiteFS has no such command: it stops with "unknown command"',
      ],
    },
    'migrations of a system that does not run': {
      ...release('["bin/shop", "start"]', {deploy: onDeploy('/app/bin/shop rpc Shop.Release.migrate')}),
      expect: [
        'error fly.toml:3:1 release_command starts /app/bin/shop rpc, which asks a system that runs already: none does in that machine, and it ends with an error',
      ],
    },
    'nginx of a package, where another file of the project has the setting': {
      ...project(`${packaged}CMD ["nginx"]\n`, {
        'nginx.conf': 'events {}\n',
        'supervisord.conf': '[program:nginx]\ncommand=nginx -g "daemon off;"\n',
      }),
      expect: [`error Dockerfile:4:1 CMD starts nginx, ${ends}`],
    },
    'a supervisor that its file sends to the background': {
      ...project(
        'FROM python:3.12-slim\nRUN pip install supervisor\nCOPY s.conf /etc/s.conf\nCMD ["supervisord", "-c", "/etc/s.conf"]\n',
        {'s.conf': '[supervisord]\nnodaemon=false\n;nodaemon=true\n[program:a]\ncommand=python a.py\n'},
      ),
      expect: [`error Dockerfile:4:1 CMD starts supervisord -c /etc/s.conf, ${ends}`],
    },
    nginx: {...nginx('CMD ["nginx"]'), expect: [`error Dockerfile:3:1 CMD starts nginx, ${ends}`]},
    'nginx by its place': {
      ...nginx('CMD exec /usr/sbin/nginx -c /etc/nginx/nginx.conf'),
      expect: [`error Dockerfile:3:1 CMD starts nginx -c /etc/nginx/nginx.conf, ${ends}`],
    },
    'a group of fly.toml': {
      files: {
        ...node('CMD ["node", "app.js"]').files,
        'fly.toml': 'app = "shop"\n[processes]\napp = "pm2 start app.js"\n',
      },
      expect: [`error fly.toml:3:1 [processes] app starts pm2 start app.js, ${ends}`],
    },
    'a service': {
      ...project('FROM debian:12\nRUN apt-get update && apt-get install -y cron\nCMD service cron start\n'),
      expect: [`error Dockerfile:3:1 CMD starts service cron start, ${ends}`],
    },
    'a line in brackets': {
      ...project('FROM eclipse-temurin:21-jre\nCOPY app.jar .\nENTRYPOINT ["java -jar app.jar"]\n', {'app.jar': ''}),
      expect: [`error Dockerfile:3:1 ENTRYPOINT starts “java -jar app.jar”, ${line}`],
    },
    'a line in brackets as CMD': {
      ...node('CMD ["npm start"]'),
      expect: [`error Dockerfile:5:1 CMD starts “npm start”, ${line}`],
    },
  },
})
