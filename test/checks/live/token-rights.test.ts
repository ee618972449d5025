import tokenRights from '../../../checks/live/token-rights.ts'
import {testCheck} from '../../harness.ts'

const organization = (mask: string) => ({type: 'Organization', body: {id: 1, mask}})
const apps = (masks: Record<string, string>) => ({type: 'Apps', body: {apps: masks}})
/** What `flyctl tokens debug` shows of macaroons with these caveats. */
const token = (...macaroons: object[][]) => ({
  options: {env: {FLY_API_TOKEN: 'fm2_AAAA'}},
  answers: {
    'tokens debug': JSON.stringify(macaroons.map((caveats) => ({location: 'https://api.fly.io/v1', caveats}))),
  },
})
const expected =
  'warning token(FLY_API_TOKEN) the token of FLY_API_TOKEN may read and nothing else; flyctl deploy needs one that may change the app'

testCheck(tokenRights, {
  clean: {
    'a deploy token': token([organization('rwcdC'), apps({1: 'rwcdC'})]),
    'one app that it may only read, beside one that it may change': token([
      organization('rwcdC'),
      apps({1: 'r', 2: 'rwC'}),
    ]),
    'an ssh token, whose second part may do something': token(
      [organization('rwcdC'), {type: 'Action', body: 'r'}],
      [organization('rwcdC'), {type: 'Mutations', body: {mutations: ['addWireGuardPeer']}}],
    ),
    'rights that depend on something': token([organization('rwcdC'), {type: 'IfPresent', body: {ifs: [], else: 'r'}}]),
    'one of the old kind': {options: {env: {FLY_API_TOKEN: 'fo1_example'}}},
    'a part that only proves who asks': {
      options: {env: {FLY_API_TOKEN: 'fm2_AAAA'}},
      answers: {
        'tokens debug': '[{"location": "https://api.fly.io/aaa/v1", "caveats": [{"type": "Action", "body": "r"}]}]',
      },
    },
  },
  flagged: {
    'flyctl tokens create readonly': {...token([organization('rwcdC'), organization('r')]), expect: [expected]},
    'an app token that was narrowed': {...token([organization('rwcdC'), apps({1: 'r'})]), expect: [expected]},
    'an action that was added': {...token([organization('rwcdC'), {type: 'Action', body: 'r'}]), expect: [expected]},
  },
})
