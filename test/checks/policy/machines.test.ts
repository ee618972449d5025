import machines from '../../../checks/policy/machines.ts'
import {testCheck} from '../../harness.ts'
import {workflow} from '../ci/workflows.ts'

const sizes = 'sizes = ["shared-cpu-1x", "shared-cpu-2x"]\n'
const project = (policy: string, vm: string) => ({
  files: {'fly.toml': `app = "shop"\n${vm}`, 'preflight.toml': `[policy.machines]\n${policy}`},
})

testCheck(machines, {
  clean: {
    'an allowed size': project(sizes, '[[vm]]\nsize = "shared-cpu-2x"\n'),
    'the same by its CPUs': project(sizes, '[[vm]]\ncpu_kind = "shared"\ncpus = 2\n'),
    'memory between the limits': project(
      'min-memory = "512mb"\nmax-memory = "2gb"\n',
      '[[vm]]\nsize = "shared-cpu-1x"\nmemory = "1gb"\n',
    ),
    'nothing is asked for, and what comes of itself is allowed': project(sizes, ''),
    'the release command may have less memory': project(
      'min-memory = "1gb"\n',
      '[deploy]\nrelease_command = "true"\n[deploy.release_command_vm]\nmemory = "512mb"\n[[vm]]\nmemory = "1gb"\n',
    ),
    'the size of a process group that does not exist': project(
      sizes,
      '[[vm]]\nsize = "performance-8x"\nprocesses = ["old"]\n',
    ),
    'the deploy itself says the memory of a group without [[vm]]': {
      files: {
        ...workflow({run: 'flyctl deploy --vm-memory 1024'}).files,
        'preflight.toml': '[policy.machines]\nmin-memory = "1gb"\n',
      },
    },
  },
  flagged: {
    'another size': {
      ...project(sizes, '[[vm]]\nsize = "performance-1x"\n'),
      expect: [
        'error fly.toml:3:1 vm[0] asks for performance-1x, [policy.machines] allows "shared-cpu-1x" or "shared-cpu-2x"',
      ],
    },
    'another size by its CPUs': {
      ...project(sizes, '[[vm]]\ncpus = 4\n'),
      expect: [
        'error fly.toml:3:1 vm[0] asks for shared-cpu-4x, [policy.machines] allows "shared-cpu-1x" or "shared-cpu-2x"',
      ],
    },
    'too much memory and too little': {
      ...project(
        'min-memory = "512mb"\nmax-memory = "1gb"\n',
        '[[vm]]\nmemory = "2gb"\nprocesses = ["app"]\n[[vm]]\nmemory_mb = 256\nprocesses = ["job"]\n[processes]\napp = ""\njob = "job"\n',
      ),
      expect: [
        'error fly.toml:3:1 vm[0] asks for 2048 MB of memory, [policy.machines] demands at most 1024 MB',
        'error fly.toml:6:1 vm[1] asks for 256 MB of memory, [policy.machines] demands at least 512 MB',
      ],
    },
    'the size that the release command asks for': {
      ...project(sizes, '[deploy]\nrelease_command = "true"\n[deploy.release_command_vm]\nsize = "performance-2x"\n'),
      expect: [
        'error fly.toml:5:1 deploy.release_command_vm asks for performance-2x, [policy.machines] allows "shared-cpu-1x" or "shared-cpu-2x"',
      ],
    },
    'nothing is asked for, and what comes of itself is too small: a warning': {
      ...project('min-memory = "512mb"\n', ''),
      expect: [
        'warning fly.toml:1:1 no [[vm]] is for the process group app: new machines have 256 MB of memory, [policy.machines] demands at least 512 MB',
      ],
    },
    'a size on the command line may win: a warning': {
      files: {
        ...workflow({run: 'flyctl deploy --vm-size shared-cpu-1x'}).files,
        ...project(sizes, '[[vm]]\nsize = "performance-1x"\n').files,
      },
      expect: [
        'warning fly.toml:3:1 vm[0] asks for performance-1x, [policy.machines] allows "shared-cpu-1x" or "shared-cpu-2x"',
      ],
    },
  },
  skipped: {'no policy': {files: {'fly.toml': 'app = "shop"\n'}, reason: '[policy.machines] has no rule'}},
})
