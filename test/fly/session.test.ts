import {expect, it} from 'vitest'
import {json, liveFactsOf, type Said} from './live.ts'

const loggedOut = "Error: no access token available. Please login with 'flyctl auth login'"
const rejected =
  'Error: failed retrieving current user: failed to run query { viewer { email } }: You must be authenticated to view this.'
const ended = json([
  {location: 'https://api.fly.io/v1', caveats: [{type: 'ValidityWindow', body: {not_after: 1780000000}}]},
])
const session = (said: Said) => liveFactsOf(said).get('session')

it('tells a person from a token, and CI from a terminal', async () => {
  expect(await session({})).toEqual({state: 'ok', value: {automation: false, ci: false}})
  expect(await session({flyctl: 'deploy-token', env: {CI: 'true'}})).toEqual({
    state: 'ok',
    value: {automation: true, ci: true},
  })
})

it.each<[string, string, Said['env'], string, string]>([
  ['nobody is logged in', loggedOut, {}, '[]', 'flyctl is not logged in to Fly.io (a login lasts 30 days)'],
  ['it is refused', rejected, {}, '[]', 'Fly.io refuses the token: it is expired, revoked or incomplete'],
  [
    'the secret of the workflow is not there',
    loggedOut,
    {FLY_API_TOKEN: ''},
    '[]',
    'FLY_API_TOKEN is set and empty, and flyctl is not logged in otherwise',
  ],
  [
    'an empty variable hides the token',
    loggedOut,
    {FLY_ACCESS_TOKEN: '', FLY_API_TOKEN: 'fo1_x'},
    '[]',
    'FLY_ACCESS_TOKEN is set and empty: flyctl looks at it in the place of FLY_API_TOKEN, and then is not logged in',
  ],
  ['it is over', rejected, {FLY_API_TOKEN: 'fm2_AAAA'}, ended, 'the token of FLY_API_TOKEN ended on 2026-05-28'],
  [
    'it is cut off',
    rejected,
    {FLY_API_TOKEN: 'fm2_AAA'},
    '[]',
    'FLY_API_TOKEN holds a token that is cut off or damaged: flyctl drops it without a word and is then logged out',
  ],
])('why Fly.io lets nobody in: %s', async (_, whoami, env, debug, message) => {
  const fact = await session({...(env && {env}), answers: {'auth whoami': whoami, 'tokens debug': debug}})
  expect(fact).toMatchObject({state: 'failed', problem: {kind: 'refused', message}})
})

it.each([
  ['no network', 'Error: Post "https://api.fly.io/graphql": dial tcp: lookup api.fly.io: no such host'],
  ['a fault of Fly.io', 'Error: server returned a non-200 status code: 503'],
  ['too many requests', 'Error: server returned a non-200 status code: 429'],
  ['nobody is named', '{"email": ""}'],
])('%s: it is not known, and no login is blamed', async (_, said) => {
  const fact = await session({answers: {'auth whoami': said}})
  expect(fact).toMatchObject({state: 'failed'})
  expect(fact).not.toHaveProperty('problem')
})
