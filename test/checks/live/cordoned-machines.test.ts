import {expect, it} from 'vitest'
import check from '../../../checks/live/cordoned-machines.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const service = '[http_service]\ninternal_port = 80\n'
const project = (machines: MachineWords[], toml = service) => ({
  files: {'fly.toml': `app = "shop"\n${toml}`},
  answers: status(machines),
})

testCheck(check, {
  clean: {
    none: project([{}, {}]),
  },
  flagged: {
    'one of two': {
      ...project([{}, {cordoned: true}]),
      expect: ['info app(m2) the machine m2 of the group app is cordoned: no request reaches it'],
    },
    'all of them': {
      ...project([{cordoned: true}, {cordoned: true}]),
      expect: [
        'warning app(m1) the machines m1 and m2 of the group app are cordoned: no request reaches this group, before the deploy and after it',
      ],
    },
  },
  skipped: {
    'a worker, which has no requests': {...project([{cordoned: true}], ''), reason: 'the configuration has no service'},
    'bluegreen, which makes new machines': {
      ...project([{cordoned: true}], `${service}[deploy]\nstrategy = "bluegreen"\n`),
      reason: 'the new machines of a bluegreen deploy are not cordoned',
    },
  },
})

it('names the command', async () => {
  const {findings} = await checkOne(project([{cordoned: true}, {cordoned: true}]), check)
  expect(findings[0]?.hint).toBe('flyctl machine uncordon m1 m2 -a shop')
})
