import {expect, it} from 'vitest'
import check from '../../../checks/live/min-machines.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const service = (least: number, stop = 'stop') =>
  `primary_region = "iad"\n[http_service]\ninternal_port = 80\nauto_stop_machines = "${stop}"\nmin_machines_running = ${least}\n`
const project = (toml: string, machines: MachineWords[]) => ({
  files: {'fly.toml': `app = "shop"\n${toml}`},
  answers: status(machines),
})

testCheck(check, {
  clean: {
    'as many, whether they run or not': project(service(2), [{}, {state: 'stopped'}]),
    'no machines so far, of which the deploy makes two': project(service(2), []),
    'no machine in the primary region, of which live/primary-region tells': project(service(1), [{region: 'ord'}]),
  },
  flagged: {
    'one, where two should run': {
      ...project(service(2), [{}]),
      expect: [
        'info fly.toml:6:1 http_service.min_machines_running is 2, and the group app has 1 machine in iad: no more than that can run there',
      ],
    },
    'those of the service are elsewhere': {
      ...project(`${service(1)}processes = ["app"]\n[processes]\napp = "a"\nworker = "b"\n`, [
        {region: 'ord'},
        {group: 'worker'},
      ]),
      expect: [
        'info fly.toml:6:1 http_service.min_machines_running is 1, and the group app has no machine in iad: no more than that can run there',
      ],
    },
  },
  skipped: {
    'nothing is stopped, so that all run': {
      ...project(service(2, 'off'), [{}]),
      reason: 'nothing stops the machines, and all of them run',
    },
    'no primary region, of which fly-config/auto-stop tells': {
      ...project(service(2).replace('primary_region = "iad"\n', ''), [{}]),
      reason: 'the configuration names no primary region',
    },
  },
})

it('names the command', async () => {
  const {findings} = await checkOne(project(service(2), [{}]), check)
  expect(findings[0]?.hint).toBe('flyctl scale count 2 -r iad -g app -a shop')
})
