import {expect, it} from 'vitest'
import checkMissing from '../../../checks/fly-config/check-missing.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const http = '[http_service]\ninternal_port = 8080\n'
const groups = '[processes]\nweb = "a"\nworker = "b"\n'
const top = '[checks.web]\ntype = "tcp"\nport = 8080\n'
const unanswered =
  'has no health check: a deploy counts as good once the machine has started, even if the app never answers'

testCheck(checkMissing, {
  clean: {
    'nothing serves': toml('app = "shop"\n'),
    'a service that nothing reaches': toml('[[services]]\ninternal_port = 8686\n'),
    'a check of the service': toml(`${http}[[http_service.checks]]\n`),
    'a check under [checks]': toml(`${http}${top}`),
    'one check for two services of a group': toml(
      `${http}[[http_service.checks]]\n[[services]]\ninternal_port = 9000\n`,
    ),
    'a group that serves nobody needs none': toml(
      `${groups}${http}processes = ["web"]\n[[http_service.checks]]\npath = "/"\n`,
    ),
    'UDP, which no check speaks': toml('[[services]]\nprotocol = "udp"\ninternal_port = 53\n'),
    'a group that does not exist, which is refused elsewhere': toml(`${groups}${http}processes = ["nobody"]\n`),
    'bluegreen with a check, which a group without may lack': toml(
      `[deploy]\nstrategy = "bluegreen"\n${groups}${http}processes = ["web"]\n[[http_service.checks]]\n`,
    ),
  },
  skipped: {
    containers: {
      ...toml(`${http}[build.compose]\nfile = "compose.yml"\n`),
      reason: 'containers may have health checks of their own',
    },
    'bluegreen without any check, which flyctl refuses': {
      ...toml(`${http}[deploy]\nstrategy = "bluegreen"\n`),
      reason: 'a bluegreen deploy without health checks is told by fly-config/bluegreen-checks',
    },
  },
  flagged: {
    'of a worker of a queue another check tells': {
      files: {
        'fly.toml':
          'app = "shop"\n[processes]\nweb = "uvicorn shop:app"\nworker = "celery -A shop worker"\n[http_service]\ninternal_port = 8080\nprocesses = ["worker", "web"]\n',
        Dockerfile: 'FROM python:3.13-slim\nCOPY . .\n',
        'shop.py': 'app = 1\n',
      },
      expect: [`info fly.toml:5:2 the process group web ${unanswered}`],
    },
    'no check': {...toml(http), expect: [`info fly.toml:1:2 http_service ${unanswered}`]},
    'machine checks do not count': {
      ...toml(`${http}[[http_service.machine_checks]]\ncommand = ["true"]\n`),
      expect: [`info fly.toml:1:2 http_service ${unanswered}`],
    },
    'many services, told once': {
      ...toml(
        '[[services]]\ninternal_port = 80\nports = [{port = 80}]\n[[services]]\ninternal_port = 81\nports = [{port = 81}]\n',
      ),
      expect: [`info fly.toml:1:3 services[0] ${unanswered}`],
    },
    'a check of another group': {
      ...toml(`${groups}${http}processes = ["worker"]\n${top}`),
      expect: [`info fly.toml:4:2 the process group worker ${unanswered}`],
    },
    'a check of no group': {
      ...toml(`${http}${top}processes = ["nobody"]\n`),
      expect: [`info fly.toml:1:2 http_service ${unanswered}`],
    },
  },
})

it.each([
  [
    {'fly.toml': http},
    'Directly under [http_service] write checks = [{grace_period = "10s", interval = "30s", timeout = "5s", method = "GET", path = "/"}], with a path that answers 200',
  ],
  [
    {'fly.toml': '[[services]]\ninternal_port = 80\n[[services.ports]]\nport = 80\nhandlers = ["http"]\n'},
    'Directly under [[services]] write http_checks = [{grace_period = "10s", interval = "30s", timeout = "5s", method = "GET", path = "/"}], with a path that answers 200',
  ],
  [
    {'fly.toml': '[[services]]\ninternal_port = 5432\nports = [{port = 5432}]\n[[services]]\ninternal_port = 80\n'},
    'Directly under [[services]] of internal_port 5432 write tcp_checks = [{grace_period = "10s", interval = "15s", timeout = "2s"}]',
  ],
  [
    {'fly.json': '{"services": [{"internal_port": 5432, "ports": [{"port": 5432}]}]}'},
    'Directly under services write "tcp_checks": [{"grace_period": "10s", "interval": "15s", "timeout": "2s"}]',
  ],
  [
    {'fly.yaml': 'http_service:\n  internal_port: 80\n'},
    'Directly under http_service write checks: [{"grace_period": "10s", "interval": "30s", "timeout": "5s", "method": "GET", "path": "/"}], with a path that answers 200',
  ],
])('gives the text to paste: %j', async (files, hint) => {
  expect((await checkOne({files}, checkMissing)).findings[0]?.hint).toBe(hint)
})

it('what it gives to paste is a health check', async () => {
  const hint = (await checkOne(toml(http), checkMissing)).findings[0]?.hint as string
  const line = /write (.*), with/.exec(hint)?.[1] as string
  const result = await checkOne(toml(http.replace(']\n', `]\n${line}\n`)), checkMissing)
  expect(result.outcome).toBe('passed')
})
