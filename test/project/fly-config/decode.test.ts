import {readdirSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import type {Document, Format} from '../../../src/project/documents/document.ts'
import {parseJson} from '../../../src/project/documents/json.ts'
import {parseToml} from '../../../src/project/documents/toml.ts'
import {parseYaml} from '../../../src/project/documents/yaml.ts'
import {TextFile} from '../../../src/project/files/text.ts'
import {decodeConfig} from '../../../src/project/fly-config/decode.ts'
import {Duration} from '../../../src/project/fly-config/duration.ts'
import {flyctlVersion} from '../../../src/project/fly-config/keys.ts'
import {Undecodable} from '../../../src/project/fly-config/refusals.ts'
import {verdicts} from '../../flyctl/verdicts.ts'

const parsers = {toml: parseToml, json: parseJson, yaml: parseYaml}

function decode(text: string, format: Format = 'toml') {
  const document = parsers[format](new TextFile(`fly.${format}`, `/fly.${format}`, text))
  expect(document).not.toHaveProperty('message')
  return decodeConfig((document as Document).root, format)
}

/** As flyctl's JSON has it: durations as text, autostop as the booleans of old, and no zero values. */
function asFlyctlWrites(value: unknown): unknown {
  if (value instanceof Duration) return String(value)
  if (Array.isArray(value)) return value.map(asFlyctlWrites)
  if (value === 'stop') return true
  if (value === 'off') return false
  if (value === 'none') return ''
  if (typeof value !== 'object' || value === null) return value
  const isZero = (each: unknown) => !each || (typeof each === 'object' && Object.keys(each).length === 0)
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, entry]) => [key, asFlyctlWrites(entry)] as const)
      .filter(([, entry]) => !isZero(entry)),
  )
}

describe('decodes what flyctl decodes, to the same configuration', () => {
  it.each(verdicts.filter(({decoded}) => decoded).map((verdict) => [verdict.name, verdict] as const))(
    '%s',
    (_, {text, decoded}) => {
      expect(asFlyctlWrites(decode(text).config)).toEqual(asFlyctlWrites(decoded))
    },
  )
})

describe('refuses what flyctl cannot decode', () => {
  it.each(verdicts.filter((verdict) => verdict.class === 'unmarshal').map(({name, text}) => [name, text] as const))(
    '%s',
    (_, text) => {
      expect(() => decode(text)).toThrow(Undecodable)
    },
  )
})

describe('keys of another letter case', () => {
  it('count for the decoder, exact or not, the later in the order of bytes winning', () => {
    expect(decode('App = "a"\napp = "b"').config.app).toBe('b')
  })

  it('of a table of names fill up what the other one began', () => {
    expect(decode('[Env]\nA = "1"\nB = "1"\n[env]\nB = "2"').config.env).toEqual({A: '1', B: '2'})
  })

  it('do not count for what flyctl rewrites: [[VM]] is lost, since vm is then null', () => {
    expect(decode('[[VM]]\nsize = "shared-cpu-1x"').config.vm).toBeUndefined()
  })

  it('are noted', () => {
    const {unknown} = decode('[Deploy]\nRelease_Command = "x"')
    expect(unknown.map(({path, takenFor}) => [path.join('.'), takenFor])).toEqual([
      ['Deploy', 'deploy'],
      ['deploy.Release_Command', 'release_command'],
    ])
  })
})

describe('JSON and YAML', () => {
  it('JSON has floats only', () => {
    expect(decode('{"env": {"BIG": 1000000}, "vm": [{"memory": 1048576}]}', 'json').config).toEqual({
      env: {BIG: '1e+06'},
      vm: [{memory: '1.048576e+06'}],
    })
  })

  it('YAML loses whole numbers where a time is wanted, and says so', () => {
    const {config, dropped} = decode('kill_timeout: 120\nchecks:\n  up:\n    interval: 5000\n    type: tcp\n', 'yaml')
    expect(config.kill_timeout).toBeUndefined()
    expect(config.checks?.up?.interval).toBeUndefined()
    expect(dropped.map(({path, hint}) => [path.join('.'), hint])).toEqual([
      ['checks.up.interval', 'Write it as a string with its unit: "5s"'],
      ['kill_timeout', 'Write it as a string with its unit: "2m0s"'],
    ])
  })

  it('YAML keeps yes, no and off as texts', () => {
    const text = 'http_service:\n  internal_port: 80\n  auto_stop_machines: off\nenv:\n  A: yes\n'
    expect(decode(text, 'yaml').config).toMatchObject({http_service: {auto_stop_machines: 'off'}, env: {A: 'yes'}})
  })

  it('YAML writes whole numbers in many ways', () => {
    const text =
      'checks:\n  a: {port: 0x1F}\n  b: {port: 017}\n  c: {port: 0b11}\n  d: {port: 1_000}\n  e: {port: 0080}\n'
    const ports = Object.values(decode(text, 'yaml').config.checks ?? {}).map(({port}) => port)
    expect(ports).toEqual([31, 15, 3, 1000, 80])
  })

  it('YAML may repeat itself by anchors and merges', () => {
    const text = 'x: &one\n  type: tcp\n  port: 1\nchecks:\n  a: *one\n  b:\n    <<: *one\n    port: 2\n'
    expect(decode(text, 'yaml').config.checks).toEqual({a: {type: 'tcp', port: 1}, b: {type: 'tcp', port: 2}})
  })

  it('a null is nothing, and empty text in a table of names', () => {
    expect(decode('app: a\nhttp_service:\nprocesses:\n  web:\n', 'yaml').config).toEqual({
      app: 'a',
      processes: {web: ''},
    })
  })
})

it("the keys are those of the flyctl whose verdicts and answers are recorded: a new one's are compared first", () => {
  expect(readdirSync(new URL('../../recordings', import.meta.url))).toContain(flyctlVersion)
})

it('notes the keys that do nothing, wherever they stand', () => {
  const {dead} = decode('[experimental]\nauto_rollback = true\n[env]\nauto_rollback = "1"')
  expect(dead.map(({path, value}) => [path.join('.'), value])).toEqual([['experimental.auto_rollback', true]])
})
