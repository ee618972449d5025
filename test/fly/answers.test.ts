import {describe, expect, it} from 'vitest'
import {classify, readJson} from '../../src/fly/answers.ts'

describe('errors of flyctl are told apart by their text', () => {
  it.each([
    ["Error: no access token available. Please login with 'flyctl auth login'", 'auth'],
    [
      'Error: failed retrieving current user: failed to run query { viewer { email } }: You must be authenticated to view this.',
      'auth',
    ],
    ['Error: failed to list app secrets: Authenticate: token validation error (Request ID: 01K2-iad)', 'auth'],
    [
      'Error: failed to get app: failed to run query ($a: String!) { app { id } }: Could not find App "shop"',
      'not-found',
    ],
    ['Error: failed to list VMs: app not found (Request ID: 01K2)', 'not-found'],
    ['Error: Not authorized to manage this app', 'forbidden'],
    ['Error: failed to list active VMs: trial has ended, please add a credit card', 'billing'],
    ['Error: Post "https://api.fly.io/graphql": dial tcp: lookup api.fly.io: no such host', 'network'],
    ['Error: unknown flag: --json', 'usage'],
    ['Error: something else', 'other'],
  ])('%s: %s', (stderr, cause) => {
    expect(classify('flyctl x', stderr).cause).toBe(cause)
  })

  it('keeps what matters: no query, no request id, no colours, no token', () => {
    const stderr =
      '\u001b[31mWarning: metrics\nError: failed to run query ($a: String!) { app(name: $a) { id } }: token fm2_abcdefghijkl is bad (Request ID: 01K2-iad)\u001b[0m\n'
    expect(classify('flyctl status', stderr).message).toBe('flyctl status: token [secret] is bad')
  })
})

describe("flyctl's JSON is read leniently", () => {
  it.each([
    ['plain', '{"a": 1}', {a: 1}],
    ['lines before it', 'DEBUG Loaded config\nCommand "x" is deprecated\n[\n    1\n]\n', [1]],
    ['a sentence behind it', '[1]\nShowing 50 of 80 certificates.\n', [1]],
    ['null for an empty list', 'null\n', null],
  ])('%s', (_, stdout, json) => {
    expect(readJson('flyctl x', stdout)).toEqual({ok: true, json})
  })

  it('a sentence stands for an empty list', () => {
    expect(readJson('flyctl postgres list', 'No postgres clusters found\n')).toEqual({
      ok: true,
      json: undefined,
    })
  })

  it.each([
    ['nothing', ''],
    ['help', 'Usage:\n  flyctl postgres [command]\n'],
  ])('%s is garbage: exit 0 proves nothing', (_, stdout) => {
    expect(readJson('flyctl x', stdout)).toMatchObject({ok: false, cause: 'garbage'})
  })
})
