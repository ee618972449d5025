import check from '../../../checks/live/bluegreen.ts'
import {testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const bluegreen = '[deploy]\nstrategy = "bluegreen"\n'
const project = (machines: MachineWords[], toml = bluegreen, more: Record<string, string> = {}) => ({
  files: {'fly.toml': `app = "shop"\n${toml}`, ...more},
  answers: status(machines),
})
const two = [{image: 'deployment-11'}, {image: 'deployment-12'}, {image: 'deployment-12'}]

testCheck(check, {
  clean: {
    'one image': project([{}, {}]),
    'another one where the host does not answer, which is replaced': project([{}, {image: 'old', host: 'unreachable'}]),
    'another one in a group that goes': project([{}, {image: 'old', group: 'cron'}]),
    'another one that is nothing to Fly Launch': project([{}, {image: 'old', unmanaged: true}]),
    'the first deploy': project([]),
  },
  flagged: {
    'two images, as a deploy that was interrupted leaves them': {
      ...project(two),
      expect: [
        'error fly.toml:3:1 the machines of shop run 2 images (shop:deployment-11 on 1 machine, shop:deployment-12 on 2 machines), and a bluegreen deploy goes on only where all run the same',
      ],
    },
    'after the release command': {
      ...project(two, `${bluegreen}release_command = "migrate"\n`),
      expect: [
        'error fly.toml:3:1 the machines of shop run 2 images (shop:deployment-11 on 1 machine, shop:deployment-12 on 2 machines), and a bluegreen deploy goes on only where all run the same; the release command has run by then',
      ],
    },
    'machines that others have made, and none of its own': {
      ...project([{unmanaged: true}]),
      expect: [
        'warning fly.toml:3:1 shop has no machines of Fly Launch, and 1 other machine of the group app: flyctl does not know which a bluegreen deploy may replace, and stops',
      ],
    },
  },
  skipped: {
    'another strategy, which brings all to one image': {...project(two, ''), reason: 'the strategy is not bluegreen'},
    'another strategy on the command line': {
      ...project(two, bluegreen, {'deploy.sh': 'fly deploy --strategy rolling\n'}),
      reason: 'a deploy chooses its strategy or its machines on the command line',
    },
  },
})
