import internalPort from '../../../checks/fly-config/internal-port.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(internalPort, {
  clean: {
    'it is there': toml('[http_service]\ninternal_port = 3000\n'),
    'as text, which flyctl turns into a number': toml(
      '[[services]]\ninternal_port = "80"\n[[services.ports]]\nport = 80\n',
    ),
    'the highest port': toml('[http_service]\ninternal_port = 65535\n'),
    'it is missing, and the image exposes what is then taken': {
      files: {'fly.toml': '[http_service]\nforce_https = true\n', Dockerfile: 'FROM nginx\nEXPOSE 8080\n'},
    },
    'it is missing, and PORT is what is then taken': toml('[env]\nPORT = 8080\n[http_service]\nforce_https = true\n'),
    'a service without traffic': toml('[services.concurrency]\nhard_limit = 500\n'),
  },
  flagged: {
    'it is missing': {
      ...toml('[http_service]\nforce_https = true\n'),
      expect: ['info fly.toml:1:2 http_service has no internal_port, so its requests go to port 8080'],
    },
    'flyctl leaves out a 0': {
      ...toml('[http_service]\ninternal_port = 0\n'),
      expect: ['info fly.toml:2:1 http_service has no internal_port, so its requests go to port 8080'],
    },
    'it is missing, and the image exposes another': {
      files: {'fly.toml': '[http_service]\nforce_https = true\n', Dockerfile: 'FROM node:22\nEXPOSE 3000\n'},
      expect: [
        'warning fly.toml:1:2 http_service has no internal_port, so its requests go to port 8080, but the image exposes 3000',
      ],
    },
    'it is missing, and PORT is another': {
      files: {'fly.toml': '[env]\nPORT = "3000"\n[http_service]\n', Dockerfile: 'FROM node:22\nEXPOSE 8080\n'},
      expect: [
        'warning fly.toml:3:2 http_service has no internal_port, so its requests go to port 8080, but PORT is 3000',
      ],
    },
    'no such port': {
      ...toml('[http_service]\ninternal_port = 80800\n[[services]]\ninternal_port = -1\n'),
      expect: [
        'error fly.toml:2:1 http_service.internal_port is 80800, it must be from 1 to 65535',
        'error fly.toml:4:1 services[0].internal_port is -1, it must be from 1 to 65535',
      ],
    },
  },
})
