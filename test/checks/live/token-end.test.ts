import tokenEnd from '../../../checks/live/token-end.ts'
import {testCheck} from '../../harness.ts'

const now = Date.parse('2026-07-01T12:00:00Z') / 1000
const day = 24 * 3600
const options = {env: {FLY_API_TOKEN: 'fm2_AAAA'}}

/** A token that ends in so many days, and began so many days ago. */
const token = (days: number, ago = 300, more = {}) => ({
  options,
  ...more,
  answers: {
    'tokens debug': JSON.stringify([
      {
        location: 'https://api.fly.io/v1',
        caveats: [{type: 'ValidityWindow', body: {not_before: now - ago * day, not_after: now + days * day}}],
      },
    ]),
  },
})

testCheck(tokenEnd, {
  clean: {
    'it ends in two weeks': token(14.1),
    'it was made for this deploy': token(0.04, 0),
    'it was made for two weeks': token(3, 10),
    'it never ends': {options, answers: {'tokens debug': '[{"location": "https://api.fly.io/v1", "caveats": []}]'}},
    'a login, which renews itself': token(1, 300, {options: {env: {}}}),
    'it is over and Fly.io takes it all the same': token(-2),
    'it is of the old kind': {options: {env: {FLY_API_TOKEN: 'fo1_example'}}},
  },
  flagged: {
    'within two weeks': {
      ...token(8.5),
      expect: ['info token(FLY_API_TOKEN) the token of FLY_API_TOKEN ends in 8 days, on 2026-07-10'],
    },
    'within a week': {
      ...token(3, 12),
      expect: ['warning token(FLY_API_TOKEN) the token of FLY_API_TOKEN ends in 3 days, on 2026-07-04'],
    },
    tomorrow: {
      ...token(1.2),
      expect: ['warning token(FLY_API_TOKEN) the token of FLY_API_TOKEN ends in 1 day, on 2026-07-02'],
    },
    today: {
      ...token(0.3),
      expect: ['warning token(FLY_API_TOKEN) the token of FLY_API_TOKEN ends within a day, on 2026-07-01'],
    },
  },
})
