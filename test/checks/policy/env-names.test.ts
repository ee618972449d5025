import envNames from '../../../checks/policy/env-names.ts'
import {testCheck} from '../../harness.ts'

const project = (env: string) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n${env}`,
    'preflight.toml': '[policy]\nforbidden-env = ["DEBUG", "*_TOKEN"]\n',
  },
})

testCheck(envNames, {
  clean: {
    'other names': project('LOG_LEVEL = "info"\nDEBUG_TOOLBAR = "0"\nTOKEN = "x"\n'),
    'no variables': {files: {'fly.toml': 'app = "shop"\n', 'preflight.toml': '[policy]\nforbidden-env = ["DEBUG"]\n'}},
  },
  flagged: {
    'a name and a pattern': {
      ...project('DEBUG = "1"\nA = "1"\nSLACK_TOKEN = "x"\n'),
      expect: [
        'error fly.toml:3:1 [env] sets DEBUG, [policy] forbids DEBUG',
        'error fly.toml:5:1 [env] sets SLACK_TOKEN, [policy] forbids *_TOKEN',
      ],
    },
  },
  skipped: {'no policy': {files: {'fly.toml': 'app = "shop"\n'}, reason: '[policy] has no forbidden-env'}},
})
