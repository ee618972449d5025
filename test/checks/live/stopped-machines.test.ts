import {expect, it} from 'vitest'
import check from '../../../checks/live/stopped-machines.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const groups = '[processes]\napp = "a"\nworker = "b"\n[http_service]\ninternal_port = 80\n'
const project = (machines: MachineWords[], toml = groups) => ({
  files: {'fly.toml': `app = "shop"\n${toml}`},
  answers: status(machines),
})
const worker = {group: 'worker', state: 'stopped'}

testCheck(check, {
  clean: {
    'machines of a service, which requests start': project([{state: 'stopped'}, {state: 'suspended'}]),
    'one that runs beside one that is stopped': project([{group: 'worker'}, worker]),
    'the standby of one that runs': project([
      {id: 'w1', group: 'worker'},
      {...worker, standbyFor: ['w1']},
    ]),
    'a schedule starts it': project([{...worker, schedule: 'daily'}]),
    'one that is just starting': project([{...worker, state: 'starting'}]),
    'one that failed, which flyctl starts': project([{...worker, state: 'failed'}]),
    'a group that goes': project([{...worker, group: 'cron', events: ['exit 1']}]),
  },
  flagged: {
    'a worker that crashed for good': {
      ...project([{}, {...worker, events: ['exit 1', 'start']}]),
      expect: [
        'warning fly.toml:4:1 the machine m2 of the group worker is stopped, since it ended by itself with exit code 1: flyctl updates it and leaves it so, and nothing else starts it',
      ],
    },
    'all of them, and the last stop counts': {
      ...project([
        {...worker, events: ['exit 0', 'start', 'exit 0 requested']},
        {...worker, events: ['exit 0 requested', 'start', 'exit 1']},
      ]),
      expect: [
        'warning fly.toml:4:1 the machines m1 and m2 of the group worker are stopped, since one ended by itself with exit code 0: flyctl updates them and leaves them so, and nothing else starts them',
      ],
    },
    'somebody stopped it': {
      ...project([{...worker, events: ['exit 0 requested']}]),
      expect: [
        'info fly.toml:4:1 the machine m1 of the group worker is stopped: flyctl updates it and leaves it so, and nothing else starts it',
      ],
    },
    'a service that does not start its machines': {
      ...project(
        [{state: 'stopped', events: ['exit 1']}],
        '[http_service]\ninternal_port = 80\nauto_start_machines = false\n',
      ),
      expect: [
        'warning fly.toml:1:1 the machine m1 of the group app is stopped, since it ended by itself with exit code 1: flyctl updates it and leaves it so, and nothing else starts it',
      ],
    },
  },
})

it('names the command that starts them', async () => {
  const {findings} = await checkOne(project([worker, worker]), check)
  expect(findings[0]?.hint).toBe('After the deploy: flyctl machine start m1 m2 -a shop')
})
