import session from '../../../checks/live/session.ts'
import {testCheck} from '../../harness.ts'

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
  },
})
