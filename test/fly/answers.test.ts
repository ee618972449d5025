import {describe, expect, it} from 'vitest'
import {classify, readJson, refusal} from '../../src/fly/answers.ts'

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
    ['Error: failed to list VMs: net/http: TLS handshake timeout', 'network'],
    [
      'Error: Get "https://api.machines.dev/v1/apps": tls: failed to verify certificate: x509: unknown authority',
      'network',
    ],
    ['Error: failed to list clusters (status 403): {"error":"unauthorized"}', 'forbidden'],
    ['Error: failed to list certificates: Unauthorized', 'forbidden'],
    ['Error: server returned a non-200 status code: 500', 'server'],
    ['Error: request returned non-2xx status: 503: upstream', 'server'],
    ['Error: returned error 500: {"errors":[]}', 'server'],
    ['Error: server returned a non-200 status code: 429', 'rate-limited'],
    ['Error: unknown flag: --json', 'usage'],
    ['Error: could not get current release for app payment: it broke', 'other'],
    ['Warning: Metrics send issue: dial tcp: i/o timeout\n\nError: Could not find App "shop"\n', 'not-found'],
    ['Error: something else', 'other'],
  ])('%s: %s', (stderr, cause) => {
    expect(classify('flyctl x', stderr).cause).toBe(cause)
  })

  it.each([
    [1, '', 'exit code 1', 'other', 'flyctl x: exit code 1'],
    [3, '', '', 'crashed', 'flyctl x: flyctl crashed (exit code 3)'],
    [3, 'panic: runtime error', '', 'crashed', 'flyctl x: panic: runtime error'],
    [126, '', '', 'timed-out', 'flyctl x: flyctl gave up waiting for Fly.io (exit code 126)'],
    [127, '', '', 'interrupted', 'flyctl x: flyctl was interrupted (exit code 127)'],
    [127, 'sh: 1: flyctl: not found', '', 'other', 'flyctl x: sh: 1: flyctl: not found'],
  ])('exit code %i, stderr "%s"', (code, stderr, fallback, cause, message) => {
    expect(refusal('flyctl x', code, stderr, fallback)).toEqual({ok: false, cause, message})
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
    ['both, and brackets in them', '[WARN] slow\n{\n  "a": 1\n}\nSee [docs] for more.\n', {a: 1}],
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
    ['another sentence', 'Something unexpected happened\n'],
    ['half of it', '{"a": [1,'],
    ['help', 'Usage:\n  flyctl postgres [command]\n'],
  ])('%s is garbage: exit 0 proves nothing', (_, stdout) => {
    expect(readJson('flyctl x', stdout)).toMatchObject({ok: false, cause: 'garbage'})
  })
})
