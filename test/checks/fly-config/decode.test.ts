import {expect, it} from 'vitest'
import decode from '../../../checks/fly-config/decode.ts'
import {checkOne, testCheck} from '../../harness.ts'

testCheck(decode, {
  clean: {
    'shapes that flyctl forgives': {
      files: {
        'fly.toml': `app = "shop"
[[env]]
A = 1
[[env]]
B = true
[services]
internal_port = "8080"
[[processes]]
name = "web"
command = "run"
[[checks]]
name = "health"
type = "http"
port = 8080
`,
      },
    },
    'keys in another case, where Go compares without it': {
      files: {'fly.toml': 'App = "shop"\n[Build]\nDockerfile = "Dockerfile"\n'},
    },
    'null in JSON is nothing': {
      files: {'fly.json': '{"app": "shop", "deploy": {"release_command": null}, "http_service": null}'},
    },
    'a long value': {files: {'fly.toml': `app = "shop"\n[[files]]\nraw_value = "${'QUJD'.repeat(60_000)}"\n`}},
    'a whole number written as a float': {files: {'fly.toml': '[http_service]\ninternal_port = 8080.0'}},
  },
  flagged: {
    'a check without a name': {
      files: {'fly.toml': 'app = "shop"\n\n[[checks]]\ntype = "http"\nport = 80\n'},
      expect: ['error fly.toml:3:3 this [[checks]] has no name, it must have one'],
    },
    'only the first problem, as flyctl does': {
      files: {'fly.toml': 'app = "shop"\nbuild = "x"\nservices = 1\n'},
      expect: ['error fly.toml:3:1 services is the number 1, it must be an array of tables'],
    },
    'a quoted port in http_service, which is strict': {
      files: {'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = "8080"\n'},
      expect: ['error fly.toml:3:3 http_service.internal_port is the string "8080", it must be a whole number'],
    },
    'a number that is too large': {
      files: {'fly.toml': '[http_service.http_options]\nidle_timeout = 5000000000\n'},
      expect: [
        'error fly.toml:2:1 http_service.http_options.idle_timeout is the number 5000000000, it must be from 0 to 4294967295',
      ],
    },
    '[[http_service]]': {
      files: {'fly.toml': 'app = "shop"\n[[http_service]]\n  internal_port = 8080\n'},
      expect: ['error fly.toml:2:3 http_service is an array of tables, it must be one table'],
    },
    'a command that is an array': {
      files: {'fly.toml': 'app = "shop"\n[processes]\n  web = ["npm", "start"]\n'},
      expect: ['error fly.toml:3:3 processes.web is an array, it must be a string'],
    },
    'an app that is a number': {
      files: {'fly.toml': 'app = 12\n'},
      expect: ['error fly.toml:1:1 app is the number 12, it must be a string'],
    },
    'env that is text': {
      files: {'fly.toml': 'env = "A=B"\n'},
      expect: ['error fly.toml:1:1 env is a string, it must be a table'],
    },
  },
  skipped: {'a file that does not parse': {files: {'fly.toml': 'app ='}, reason: 'fly.toml does not parse'}},
})

it.each([
  ['[http_service]\ninternal_port = "08080"', 'Write the number without quotes: internal_port = 8080'],
  ['[http_service]\ninternal_port = [8080]', 'Write the number without quotes: internal_port = 8080'],
  ['[http_service]\ninternal_port = "$PORT"', 'Write a whole number without quotes: internal_port = 8080'],
  ['[[vm]]\nmemory_mb = "512mb"', 'Write the number without quotes: memory_mb = 512'],
  ['[[services]]\nprocesses = ["app", 1]', 'Write it in quotes, as all of processes: "1"'],
  ['kill_timeout = "1d"', 'Units are ms, s, m and h: kill_timeout = "5m"'],
  ['kill_timeout = "2 minutes"', 'Units are ms, s, m and h: kill_timeout = "2m"'],
  ['[deploy]\nwait_timeout = "1 day"', 'Units are ms, s, m and h: wait_timeout = "24h"'],
  ['[[files]]\nraw_value = 1234', 'Write it in quotes: raw_value = "…"'],
])('the cure of %j', async (text, hint) => {
  const {findings} = await checkOne({files: {'fly.toml': text}}, decode)
  expect(findings.map((finding) => finding.hint)).toEqual([hint])
})
