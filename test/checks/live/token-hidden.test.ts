import tokenHidden from '../../../checks/live/token-hidden.ts'
import {testCheck} from '../../harness.ts'

testCheck(tokenHidden, {
  clean: {
    'one variable': {options: {env: {FLY_API_TOKEN: 'fo1_a'}}},
    'the other variable': {options: {env: {FLY_ACCESS_TOKEN: 'fo1_a', FLY_API_TOKEN: ''}}},
    'the same in both': {options: {env: {FLY_ACCESS_TOKEN: 'fo1_a', FLY_API_TOKEN: 'fo1_a'}}},
    neither: {},
  },
  flagged: {
    'another token in each': {
      options: {env: {FLY_ACCESS_TOKEN: 'fo1_a', FLY_API_TOKEN: 'fo1_b'}},
      expect: [
        'warning token(FLY_ACCESS_TOKEN) FLY_ACCESS_TOKEN is set: flyctl does not look at FLY_API_TOKEN then, which holds another token',
      ],
    },
    'an empty one hides it too': {
      options: {env: {FLY_ACCESS_TOKEN: '', FLY_API_TOKEN: 'fo1_b'}},
      expect: [
        'warning token(FLY_ACCESS_TOKEN) FLY_ACCESS_TOKEN is set and empty: flyctl does not look at FLY_API_TOKEN then, and uses the login of this machine',
      ],
    },
  },
})
