import {describe, expect, it} from 'vitest'
import {json, liveFactsOf, notFound, revoked, type Said} from './live.ts'

const app = (said: Said = {}) => liveFactsOf(said).get('app')
const machine = async (more: object) => {
  const fact = await app({
    answers: {'status -a shop': json({Name: 'shop', Machines: [{id: '1', region: 'iad', state: 'started', ...more}]})},
  })
  return fact.state === 'ok' ? fact.value.machines[0] : undefined
}

describe('the app', () => {
  it('is read of flyctl status', async () => {
    expect(await app()).toMatchObject({
      state: 'ok',
      value: {
        name: 'shop',
        organization: 'acme-widgets',
        deployed: true,
        status: 'deployed',
        release: 12,
        hostname: 'shop.fly.dev',
        machines: [
          {id: '17811953c92e18', region: 'iad', state: 'started', group: 'app', release: 12},
          {id: 'e784e4d1a09683', state: 'stopped', checks: [], reachable: true},
        ],
      },
    })
  })

  it('that was never deployed', async () => {
    const status = {Name: 'shop', Deployed: false, Machines: [], Status: 'pending', Version: 0, Organization: null}
    expect(await app({answers: {'status -a shop': json(status)}})).toMatchObject({
      value: {deployed: false, release: 0, machines: [], organization: undefined},
    })
  })

  it('that is not there: the command that makes it, and a name that is near', async () => {
    const answers = {
      'status -a shop': notFound,
      'apps list': json([{Name: 'shop-2'}]),
      'orgs list': json({personal: 'Dana'}),
    }
    expect(await app({answers})).toMatchObject({
      state: 'failed',
      problem: {
        message: 'the app "shop" does not exist on Fly.io, or this login may not see it. Did you mean shop-2?',
        hint: expect.stringContaining('flyctl apps create shop -o personal.'),
      },
    })
  })

  it('that is not there, for a person with several organisations and for one whose lists are refused', async () => {
    const several = {'status -a shop': notFound, 'orgs list': json({acme: 'Acme', personal: 'Dana'})}
    const none = {'status -a shop': notFound, 'orgs list': 'Error: Not authorized', 'apps list': 'null'}
    const hint = async (answers: Record<string, string>) => {
      const fact = await app({answers})
      return fact.state === 'ok' ? undefined : fact.problem?.hint
    }
    expect(await hint(several)).toContain('flyctl apps create shop -o ORG (ORG is one of acme, personal).')
    expect(await hint(none)).toContain('flyctl apps create shop -o ORG.')
  })

  it('that a token of another app cannot see is not said to be missing', async () => {
    const fact = await app({
      flyctl: 'deploy-token',
      env: {FLY_API_TOKEN: 'fm2_AAAA'},
      answers: {'status -a shop': notFound},
    })
    expect(fact).toMatchObject({
      problem: {
        message:
          'Fly.io shows no app "shop" to this token, which is limited to one app (number 5128844): it does not exist, or the token is another app\'s',
        hint: 'Check the name. If the app exists, make a token for it: flyctl tokens create deploy -a shop',
      },
    })
  })

  it('of an organisation that owes money', async () => {
    const said = 'Error: failed to list active VMs: trial has ended, please add a credit card'
    expect(await app({answers: {'status -a shop': said}})).toMatchObject({
      problem: {kind: 'refused', message: expect.stringMatching(/^Fly\.io does nothing for the organisation of shop/)},
    })
  })

  it.each([
    ['the token was revoked meanwhile', revoked],
    ['Fly.io has a fault', 'Error: failed to list active VMs: request returned non-2xx status: 502: <html>'],
    ['an app called billing', "Error: could not get current release for app 'billing': something broke"],
    ['another command answers', 'Usage:\n  flyctl status [flags]\n'],
    ['something else than a status', '{}'],
    ['an empty list', '[]'],
  ])('is not known: %s', async (_, said) => {
    const fact = await app({answers: {'status -a shop': said}})
    expect(fact).toMatchObject({state: 'failed'})
    expect(fact).not.toHaveProperty('problem')
  })
})

it.each([
  ['Error: Too Many Requests', 'flyctl status -a shop: Too Many Requests; wait a minute and run it again'],
  ['Error: server returned a non-200 status code: 503', /; see status\.flyio\.net$/],
  ['Error: Post "https://api.fly.io/graphql": dial tcp: i/o timeout', /; without a network: preflight --offline$/],
])('what to do is told: %s', async (said, reason) => {
  const fact = await app({answers: {'status -a shop': said}})
  expect(fact.state === 'failed' && fact.reason).toMatch(reason)
})

describe('a machine', () => {
  it('has its group and its release in the metadata, old ones under the earlier name', async () => {
    expect(await machine({config: {metadata: {fly_process_group: 'worker', fly_release_version: '7'}}})).toMatchObject({
      group: 'worker',
      release: 7,
    })
    expect(await machine({config: {metadata: {process_group: 'worker'}}})).toMatchObject({group: 'worker', release: 0})
  })

  it('whose host is down has an incomplete configuration, and may have none', async () => {
    const config = {
      metadata: {fly_process_group: 'db'},
      mounts: [{volume: 'vol_1', path: '/data'}],
      guest: {cpu_kind: 'shared', cpus: 1, memory_mb: 256},
    }
    expect(await machine({host_status: 'unreachable', incomplete_config: config})).toMatchObject({
      reachable: false,
      group: 'db',
      mounts: [{volume: 'vol_1', name: undefined, path: '/data'}],
      guest: {cpuKind: 'shared', cpus: 1, memoryMb: 256},
    })
    expect(await machine({host_status: 'unknown'})).toMatchObject({reachable: false, guest: undefined, mounts: []})
  })

  it('tells how it ended, in the request of an event or in its monitor event', async () => {
    const events = [
      {type: 'exit', status: 'stopped', timestamp: 1, request: {exit_event: {exit_code: 1, requested_stop: true}}},
      {type: 'exit', timestamp: 3, request: {MonitorEvent: {exit_event: {exit_code: 137, oom_killed: true}}}},
      {type: 'start', timestamp: 2},
      {},
    ]
    expect((await machine({events}))?.events).toEqual([
      {type: 'exit', status: undefined, at: 3, exit: {code: 137, outOfMemory: true, requested: false}},
      {type: 'start', status: undefined, at: 2, exit: undefined},
      {type: 'exit', status: 'stopped', at: 1, exit: {code: 1, outOfMemory: false, requested: true}},
    ])
  })

  it('without an id, a region or a state is none', async () => {
    expect(await machine({id: ''})).toBeUndefined()
  })
})
