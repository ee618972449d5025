import unusedSecrets from '../../../checks/live/unused-secrets.ts'
import {testCheck} from '../../harness.ts'

const code = {'fly.toml': 'app = "shop"\n', 'app.py': 'import os\nKEY = os.environ["SIGNING_KEY"]\n'}
const set = (...names: string[]) => ({
  'secrets list -a shop': JSON.stringify(names.map((name) => ({name, digest: 'x', status: 'Deployed'}))),
})

testCheck(unusedSecrets, {
  clean: {
    'the code reads it': {files: code, answers: set('SIGNING_KEY')},
    'a library reads it': {files: code, answers: set('SIGNING_KEY', 'SENTRY_DSN', 'AWS_REGION', 'DATABASE_URL')},
    'preflight.toml names it': {
      files: {...code, 'preflight.toml': '[secrets]\nrecommended = ["EXTRA"]\n'},
      answers: set('EXTRA'),
    },
    'a file is written from it': {
      files: {...code, 'fly.toml': 'app = "shop"\n[[files]]\nguest_path = "/key"\nsecret_name = "KEY_FILE"\n'},
      answers: set('KEY_FILE'),
    },
  },
  flagged: {
    'nothing reads it': {
      files: code,
      answers: set('SIGNING_KEY', 'SINGING_KEY', 'OLD'),
      expect: ['info secrets(SINGING_KEY) nothing was found that reads the secrets SINGING_KEY, OLD of shop'],
    },
  },
  skipped: {
    'no code reads anything': {
      files: {'fly.toml': 'app = "shop"\n'},
      answers: set('OLD'),
      reason: 'no code was found that reads variables',
    },
    'another language': {
      files: {...code, 'main.go': 'package main\n'},
      answers: set('OLD'),
      reason: 'what main.go reads is not known',
    },
  },
})
