import {describe, expect, it} from 'vitest'
import {json, liveFactsOf, type Said} from './live.ts'

const commands = {
  postgres: 'postgres list',
  managedPostgres: 'mpg list -o acme-widgets',
  redis: 'redis list -o acme-widgets',
} as const
const header = 'NAME      │ ORG          │ PLAN        │ EVICTION │ PRIMARY REGION │ READ REGIONS\n'
const empty = {
  postgres: 'No postgres clusters found\n',
  managedPostgres: 'No managed postgres clusters found in organization acme-widgets\n',
  redis: header,
}

const read = async (fact: keyof typeof commands, said: string, more: Said = {}) => {
  const found = await liveFactsOf({...more, answers: {[commands[fact]]: said}}).get(fact)
  return found.state === 'ok' ? found.value : found
}

describe.each(Object.keys(commands) as (keyof typeof commands)[])('%s', (fact) => {
  it('none, for a login; for a token that says nothing', async () => {
    const none = await read(fact, empty[fact])
    expect(fact === 'postgres' ? none : {apps: none}).toEqual({apps: []})
    expect(await read(fact, empty[fact], {flyctl: 'deploy-token'})).toMatchObject({state: 'absent'})
  })

  it.each([
    'Error: Not authorized to read this organization',
    'Error: failed to list clusters (status 403): {"error":"unauthorized"}',
    'Error: failed to run query { organization { id } }: You must be authenticated to view this.',
  ])('refused to a token it is absent, to a login it has failed: %s', async (said) => {
    expect(await read(fact, said, {flyctl: 'deploy-token'})).toEqual({
      state: 'absent',
      reason: `this token may not run flyctl ${commands[fact].split(' ').slice(0, 2).join(' ')}`,
    })
    expect(await read(fact, said)).toMatchObject({state: 'failed'})
  })

  it.each([
    'Error: Post "https://api.fly.io/graphql": dial tcp: i/o timeout',
    'Error: server returned a non-200 status code: 429',
    'Error: server returned a non-200 status code: 502',
    'Something unexpected happened',
    'Usage:\n  flyctl [command]\n',
  ])('is not known, and a token is not blamed: %s', async (said) => {
    expect(await read(fact, said, {flyctl: 'deploy-token'})).toMatchObject({state: 'failed'})
  })
})

it('postgres: apps of every organisation that the login sees', async () => {
  const said = json([
    {Name: 'shop-db', Organization: {Slug: 'acme-widgets'}},
    {Name: 'other-db', Organization: null},
    {},
  ])
  expect(await read('postgres', said)).toEqual({
    apps: [
      {name: 'shop-db', organization: 'acme-widgets'},
      {name: 'other-db', organization: undefined},
    ],
  })
  expect(await read('postgres', said, {flyctl: 'deploy-token'})).toMatchObject({apps: [{name: 'shop-db'}, {}]})
})

it.each([
  ['nothing wants a DATABASE_URL', [], [], false],
  ['it is set', ['DATABASE_URL'], ['DATABASE_URL'], false],
  ['it is missing', ['DATABASE_URL'], ['OTHER'], true],
])('postgres: where preflight.toml names none, and %s', async (_, wanted, secrets, isAsked) => {
  const answers = {
    'postgres list': json([{Name: 'shop-db'}]),
    'secrets list -a shop': json(secrets.map((name) => ({name}))),
  }
  const fact = await liveFactsOf({answers, namesPostgres: false, wanted}).get('postgres')
  expect(fact.state).toBe(isAsked ? 'ok' : 'absent')
})

it('managed Postgres: the clusters, and the apps that have their URL', async () => {
  const said = json([
    {id: 'q49', name: 'shop-pg', region: 'iad', status: 'ready', attached_apps: [{name: 'shop', id: 1}]},
    {id: '8ln', name: 'reports-pg', attached_apps: null},
    {id: '7kk', name: 'old-pg'},
  ])
  expect(await read('managedPostgres', said)).toEqual([
    {id: 'q49', name: 'shop-pg', region: 'iad', status: 'ready', attachedApps: ['shop']},
    {id: '8ln', name: 'reports-pg', region: undefined, status: undefined, attachedApps: []},
    {id: '7kk', name: 'old-pg', region: undefined, status: undefined, attachedApps: undefined},
  ])
})

it('managed Postgres: an old login cannot list them', async () => {
  const said = 'Error: MPG commands require updated tokens but found older-style tokens.'
  expect(await read('managedPostgres', said)).toMatchObject({state: 'absent'})
})

it('without an organisation nothing of it is asked', async () => {
  const answers = {'status -a shop': json({Name: 'shop', Version: 1, Machines: []})}
  for (const fact of ['managedPostgres', 'redis'] as const) {
    expect(await liveFactsOf({answers}).get(fact)).toMatchObject({state: 'absent'})
  }
})

it('redis: the rows of the table, with colours and in older ones with tabs', async () => {
  const rows = 'shop-redis│ acme-widgets │ \u001b[1mPay-as-you-go\u001b[0m │ Disabled │ iad            │ \n'
  expect(await read('redis', header + rows)).toEqual([{name: 'shop-redis', region: 'iad'}])
  expect(await read('redis', 'NAME\tORG\tPLAN\tEVICTION\tPRIMARY REGION\nold\tacme\tFree\tOn\tord\n')).toEqual([
    {name: 'old', region: 'ord'},
  ])
})
