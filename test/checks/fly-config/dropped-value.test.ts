import droppedValue from '../../../checks/fly-config/dropped-value.ts'
import {testCheck} from '../../harness.ts'

testCheck(droppedValue, {
  clean: {
    'a table of commands': {files: {'fly.toml': '[processes]\nweb = "serve"'}},
    'the old array, with names': {files: {'fly.toml': '[[processes]]\nname = "web"\ncommand = "serve"'}},
    'a bare number in TOML, which is seconds': {files: {'fly.toml': 'kill_timeout = 30'}},
    'a bare number in JSON': {files: {'fly.json': '{"kill_timeout": 30}'}},
    'an empty text, which unsets the key': {files: {'fly.toml': 'kill_timeout = ""'}},
  },
  flagged: {
    'groups without commands': {
      files: {'fly.toml': 'processes = ["web", "worker"]'},
      expect: [
        'warning fly.toml:1:14 flyctl drops this entry of processes, which is the string "web"',
        'warning fly.toml:1:21 flyctl drops this entry of processes, which is the string "worker"',
      ],
    },
    'a time that is none': {
      files: {'fly.toml': 'kill_timeout = true'},
      expect: ['warning fly.toml:1:1 flyctl drops kill_timeout, which is the boolean true'],
    },
    'whole numbers in YAML': {
      files: {'fly.yaml': 'kill_timeout: 120\nchecks:\n  alive:\n    type: tcp\n    interval: 15000\n'},
      expect: [
        'warning fly.yaml:1:1 flyctl drops kill_timeout, which is the number 120 in a YAML file',
        'warning fly.yaml:5:5 flyctl drops interval, which is the number 15000 in a YAML file',
      ],
    },
  },
})
