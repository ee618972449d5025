import severalMounts from '../../../checks/fly-config/several-mounts.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const groups = '[processes]\nweb = ""\nworker = ""\n'
const mount = (name: string, processes = '') =>
  `[[mounts]]\nsource = "${name}"\ndestination = "/${name}"\n${processes && `processes = ${processes}\n`}`

testCheck(severalMounts, {
  clean: {
    'one volume': toml(mount('data')),
    'one for each group': toml(groups + mount('a', '["web"]') + mount('b', '["worker"]')),
    'one that two groups have': toml(groups + mount('a', '["web", "worker"]')),
    'one for the default group, which is web, and one for another': toml(
      groups + mount('a') + mount('b', '["worker"]'),
    ),
    'one for a group that there is not': toml(mount('a') + mount('b', '["worker"]')),
  },
  flagged: {
    two: {
      ...toml(mount('a') + mount('b')),
      expect: ['error fly.toml:4:3 machines of the group app would mount 2 volumes, and Fly.io allows one'],
    },
    'one without a group and one for the default group': {
      ...toml(`[deploy]\nrelease_command = "migrate"\n${groups}${mount('a')}${mount('b', '["web"]')}`),
      expect: [
        'error fly.toml:9:3 machines of the group web would mount 2 volumes, and Fly.io allows one; the release command has run by then',
      ],
    },
    'the same two for two groups, told once': {
      ...toml(groups + mount('a', '["web", "worker"]') + mount('b', '["web", "worker"]')),
      expect: ['error fly.toml:8:3 machines of the group web would mount 2 volumes, and Fly.io allows one'],
    },
    'under two names': {
      ...toml(`[mount]\nsource = "a"\ndestination = "/a"\n${mount('b')}`),
      expect: ['error fly.toml:4:3 machines of the group app would mount 2 volumes, and Fly.io allows one'],
    },
    'in YAML': {
      files: {
        'fly.yaml':
          'mounts:\n  - source: a\n    destination: /a\n  - source: b\n    destination: /b\n  - source: c\n    destination: /c\n',
      },
      expect: ['error fly.yaml:4:5 machines of the group app would mount 3 volumes, and Fly.io allows one'],
    },
  },
})
