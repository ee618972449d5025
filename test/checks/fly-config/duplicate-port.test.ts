import duplicatePort from '../../../checks/fly-config/duplicate-port.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const services = (keys: string, ports: number[]) =>
  toml(`[[services]]\n${keys}\n${ports.map((port) => `[[services.ports]]\nport = ${port}\n`).join('')}`)

testCheck(duplicatePort, {
  clean: {
    'of a group that does not exist': {
      files: {
        'fly.toml':
          'app = "shop"\n[processes]\n  worker = "work"\n[http_service]\n  internal_port = 8000\n  processes = ["app"]\n[[services]]\n  internal_port = 8001\n  protocol = "tcp"\n  processes = ["app"]\n  [[services.ports]]\n    port = 443\n    handlers = ["tls", "http"]\n',
      },
    },
    'one service with two ports': services('internal_port = 80', [80, 443]),
    'TCP and UDP on one port, as DNS has them': toml(
      '[[services]]\nprotocol = "tcp"\ninternal_port = 53\n[[services.ports]]\nport = 53\n' +
        '[[services]]\nprotocol = "udp"\ninternal_port = 53\n[[services.ports]]\nport = 53\n',
    ),
    '[http_service] and another port of another program': toml(
      '[http_service]\ninternal_port = 8080\n[[services]]\nprotocol = "tcp"\ninternal_port = 9090\n[[services.ports]]\nport = 9090\n',
    ),
    'the same internal_port in groups that share no machine': toml(
      '[processes]\nweb = "x"\nadmin = "y"\n[http_service]\ninternal_port = 8080\nprocesses = ["web"]\n' +
        '[[services]]\ninternal_port = 8080\nprocesses = ["admin"]\n[[services.ports]]\nport = 8443\n',
    ),
    'ranges side by side': toml(
      '[[services]]\ninternal_port = 1\n[[services.ports]]\nstart_port = 10000\nend_port = 10009\n' +
        '[[services]]\ninternal_port = 2\n[[services.ports]]\nstart_port = 10010\nend_port = 10019\n',
    ),
  },
  flagged: {
    'a second service for the checks of the first': {
      ...toml(
        '[http_service]\ninternal_port = 8080\n[[services]]\nprotocol = "tcp"\ninternal_port = 8080\n' +
          '[[services.ports]]\nport = 443\n[[services.http_checks]]\npath = "/health"\n',
      ),
      expect: [
        'warning fly.toml:5:1 http_service and services[0] both have internal_port 8080: Fly.io keeps only one of them, and health checks of the other can fail',
      ],
    },
    'without checks, and without ports': {
      ...toml('[http_service]\ninternal_port = 8080\n[[services]]\ninternal_port = 8080\n'),
      expect: [
        'warning fly.toml:4:1 http_service and services[0] both have internal_port 8080: Fly.io keeps only one of them',
      ],
    },
    'two programs of one machine behind one port': {
      ...toml(
        '[http_service]\ninternal_port = 8080\n[[services]]\ninternal_port = 9090\n[[services.ports]]\nport = 80\n[[services.ports]]\nport = 443\n',
      ),
      expect: [
        'warning fly.toml:5:3 http_service and services[0] both have ports 80 and 443: a request reaches only one of them',
      ],
    },
    'two groups behind one port': {
      ...toml(
        '[processes]\nweb = "x"\napi = "y"\n' +
          '[[services]]\ninternal_port = 3000\nprocesses = ["web"]\n[[services.ports]]\nport = 443\n' +
          '[[services]]\ninternal_port = 4000\nprocesses = ["api"]\n[[services.ports]]\nport = 443\n',
      ),
      expect: [
        'warning fly.toml:12:3 services[0] (web) and services[1] (api) both have port 443: Fly.io spreads the requests over the machines of both',
      ],
    },
    'ranges that overlap': {
      ...toml(
        '[[services]]\ninternal_port = 1\n[[services.ports]]\nstart_port = 10000\nend_port = 10009\n' +
          '[[services]]\ninternal_port = 2\n[[services.ports]]\nstart_port = 10005\nend_port = 10019\n',
      ),
      expect: [
        'warning fly.toml:8:3 services[0] and services[1] both have ports 10005 to 10009: a request reaches only one of them',
      ],
    },
    'three of a kind: each is told once': {
      ...toml('[[services]]\ninternal_port = 1\n[[services]]\ninternal_port = 1\n[[services]]\ninternal_port = 1\n'),
      expect: [
        'warning fly.toml:4:1 services[0] and services[1] both have internal_port 1: Fly.io keeps only one of them',
        'warning fly.toml:6:1 services[0] and services[2] both have internal_port 1: Fly.io keeps only one of them',
      ],
    },
    'twice in one service': {
      ...services('internal_port = 80', [80, 80]),
      expect: ['warning fly.toml:5:3 port 80 stands twice in services[0]: only one of the two can take its traffic'],
    },
  },
})
