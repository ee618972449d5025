import unusedProcesses from '../../../checks/fly-config/unused-processes.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(unusedProcesses, {
  clean: {
    'files without it': toml('[[files]]\nguest_path = "/a"\nraw_value = "x"\n'),
    'files that name every group': toml('[processes]\nweb = "x"\ncron = "y"\n[[files]]\nprocesses = ["cron", "web"]\n'),
    'services and sizes, where it counts': toml(
      '[processes]\nweb = "x"\ncron = "y"\n[http_service]\nprocesses = ["web"]\n[[vm]]\nprocesses = ["cron"]\n',
    ),
    'a machine of its own for the release command': toml('[deploy.release_command_vm]\nsize = "shared-cpu-2x"\n'),
  },
  flagged: {
    'a file for one group': {
      ...toml('[processes]\nweb = "x"\ncron = "y"\n[[files]]\nguest_path = "/a"\nprocesses = ["cron"]\n'),
      expect: ['info fly.toml:6:1 files[0].processes has no effect: the file goes to the machines of every group'],
    },
    'a file for a group that is not there: it is everywhere too': {
      ...toml('[[files]]\nguest_path = "/a"\nprocesses = ["cron"]\n'),
      expect: ['info fly.toml:3:1 files[0].processes has no effect: the file goes to the machines of every group'],
    },
    'the release command': {
      ...toml('[deploy.release_command_vm]\nprocesses = ["app"]\n'),
      expect: [
        'info fly.toml:2:1 deploy.release_command_vm.processes has no effect: one machine runs the release command',
      ],
    },
  },
})
