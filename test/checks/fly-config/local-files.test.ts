import localFiles from '../../../checks/fly-config/local-files.ts'
import {testCheck} from '../../harness.ts'

const entry = (path: string) => `app = "shop"\n[[files]]\n  guest_path = "/etc/a"\n  local_path = "${path}"\n`

testCheck(localFiles, {
  clean: {
    'a file in the working directory': {files: {'fly.toml': entry('a.conf'), 'a.conf': ''}},
    'one beside the working directory': {files: {'fly.toml': entry('../a.conf'), '../a.conf': ''}},
    'no file of this machine': {
      files: {'fly.toml': 'app = "shop"\n[[files]]\nguest_path = "/etc/a"\nsecret_name = "A"\n'},
    },
    'fly.toml elsewhere: the path is relative to the working directory': {
      files: {'deploy/fly.toml': entry('a.conf'), 'a.conf': ''},
      options: {config: 'deploy/fly.toml'},
    },
  },
  flagged: {
    'no such file': {
      files: {'fly.toml': entry('a.conf')},
      expect: ['error fly.toml:4:3 files[0].local_path is "a.conf", which does not exist'],
    },
    'a file beside fly.toml, which is not where flyctl looks': {
      files: {'deploy/fly.toml': entry('a.conf'), 'deploy/a.conf': ''},
      options: {config: 'deploy/fly.toml'},
      expect: ['error deploy/fly.toml:4:3 files[0].local_path is "a.conf", which does not exist'],
    },
    'one that a step of the deploy writes': {
      files: {
        'fly.toml': entry('a.conf'),
        '.github/workflows/deploy.yml': 'run: |\n  envsubst < a.tmpl > a.conf\n  flyctl deploy\n',
      },
      expect: ['warning fly.toml:4:3 files[0].local_path is "a.conf", which does not exist'],
    },
    'a folder': {
      files: {'fly.toml': entry('conf'), 'conf/a.conf': ''},
      expect: ['error fly.toml:4:3 files[0].local_path is "conf", which is a folder, it must be a file'],
    },
  },
})
