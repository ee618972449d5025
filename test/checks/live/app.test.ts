import app from '../../../checks/live/app.ts'
import {testCheck} from '../../harness.ts'

const files = {'fly.toml': 'app = "shop"\n'}

testCheck(app, {
  clean: {
    'it exists': {files},
    'never deployed': {files, answers: {'status -a shop': '{"Name": "shop", "Deployed": false, "Machines": []}'}},
  },
  flagged: {
    'it does not': {
      files,
      flyctl: 'no-app',
      expect: ['error app(shop) the app "shop" does not exist on Fly.io, or this login may not see it'],
    },
    'a token of one app, which shows no other': {
      files,
      flyctl: 'deploy-token',
      answers: {'status -a shop': 'Error: failed to get app: Could not find App "shop"'},
      expect: [
        'error app(shop) Fly.io shows no app "shop" to this token, which is limited to one app (number 5128844): it does not exist, or the token is another app\'s',
      ],
    },
    '-a names another': {
      files,
      options: {app: 'other'},
      answers: {'status -a other': 'Error: failed to get app: Could not find App "other"'},
      expect: ['error app(other) the app "other" does not exist on Fly.io, or this login may not see it'],
    },
  },
})
