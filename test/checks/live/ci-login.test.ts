import ciLogin from '../../../checks/live/ci-login.ts'
import {testCheck} from '../../harness.ts'

const env = {CI: 'true', FLY_API_TOKEN: 'fo1_example'}

testCheck(ciLogin, {
  clean: {
    'a deploy token': {flyctl: 'deploy-token', options: {env}},
    'a machine that is logged in by hand': {options: {env: {CI: 'true'}}},
  },
  flagged: {
    "a person's token in the variable": {
      options: {env},
      expect: [
        'info token(FLY_API_TOKEN) FLY_API_TOKEN holds the login of a person, which may do everything that this person may',
      ],
    },
  },
  skipped: {
    'at a terminal': {options: {env: {FLY_API_TOKEN: 'fo1_example'}}, reason: 'this is not CI'},
  },
})
