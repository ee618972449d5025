import {expect, it} from 'vitest'
import checkRequest from '../../../checks/fly-config/check-request.ts'
import {checkOne, testCheck} from '../../harness.ts'

const http = (lines: string) => ({
  files: {'fly.toml': `[http_service]\ninternal_port = 80\n[[http_service.checks]]\n${lines}\n`},
})
const top = (lines: string) => ({files: {'fly.toml': `[checks.web]\nport = 1\n${lines}\n`}})

const services = (port: string, check: string) => ({
  files: {
    'fly.toml': `[[services]]\ninternal_port = 8443\n[[services.ports]]\nport = 443\n${port}\n[[services.http_checks]]\n${check}\n`,
  },
})

testCheck(checkRequest, {
  clean: {
    'a path': http('path = "/health?full=1"'),
    'no path, and an empty one': {
      files: {
        'fly.toml': '[http_service]\ninternal_port = 80\n[[http_service.checks]]\n[[http_service.checks]]\npath = ""\n',
      },
    },
    'a method in lower case, as the documentation has it': http('path = "/"\nmethod = "get"\nprotocol = "http"'),
    'https, where the app has the encryption to itself': services('', 'protocol = "https"'),
    'https, where one public port leads to the app as it is': services(
      'handlers = ["http"]\n[[services.ports]]\nport = 8443',
      'protocol = "https"',
    ),
    'https in a check of its own, on a port that is not seen': top('type = "http"\npath = "/"\nprotocol = "https"'),
    'a TCP check': top('type = "tcp"\ninterval = "10s"'),
    'a check of no type, which is refused elsewhere': top('path = "health"'),
  },
  flagged: {
    'a path without its /': {
      ...http('path = "health"'),
      expect: ['warning fly.toml:4:1 http_service.checks[0].path is "health", it must begin with /'],
    },
    'a whole address, which may hold a password': {
      ...top('type = "http"\npath = "https://me:hunter22@shop.fly.dev/up"'),
      expect: [
        'warning fly.toml:4:1 checks.web.path is a whole address, it must be the path alone: the check asks the machine itself',
      ],
    },
    'https to an app behind [http_service]': {
      ...http('path = "/up"\nprotocol = "https"\ntls_skip_verify = true'),
      expect: [
        'warning fly.toml:5:1 http_service.checks[0].protocol is "https", but Fly.io\'s proxy speaks plain HTTP to this port, so the app does, too: the check never passes',
      ],
    },
    'https behind the handlers of [[services]]': {
      ...services('handlers = ["tls", "http"]', 'protocol = "https"'),
      expect: [
        'warning fly.toml:7:1 services[0].http_checks[0].protocol is "https", but Fly.io\'s proxy speaks plain HTTP to this port, so the app does, too: the check never passes',
      ],
    },
    'other protocols and methods': {
      files: {
        'fly.toml':
          '[[services]]\ninternal_port = 80\n[[services.http_checks]]\nprotocol = "HTTPS"\nmethod = "FETCH"\n[[services.http_checks]]\nprotocol = "tcp"\n',
      },
      expect: [
        'warning fly.toml:4:1 services[0].http_checks[0].protocol is "HTTPS", it must be "http" or "https"',
        'warning fly.toml:5:1 services[0].http_checks[0].method is "FETCH", it must be an HTTP method',
        'warning fly.toml:7:1 services[0].http_checks[1].protocol is "tcp", it must be "http" or "https"',
      ],
    },
    'a TCP check with a path, told once': {
      ...top('type = "tcp"\npath = "/health"\nmethod = "GET"'),
      expect: ['info fly.toml:4:1 checks.web.path has no effect: a TCP check only connects, and asks for nothing'],
    },
    'in YAML': {
      files: {'fly.yaml': 'http_service:\n  internal_port: 80\n  checks:\n    - path: health\n'},
      expect: ['warning fly.yaml:4:7 http_service.checks[0].path is "health", it must begin with /'],
    },
  },
})

it.each([
  ['path = "health"', 'Write path = "/health"'],
  ['path = "http://localhost:8080/up"', 'Write path = "/up"'],
  ['path = "https://shop.fly.dev"', 'Write path = "/"'],
  ['protocol = "HTTPS"', 'Write protocol = "https"'],
])('says what to write for %s', async (line, hint) => {
  expect((await checkOne(http(line), checkRequest)).findings[0]?.hint).toBe(hint)
})
