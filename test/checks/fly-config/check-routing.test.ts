import {expect, it} from 'vitest'
import checkRouting from '../../../checks/fly-config/check-routing.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const http = '[http_service]\ninternal_port = 8080\n'
const top = '[checks.web]\ntype = "http"\npath = "/"\nport = 8080\n'
const message =
  'checks.web checks http_service during a deploy only: afterwards, Fly.io sends requests to a machine that fails it, too'

testCheck(checkRouting, {
  clean: {
    'nothing serves': toml(top),
    'the service has a check of its own': toml(`${http}[[http_service.checks]]\n${top}`),
    'another port: a check of something else': toml(`${http}${top.replace('8080', '5500')}`),
    'another group': toml(
      `[processes]\nweb = "a"\nworker = "b"\n${http}processes = ["web"]\n${top}processes = ["worker"]\n`,
    ),
  },
  flagged: {
    'the port of the service': {...toml(`${http}${top}`), expect: [`info fly.toml:3:2 ${message}`]},
    'its port, taken from it': {
      ...toml(`${http}[checks.web]\ntype = "http"\n`),
      expect: [`info fly.toml:3:2 ${message}`],
    },
    'told once': {
      ...toml(`${http}${top}${top.replace('web', 'other')}`),
      expect: [`info fly.toml:7:2 ${message.replace('web', 'other')}`],
    },
  },
})

it.each([
  [`${http}${top}`, 'Write it as [[http_service.checks]], without type and port.'],
  [
    `${http}${top.replace('"http"', '"tcp"')}`,
    'Write [[http_service.checks]] with a path to ask for, in its place or beside it.',
  ],
  [
    `[[services]]\ninternal_port = 8080\n${top.replace('"http"', '"tcp"')}`,
    'Write it as [[services.tcp_checks]], without type and port.',
  ],
])('says where it belongs: %j', async (text, hint) => {
  expect((await checkOne(toml(text), checkRouting)).findings[0]?.hint).toBe(hint)
})
