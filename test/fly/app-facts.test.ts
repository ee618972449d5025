import {describe, expect, it} from 'vitest'
import type {LiveFactName} from '../../src/facts.ts'
import {json, liveFactsOf, notFound, revoked, type Said} from './live.ts'

/** What is asked about the app, by fact. */
const commands = {
  secrets: 'secrets list -a shop',
  volumes: 'volumes list -a shop',
  ips: 'ips list -a shop',
  certificates: 'certs list -a shop',
  releases: 'releases -a shop',
  deployedConfig: 'config show -a shop',
} as const
const names = Object.keys(commands) as (keyof typeof commands)[]

const read = async (fact: keyof typeof commands, said: string, more: Said = {}) => {
  const found = await liveFactsOf({...more, answers: {[commands[fact]]: said, ...more.answers}}).get(fact)
  return found.state === 'ok' ? found.value : found
}

describe.each(names)('%s', (fact) => {
  it('is known with a login and with a deploy token', async () => {
    for (const flyctl of ['healthy', 'deploy-token'])
      expect(await liveFactsOf({flyctl}).get(fact)).toMatchObject({state: 'ok'})
  })

  it('that a token may not see is absent, with the reason; a login that is refused has failed', async () => {
    const forbidden = 'Error: Not authorized to view this'
    const reason = `this token may not run flyctl ${commands[fact].split(' ').slice(0, 2).join(' ').replace(' -a', '')}`
    expect(await read(fact, forbidden, {flyctl: 'deploy-token'})).toEqual({state: 'absent', reason})
    expect(await read(fact, notFound, {flyctl: 'deploy-token'})).toEqual({state: 'absent', reason})
    expect(await read(fact, forbidden)).toMatchObject({state: 'failed'})
  })

  it('has failed where the token was revoked meanwhile, Fly.io has a fault, or something else is printed', async () => {
    for (const said of [
      revoked,
      'Error: server returned a non-200 status code: 500',
      '"text"',
      'Usage:\n  flyctl',
      '',
    ]) {
      expect(await read(fact, said, {flyctl: 'deploy-token'})).toMatchObject({state: 'failed'})
    }
  })

  it('is not known without the app, and its problem is told once', async () => {
    const facts = liveFactsOf({answers: {'status -a shop': notFound}})
    expect(await facts.get(fact)).toMatchObject({state: 'failed', origin: 'app', problem: {kind: 'missing'}})
  })
})

it.each(['secrets', 'volumes', 'ips', 'certificates'] as const)('null stands for no %s', async (fact) => {
  const none = await read(fact, 'null')
  expect(fact === 'secrets' ? none : {names: new Set(none as never), status: new Map()}).toEqual({
    names: new Set(),
    status: new Map(),
  })
})

describe('secrets', () => {
  const status = (value: object) => json([{name: 'A', digest: 'x', ...value}])
  it.each([
    ['today', status({status: 'Staged'}), 'staged'],
    ['with more than 100 machines', status({}), 'unknown'],
    ['of 2025', status({created_at: '2025-01-01', updated_at: '2025-01-01'}), 'unknown'],
    ['older', json([{Name: 'A', Digest: 'x', CreatedAt: '2023-01-01'}]), 'unknown'],
    ['with a state that is not known', status({status: 'Rotating'}), 'unknown'],
  ])('%s', async (_, said, expected) => {
    expect(await read('secrets', said)).toEqual({names: new Set(['A']), status: new Map([['A', expected]])})
  })
})

describe('volumes', () => {
  it('are read, and who has them', async () => {
    const said = json([
      {
        id: 'vol_1',
        name: 'data',
        state: 'created',
        size_gb: 1,
        region: 'iad',
        attached_machine_id: '17',
        host_status: 'ok',
      },
      {id: 'vol_2', name: 'data', size_gb: 3, region: 'ord', attached_machine_id: null, host_status: 'unreachable'},
      {name: 'data'},
    ])
    expect(await read('volumes', said)).toEqual([
      {id: 'vol_1', name: 'data', region: 'iad', state: 'created', sizeGb: 1, machine: '17', reachable: true},
      {id: 'vol_2', name: 'data', region: 'ord', state: undefined, sizeGb: 3, machine: undefined, reachable: false},
    ])
  })

  it('in the old shape', async () => {
    const said = json([{ID: 'vol_1', Name: 'data', SizeGb: 10, Region: 'iad', AttachedMachine: {ID: '17'}}])
    expect(await read('volumes', said)).toMatchObject([{id: 'vol_1', sizeGb: 10, machine: '17'}])
  })
})

it.each([
  ['volumes', {mounts: []}, 'the configuration mounts no volume'],
  ['ips', {services: []}, 'the configuration has no service'],
  ['certificates', {services: []}, 'the configuration has no service'],
] as const)('%s are not asked for where nothing has them', async (fact, config, reason) => {
  const facts = liveFactsOf({config, answers: {[commands[fact]]: 'Error: this was asked'}})
  expect(await facts.get(fact)).toEqual({state: 'absent', reason})
})

it('ips: a type that is not known is another', async () => {
  const said = json([{Address: '66.241.125.17', Type: 'shared_v4'}, {Address: 'fdaa::2', Type: 'v7'}, {Type: 'v4'}])
  expect(await read('ips', said)).toEqual([
    {address: '66.241.125.17', type: 'shared_v4'},
    {address: 'fdaa::2', type: 'other'},
  ])
})

describe('certificates', () => {
  it('are judged by whether they are configured, with a sentence behind the list', async () => {
    const list = JSON.stringify(
      [
        {hostname: 'shop.example.com', status: 'active', configured: true},
        {hostname: 'www.example.com', status: 'pending_validation', configured: false},
      ],
      null,
      4,
    )
    expect(await read('certificates', `${list}\nShowing 50 of 80 certificates. Use [--all] to see them.\n`)).toEqual([
      {hostname: 'shop.example.com', status: 'active', configured: true},
      {hostname: 'www.example.com', status: 'pending_validation', configured: false},
    ])
  })

  it('in the old shape by the status of the client', async () => {
    const said = json([
      {Hostname: 'a.example.com', ClientStatus: 'Ready'},
      {Hostname: 'b.example.com', ClientStatus: 'Awaiting configuration'},
    ])
    expect(await read('certificates', said)).toMatchObject([{configured: true}, {configured: false}])
  })
})

it('a state that is more than a word or two is not passed on: it may hold anything', async () => {
  const said = json([{hostname: 'a.example.com', status: 'pending fm2_AAAABBBBCCCC', configured: false}])
  expect(await read('certificates', said)).toEqual([{hostname: 'a.example.com', status: undefined, configured: false}])
})

it('releases and the deployed configuration of an app that was never deployed are absent', async () => {
  const answers = {
    'status -a shop': json({Name: 'shop', Version: 0, Machines: []}),
    'releases -a shop': '[]',
    'config show -a shop': 'Error: could not create a fly.toml from any machines :-(',
  }
  for (const fact of ['releases', 'deployedConfig'] satisfies LiveFactName[]) {
    expect(await liveFactsOf({answers}).get(fact)).toEqual({state: 'absent', reason: 'the app has never been deployed'})
  }
})

it('releases: the newest first, the status in small letters', async () => {
  expect(await read('releases', json([{Version: 12, Status: 'FAILED', CreatedAt: '2026-08-20T11:05:30Z'}]))).toEqual([
    {version: 12, status: 'failed', createdAt: '2026-08-20T11:05:30Z'},
  ])
})
