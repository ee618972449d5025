import exposedPort from '../../../checks/dockerfile/exposed-port.ts'
import {testCheck} from '../../harness.ts'

const project = (fly: string, Dockerfile: string) => ({files: {'fly.toml': `app = "shop"\n${fly}`, Dockerfile}})
const http = '[http_service]\n  internal_port = 8080\n'

const composed = (service: string) => ({
  files: {
    ...project(http, 'FROM eclipse-temurin:21-jre\nCOPY run.sh /\nEXPOSE 9000\nCMD ["sh", "/run.sh"]\n').files,
    'run.sh': 'exec java -jar /app.jar\n',
    'docker-compose.yml': `services:\n  app:\n    build: .\n${service}`,
  },
})

/** The Dockerfile at the root is that of another app. */
const monorepo = (deploy: string) => ({
  options: {config: 'apps/api/fly.toml'},
  files: {
    'apps/api/fly.toml': 'app = "api"\n[http_service]\n  internal_port = 8080\n',
    'apps/api/Dockerfile': 'FROM debian\nEXPOSE 8080\n',
    Dockerfile: 'FROM debian\nEXPOSE 3000\n',
    '.github/workflows/deploy.yml': `jobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${deploy}\n`,
  },
})

testCheck(exposedPort, {
  clean: {
    'the configuration of nginx listens there': {
      files: {
        'fly.toml': `app = "shop"\n${http}`,
        Dockerfile:
          'FROM nginx:alpine\nCOPY prod.conf /etc/nginx/nginx.conf\nEXPOSE 80\nRUN echo \'nginx &\' > /start.sh\nCMD ["/start.sh"]\n',
        'prod.conf': 'http {\n  server {\n    listen 8080;\n  }\n}\n',
      },
    },
    'the command names the other port': project(
      http,
      'FROM eclipse-temurin:21-jre\nEXPOSE 9000\nENTRYPOINT ["java", "-Dserver.port=8080", "-jar", "/app.jar"]\n',
    ),
    'a compose file finds the app at the other port': composed(
      '    ports:\n      - target: 8080\n        published: 80\n',
    ),
    'a compose file, in short': composed('    ports: ["127.0.0.1:80:8080"]\n'),
    'the same port': project(http, 'FROM debian\nEXPOSE 8080\n'),
    'one of several, with a protocol': project(http, 'FROM debian\nEXPOSE 9090 8080/tcp\n'),
    'in a range': project(http, 'FROM debian\nEXPOSE 8000-8100\n'),
    'a default beside the variable that [env] sets': {
      files: {
        'fly.toml': `app = "shop"\n${http}[env]\n  WEB_PORT = "8080"\n`,
        Dockerfile:
          'FROM debian\nENV WEB_PORT=8000\nCOPY start.sh /start.sh\nEXPOSE ${WEB_PORT}\nENTRYPOINT ["/start.sh"]\n',
        'start.sh':
          '#!/bin/bash\nSTART="uvicorn app:app --port ${WEB_PORT:-8000}"\nif [ -n "$RELOAD" ]; then START="$START --reload"; fi\nexec $START\n',
      },
    },
    'from a variable that is known': project(http, 'FROM debian\nENV PORT=8080\nEXPOSE ${PORT}\n'),
    'a quoted port of a service, which flyctl reads': project(
      '[[services]]\n  internal_port = "8080"\n',
      'FROM debian\nEXPOSE 8080\n',
    ),
    "the project's own deploy names another Dockerfile for it": monorepo(
      'flyctl deploy --config apps/api/fly.toml --dockerfile apps/api/Dockerfile',
    ),
    '[env] hands the app the port': project(
      `${http}[env]\n  API_PORT = "8080"\n`,
      'FROM debian\nENV API_PORT=3000\nEXPOSE 3000\nCMD ["/app"]\n',
    ),
    'another service gets it': project(`${http}[[services]]\n  internal_port = 5000\n`, 'FROM debian\nEXPOSE 8080\n'),
  },
  flagged: {
    'a compose file that names the port to the app': {
      ...composed('    ports: ["80:8080"]\n    environment:\n      PORT: 8080\n'),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but the image exposes 9000'],
    },
    'one deploy of two takes the Dockerfile of the working directory': {
      ...monorepo(
        'flyctl deploy --config apps/api/fly.toml --dockerfile apps/api/Dockerfile\n      - run: flyctl deploy --config apps/api/fly.toml',
      ),
      expect: ['warning apps/api/fly.toml:3:3 internal_port is 8080, but the image exposes 3000'],
    },
    'the Dockerfile is that of the deploy of another fly.toml': {
      ...monorepo('flyctl deploy --dockerfile apps/api/Dockerfile'),
      expect: ['warning apps/api/fly.toml:3:3 internal_port is 8080, but the image exposes 3000'],
    },
    'the deploy takes the Dockerfile of the working directory': {
      ...monorepo('flyctl deploy --config apps/api/fly.toml'),
      expect: ['warning apps/api/fly.toml:3:3 internal_port is 8080, but the image exposes 3000'],
    },
    'another port': {
      ...project(http, 'FROM debian\nEXPOSE 8000\n'),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but the image exposes 8000'],
    },
    '[env] hands the app the port, and its command names the other one': {
      ...project(`${http}[env]\n  PORT = "8080"\n`, 'FROM debian\nEXPOSE 3000\nCMD ["/app", "--listen", "3000"]\n'),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but the image exposes 3000'],
    },
    'exposed by the stage that the final one is built on': {
      ...project('[[services]]\n  internal_port = 80\n', 'FROM debian AS base\nEXPOSE 3000\nFROM base\n'),
      expect: ['warning fly.toml:3:3 internal_port is 80, but the image exposes 3000'],
    },
  },
  skipped: {
    'each deploy of the project takes an image that another job makes': {
      ...monorepo('flyctl deploy --config apps/api/fly.toml --image ${{ steps.names.outputs.worker }}:1'),
      reason: 'the deploys of the project take an image that is made elsewhere',
    },
    'a command that says more than EXPOSE': {
      ...project(http, 'FROM python:3.12-slim\nEXPOSE 8000\nCMD ["uvicorn", "app:app", "--port", "8080"]\n'),
      reason: 'the commands say where the servers listen: image/listen-port',
    },
    'PORT says the same as EXPOSE': {
      ...project(`[env]\n  PORT = "3000"\n${http}`, 'FROM debian\nEXPOSE 3000\n'),
      reason: 'PORT in [env] is 3000 too: told by fly-config/env-port',
    },
    'LiteFS hands the requests on': {
      ...project(http, 'FROM debian\nEXPOSE 8000\nENTRYPOINT litefs mount\n'),
      reason: 'a proxy takes the requests and hands them on',
    },
    'nothing is exposed': {...project(http, 'FROM debian\n'), reason: 'the image exposes no port'},
    'a variable that is not known': {
      ...project(http, 'FROM debian\nARG P\nEXPOSE $P\n'),
      reason: 'EXPOSE holds a variable that is not known',
    },
    'no service': {...project('', 'FROM debian\nEXPOSE 80\n'), reason: 'no service names an internal_port'},
  },
})
