import {describe, expect, it} from 'vitest'
import {json, liveFactsOf, type Said} from './live.ts'

const day = 24 * 3600
const now = Date.parse('2026-07-01T12:00:00Z') / 1000
const whole = `FlyV1 fm2_${'A'.repeat(40)}`
const permission = (...caveats: {type: string; body: unknown}[]) => ({location: 'https://api.fly.io/v1', caveats})
const organization = (mask: string) => ({type: 'Organization', body: {id: 482913, mask}})
const until = (days: number) => ({type: 'ValidityWindow', body: {not_before: now - day, not_after: now + days * day}})
const apps = (ids: Record<string, string>) => ({type: 'Apps', body: {apps: ids}})

const token = (said: Said, ...macaroons: unknown[]) =>
  liveFactsOf({env: {FLY_API_TOKEN: whole}, ...said, answers: {'tokens debug': json(macaroons), ...said.answers}}).get(
    'token',
  )

describe('the token', () => {
  it('a deploy token: one app, and when it ends', async () => {
    expect(
      await token({}, permission(organization('rwcdC'), apps({5128844: 'rwcdC'}), until(9.5)), {
        // Proves who asks; flyctl renews it.
        location: 'https://api.fly.io/aaa/v1',
        caveats: [until(0.001)],
      }),
    ).toMatchObject({
      state: 'ok',
      value: {
        from: 'FLY_API_TOKEN',
        damaged: false,
        daysLeft: 9,
        lifetime: 10,
        expiresAt: (now + 9.5 * day) * 1000,
        appIds: ['5128844'],
        readOnly: false,
      },
    })
  })

  it('an organisation token without an end', async () => {
    expect(await token({}, permission(organization('rwcdC')))).toMatchObject({
      value: {daysLeft: undefined, expiresAt: undefined, appIds: undefined, readOnly: false},
    })
  })

  it('a readonly token is one of the organisation that was narrowed', async () => {
    expect(await token({}, permission(organization('rwcdC'), organization('r')))).toMatchObject({
      value: {readOnly: true},
    })
  })

  it('an ssh token has a part that may do more than read', async () => {
    const read = permission(organization('rwcdC'), apps({1: 'rwcdC'}), {type: 'Action', body: 'r'})
    const change = permission(organization('rwcdC'), apps({1: 'rwcdC'}), {type: 'Mutations', body: {mutations: []}})
    expect(await token({}, read, change)).toMatchObject({value: {readOnly: false, appIds: ['1']}})
  })

  it('of several ends the last that one of its macaroons reaches, and in one the first', async () => {
    expect(await token({}, permission(until(3), until(5)), permission(until(20)))).toMatchObject({
      value: {daysLeft: 20},
    })
    expect(await token({}, permission(until(3), until(5)))).toMatchObject({value: {daysLeft: 3}})
    expect(await token({}, permission(until(-0.1)))).toMatchObject({value: {daysLeft: -1}})
  })

  it('of a login, what is short-lived is renewed', async () => {
    expect(await token({env: {}}, permission(until(1)))).toMatchObject({value: {from: 'login', daysLeft: undefined}})
  })

  it.each([
    ['without its last characters', `FlyV1 fm2_${'A'.repeat(39)}`],
    ['with a blank in it', `FlyV1 fm2_${'A'.repeat(20)} ${'A'.repeat(19)}`],
    ['in quotes', `"${whole}"`],
    ['with a part that is cut', `FlyV1 fm2_${'A'.repeat(40)},fm2_${'A'.repeat(7)}`],
    ['cut where four divides it, so that flyctl cannot decode it', whole],
  ])('damaged: %s', async (_, FLY_API_TOKEN) => {
    expect(await token({env: {FLY_API_TOKEN}})).toMatchObject({value: {damaged: true}})
  })

  it('of the old kind tells nothing of itself', async () => {
    const said = {env: {FLY_API_TOKEN: 'fo1_example'}, answers: {'tokens debug': 'Error: pass a macaroon token'}}
    expect(await token(said)).toMatchObject({value: {from: 'FLY_API_TOKEN', damaged: false, daysLeft: undefined}})
  })

  it('is not known where flyctl cannot be asked', async () => {
    expect(await token({answers: {'tokens debug': 'Error: unknown command "debug"'}})).toMatchObject({state: 'absent'})
  })
})

describe('flyctl takes the first variable that is set at all', () => {
  it.each([
    [{FLY_API_TOKEN: whole}, {from: 'FLY_API_TOKEN', empty: undefined, hidesApiToken: false}],
    [
      {FLY_ACCESS_TOKEN: whole, FLY_API_TOKEN: 'fo1_x'},
      {from: 'FLY_ACCESS_TOKEN', hidesApiToken: true},
    ],
    [
      {FLY_ACCESS_TOKEN: whole, FLY_API_TOKEN: whole},
      {from: 'FLY_ACCESS_TOKEN', hidesApiToken: false},
    ],
    [
      {FLY_ACCESS_TOKEN: '', FLY_API_TOKEN: whole},
      {from: 'login', empty: 'FLY_ACCESS_TOKEN', hidesApiToken: true},
    ],
    [{FLY_API_TOKEN: ''}, {from: 'login', empty: 'FLY_API_TOKEN', hidesApiToken: false}],
    [{}, {from: 'login', empty: undefined, hidesApiToken: false}],
  ])('%o', async (env, value) => {
    expect(await token({env}, permission())).toMatchObject({state: 'ok', value})
  })
})
