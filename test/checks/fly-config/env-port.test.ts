import envPort from '../../../checks/fly-config/env-port.ts'
import {testCheck} from '../../harness.ts'

const toml = (port: string, rest: string) => ({files: {'fly.toml': `app = "shop"\n[env]\n  PORT = ${port}\n${rest}`}})
const image = (build: string, start = 'CMD ["node", "server.js"]') => ({
  files: {
    'fly.toml': `app = "shop"\n${http}`,
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\n${build}COPY . .\n${start}\n`,
    'server.js': "require('./server-build/index.js')\n",
  },
})
const http = '[http_service]\n  internal_port = 8080\n'

testCheck(envPort, {
  clean: {
    'the command sets PORT anew': {
      files: {
        'fly.toml': `app = "shop"\n${http}`,
        Dockerfile:
          'FROM node:22-slim\nENV PORT=3000\nWORKDIR /app\nCOPY . .\nCMD ["sh", "-c", "PORT=8080 node server.js"]\n',
        'server.js': '',
      },
    },
    'the command names the port': {
      files: {
        'fly.toml': `app = "shop"\n${http}`,
        Dockerfile:
          'FROM node:22-slim\nENV PORT=3000\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js", "--port", "8080"]\n',
        'server.js': '',
      },
    },
    'the same port': toml('"8080"', http),
    'a number, which becomes a text': toml('8080', http),
    'no PORT': {files: {'fly.toml': `app = "shop"\n${http}`}},
    'no service that could be meant': toml('"3000"', ''),
    'the port of one of two services': toml('"3000"', `${http}[[services]]\n  internal_port = 3000\n`),
    'what is taken without internal_port': toml('"8080"', '[http_service]\n  force_https = true\n'),
    'the port of what the server hands on to': {
      files: {
        ...toml('"3000"', http).files,
        Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ["node", "proxy.js"]\n',
        'proxy.js': "require('node:http').createServer(() => {}).listen(8080, '0.0.0.0')\n",
      },
    },
    'the image says another PORT, and EXPOSE the port of the requests': image('ENV PORT=8081\nEXPOSE 8080\n'),
    'the image says the same PORT': image('ENV PORT=8080\n'),
    '[env] has the last word': {
      files: {...image('ENV PORT=8081\n').files, 'fly.toml': `app = "shop"\n[env]\n  PORT = "8080"\n${http}`},
    },
    'the code of the server does not ask for the PORT of the image': {
      files: {
        ...image('ENV PORT=8081\n').files,
        'server.js': "require('node:http').createServer(() => {}).listen(8080, '0.0.0.0')\n",
      },
    },
    'the Dockerfile exposes both: one server hands on to the other': {
      files: {
        ...toml('"3000"', http).files,
        Dockerfile: 'FROM debian:12\nWORKDIR /app\nCOPY . .\nEXPOSE 8080 3000\nCMD ["./start.sh"]\n',
        'start.sh': '',
      },
    },
    'a text that is no port': toml('"$OTHER"', http),
  },
  skipped: {
    'a variable of the server goes before': {
      files: {
        ...image('ENV PORT=3000\n').files,
        'fly.toml': `app = "shop"\n[env]\n  NITRO_PORT = "8080"\n${http}`,
      },
      reason: 'another variable names that port',
    },
    'a server that does not read PORT': {
      files: {
        ...toml('"3000"', http).files,
        Dockerfile: 'FROM python:3.12-slim\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8080"]\n',
      },
      reason: 'the commands name their ports: image/listen-port',
    },
    'LiteFS hands the requests on': {
      files: {
        ...toml('"3000"', http).files,
        Dockerfile: 'FROM node:22\nENTRYPOINT ["/usr/local/bin/litefs", "mount"]\n',
      },
      reason: 'a proxy takes the requests and hands them on',
    },
    'LiteFS hands on what the image has for the app': {
      ...image('ENV PORT=8081\n', 'CMD ["litefs", "mount"]'),
      reason: 'a proxy takes the requests and hands them on',
    },
    'no internal_port, which is then the mistake': {
      ...toml('"3000"', '[http_service]\nforce_https = true\n'),
      reason: 'internal_port is missing: told by fly-config/internal-port',
    },
  },
  flagged: {
    'another port than internal_port': {
      ...toml('"3000"', http),
      expect: ['warning fly.toml:3:3 PORT is 3000, but requests go to 8080, the internal_port of http_service'],
    },
    'the PORT of the image, with a server that is not seen to listen': {
      ...image('ENV PORT=8081\n'),
      expect: [
        'warning fly.toml:3:3 PORT in the image is 8081, but requests go to 8080, the internal_port of http_service',
      ],
    },
    'told once, with what the image exposes': {
      files: {...toml('"3000"', http).files, Dockerfile: 'FROM node:22\nEXPOSE 3000\n'},
      expect: ['warning fly.toml:3:3 PORT is 3000, but requests go to 8080, the internal_port of http_service'],
    },
    'what the command gives to the server': {
      files: {...toml('"3000"', http).files, Dockerfile: 'FROM python:3.12-slim\nCMD gunicorn app:app -b :$PORT\n'},
      expect: ['warning fly.toml:3:3 PORT is 3000, but requests go to 8080, the internal_port of http_service'],
    },
    'another than that of both services': {
      ...toml('3000', `${http}[[services]]\n  internal_port = 9000\n`),
      expect: [
        'warning fly.toml:3:3 PORT is 3000, but requests go to 8080 and 9000, the internal_port of http_service',
      ],
    },
  },
})
