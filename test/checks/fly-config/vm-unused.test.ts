import vmUnused from '../../../checks/fly-config/vm-unused.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const groups = '[processes]\nweb = ""\nworker = ""\n'

testCheck(vmUnused, {
  clean: {
    'one for all, and one for a group': toml(`${groups}[[vm]]\ncpus = 1\n[[vm]]\ncpus = 2\nprocesses = ["worker"]\n`),
    'one for each group': toml(
      `${groups}[[vm]]\ncpus = 1\nprocesses = ["web"]\n[[vm]]\ncpus = 2\nprocesses = ["worker"]\n`,
    ),
    'a group that there is not, which is another matter': toml('[[vm]]\ncpus = 1\n[[vm]]\nprocesses = ["nobody"]\n'),
    'the machine of the release command': toml('[[vm]]\ncpus = 1\n[deploy.release_command_vm]\ncpus = 2\n'),
  },
  flagged: {
    'two for all': {
      ...toml('[[vm]]\ncpus = 1\n[[vm]]\ncpus = 2\n'),
      expect: ['warning fly.toml:3:3 vm[1] is never used: another one counts for app'],
    },
    'two for one group: the last one counts': {
      ...toml(`${groups}[[vm]]\ncpus = 1\nprocesses = ["web"]\n[[vm]]\ncpus = 2\nprocesses = ["web"]\n`),
      expect: ['warning fly.toml:4:3 vm[0] is never used: another one counts for web'],
    },
    'one for all, where each group has its own': {
      ...toml(
        `${groups}[[vm]]\ncpus = 1\n[[vm]]\ncpus = 2\nprocesses = ["web"]\n[[vm]]\ncpus = 2\nprocesses = ["worker"]\n`,
      ),
      expect: ['warning fly.toml:4:3 vm[0] is never used: others count for web, worker'],
    },
    'under two names': {
      ...toml('[[compute]]\ncpus = 1\n[[vm]]\ncpus = 2\n'),
      expect: ['warning fly.toml:3:3 vm[1] is never used: another one counts for app'],
    },
    'in JSON': {
      files: {'fly.json': '{"vm": [{"cpus": 1}, {"cpus": 2}]}'},
      expect: ['warning fly.json:1:22 vm[1] is never used: another one counts for app'],
    },
  },
})
