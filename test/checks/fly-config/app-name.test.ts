import appName from '../../../checks/fly-config/app-name.ts'
import {testCheck} from '../../harness.ts'

const nameless = {'fly.toml': '[http_service]\ninternal_port = 8080\n'}

testCheck(appName, {
  clean: {
    'in fly.toml': {files: {'fly.toml': 'app = "shop"'}},
    'by -a': {files: nameless, options: {app: 'shop'}},
    'by FLY_APP': {files: nameless, options: {env: {FLY_APP: 'shop'}}},
    'in a file that cannot be decoded: flyctl keeps the name': {files: {'fly.toml': 'app = "shop"\nbuild = 1'}},
  },
  flagged: {
    nowhere: {files: nameless, expect: ['error fly.toml:1:1 fly.toml names no app']},
    'an empty FLY_APP': {
      files: nameless,
      options: {env: {FLY_APP: ''}},
      expect: ['error fly.toml:1:1 fly.toml names no app'],
    },
    'an empty name': {files: {'fly.toml': 'app = ""'}, expect: ['error fly.toml:1:1 fly.toml names no app']},
    'only in the workflow: that deploy works': {
      files: {
        ...nameless,
        '.github/workflows/deploy.yml': 'steps:\n  - run: flyctl deploy --remote-only -a $FLY_APP\n',
      },
      expect: ['warning fly.toml:1:1 fly.toml names no app'],
    },
    'in a workflow, but commented out': {
      files: {...nameless, '.github/workflows/deploy.yml': 'steps:\n  # - run: flyctl deploy -a shop\n'},
      expect: ['error fly.toml:1:1 fly.toml names no app'],
    },
  },
})
