import session from '../../../checks/live/session.ts'
import {testCheck} from '../../harness.ts'

const loggedOut = {'auth whoami': "Error: no access token available. Please login with 'flyctl auth login'"}
const rejected = {'auth whoami': 'Error: failed retrieving current user: You must be authenticated to view this.'}

testCheck(session, {
  clean: {'a person': {}, 'a deploy token': {flyctl: 'deploy-token'}},
  flagged: {
    'logged out': {
      flyctl: 'logged-out',
      expect: ['error session flyctl is not logged in to Fly.io (a login lasts 30 days)'],
    },
    'a token that Fly refuses': {
      flyctl: 'rejected-token',
      expect: ['error session Fly.io refuses the token: it is expired, revoked or incomplete'],
    },
    'a secret of the workflow that is not there': {
      options: {env: {FLY_API_TOKEN: ''}},
      answers: loggedOut,
      expect: ['error session(FLY_API_TOKEN) FLY_API_TOKEN is set and empty, and flyctl is not logged in otherwise'],
    },
    'a token that was pasted without its end': {
      options: {env: {FLY_API_TOKEN: 'FlyV1 fm2_AAAAAAA'}},
      answers: rejected,
      expect: [
        'error session(FLY_API_TOKEN) FLY_API_TOKEN holds a token that is cut off or damaged: flyctl drops it without a word and is then logged out',
      ],
    },
  },
})
