import fileSecrets from '../../../checks/live/file-secrets.ts'
import {testCheck} from '../../harness.ts'

const file = (...lines: string[]) => ({files: {'fly.toml': ['app = "shop"', '[[files]]', ...lines, ''].join('\n')}})

testCheck(fileSecrets, {
  clean: {
    'the secret is set': file('guest_path = "/key"', 'secret_name = "SECRET_KEY"'),
  },
  flagged: {
    'the secret is not set': {
      ...file('guest_path = "/key"', 'secret_name = "OTHER"'),
      expect: ['warning fly.toml:4:1 the secret OTHER is not set on shop, and /key is to be written from it'],
    },
  },
  skipped: {
    'local_path comes first': {
      ...file('guest_path = "/key"', 'local_path = "key"', 'secret_name = "OTHER"'),
      reason: 'no file is written from a secret',
    },
    'the content stands in the file': {
      ...file('guest_path = "/key"', 'raw_value = "x"'),
      reason: 'no file is written from a secret',
    },
  },
})
