import {expect, it} from 'vitest'
import check from '../../../checks/live/memory.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const project = (machines: MachineWords[], toml = '') => ({
  files: {'fly.toml': `app = "shop"\n${toml}`},
  answers: status(machines),
})

testCheck(check, {
  clean: {
    'it stopped otherwise': project([{events: ['start', 'exit 1', 'exit 0 requested', 'launch']}]),
    'it ran out of memory before it was last updated': project([{events: ['start', 'update', 'exit 137 oom']}]),
    'this deploy gives it more': project([{memory: 256, events: ['exit 137 oom']}], '[[vm]]\nmemory = "512mb"\n'),
    'a machine made without Fly Launch, which the deploy does not touch': project([
      {unmanaged: true, events: ['exit 137 oom']},
    ]),
  },
  flagged: {
    once: {
      ...project([{}, {memory: 256, events: ['start', 'exit 137 oom', 'start', 'launch']}]),
      expect: ['warning app(m2) the machine m2 of the group app ran out of memory (it has 256 MB): on 2026-06-30'],
    },
    'again and again, and fly.toml asks for no more': {
      ...project(
        [{memory: 512, events: ['exit 137 oom', 'start', 'exit 137 oom', 'start']}],
        '[[vm]]\nmemory = "512mb"\n',
      ),
      expect: [
        'warning app(m1) the machine m1 of the group app ran out of memory (it has 512 MB): 2 times, last on 2026-06-30',
      ],
    },
  },
})

it.each([
  ['', 'flyctl scale memory 512 -g app -a shop'],
  // What flyctl scale gives would last until the next deploy.
  ['[[vm]]\nsize = "shared-cpu-1x"\n', 'Write memory = "512mb" in [[vm]]: it counts with the next deploy.'],
])('says how the machines get more with %j', async (toml, hint) => {
  const {findings} = await checkOne(project([{memory: 256, events: ['exit 137 oom']}], toml), check)
  expect(findings[0]?.hint).toBe(hint)
})
