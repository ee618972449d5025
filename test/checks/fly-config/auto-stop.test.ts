import {expect, it} from 'vitest'
import autoStop from '../../../checks/fly-config/auto-stop.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const http = (text: string) => toml(`primary_region = "fra"\n[http_service]\n${text}\n`)

testCheck(autoStop, {
  clean: {
    'both on': http('auto_stop_machines = "stop"\nauto_start_machines = true\nmin_machines_running = 1'),
    'both off: the machines just run': http('auto_stop_machines = "off"\nauto_start_machines = false'),
    'the start is on by default': http('auto_stop_machines = "suspend"'),
    'the stop is off by default': http('auto_start_machines = false'),
    'false, as it was written once': http('auto_stop_machines = false\nauto_start_machines = false'),
    'the region is missing, which mount-region tells': toml(
      '[http_service]\nauto_stop_machines = "stop"\nmin_machines_running = 2\n[mounts]\nsource = "data"\ndestination = "/data"\n',
    ),
    'a minimum without a stop: harmless': http('auto_stop_machines = "off"\nmin_machines_running = 1'),
  },
  flagged: {
    'stopped and never started': {
      ...http('auto_stop_machines = "stop"\nauto_start_machines = false'),
      expect: [
        'warning fly.toml:4:1 http_service has auto_stop_machines "stop" and auto_start_machines false: idle machines are stopped and never started again',
      ],
    },
    'a minimum keeps some': {
      ...http('auto_stop_machines = true\nauto_start_machines = false\nmin_machines_running = 1'),
      expect: [
        'warning fly.toml:4:1 http_service has auto_stop_machines "stop" and auto_start_machines false: idle machines are stopped down to 1 and never started again',
      ],
    },
    'in [[services]]': {
      ...toml('[[services]]\nauto_start_machines = false\nauto_stop_machines = "suspend"\n'),
      expect: [
        'warning fly.toml:2:1 services[0] has auto_stop_machines "suspend" and auto_start_machines false: idle machines are stopped and never started again',
      ],
    },
    'a minimum without the region in which it counts': {
      ...toml('[http_service]\nauto_stop_machines = "stop"\nmin_machines_running = 2\n'),
      expect: [
        'info fly.toml:3:1 http_service.min_machines_running is 2, which counts in the primary region only, and there is no primary_region',
      ],
    },
  },
})

it('offers the cure', async () => {
  const {findings} = await checkOne(http('auto_stop_machines = "stop"\nauto_start_machines = false'), autoStop)
  expect(findings[0]).toMatchObject({
    hint: 'Write auto_start_machines = true, or let no machine stop: auto_stop_machines = "off"',
    fix: {edits: [{file: 'fly.toml', line: 4, column: 23, endLine: 4, endColumn: 28, text: 'true'}]},
  })
})
