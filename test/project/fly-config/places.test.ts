import {describe, expect, it} from 'vitest'
import {FactStore, type Loaders} from '../../../src/facts.ts'
import {ProjectReader} from '../../../src/project/files/reader.ts'
import {type FlyConfig, loadFlyConfig} from '../../../src/project/fly-config/fly-config.ts'
import {Repository} from '../../../src/project/git/repository.ts'
import {memoryFileSystem, root} from '../../memory.ts'

async function read(name: string, text: string): Promise<FlyConfig> {
  const reader = new ProjectReader(root, memoryFileSystem({[name]: text}))
  const loaders = {
    flyConfig: () => loadFlyConfig({reader, repository: new Repository(reader), options: {}, env: {}}),
  } as unknown as Loaders
  const fact = await new FactStore(loaders).get('flyConfig')
  expect(fact.state).toBe('ok')
  return (fact as {value: FlyConfig}).value
}

type Place = ReturnType<FlyConfig['at']>
const shown = ({line, column, endLine, endColumn}: Place) => `${line}:${column}-${endLine}:${endColumn}`

const toml = `app = "shop"
[http_service]
  internal_port = 8080
  [[http_service.checks]]
    path = "/up"
[mount]
source = "data"
[build]
args = {A = "1"}
[[processes]]
name = "web"
command = "run it"
`
const json = '{\n  "app": "shop",\n  "http_service": {"internal_port": 8080, "checks": [{"path": "/up"}]}\n}\n'
const yaml = 'app: shop\nhttp_service:\n  internal_port: 8080\n  checks:\n    - path: /up\n'

describe('places in TOML', () => {
  it('of a key with its value, the key alone, the value alone', async () => {
    const config = await read('fly.toml', toml)
    const path = ['http_service', 'internal_port'] as const
    expect([config.at(...path), config.keyAt(...path), config.valueAt(...path)].map(shown)).toEqual([
      '3:3-3:23',
      '3:3-3:16',
      '3:19-3:23',
    ])
    expect(config.at(...path)).toMatchObject({file: 'fly.toml', keyPath: 'http_service.internal_port'})
  })

  it('of a table: its header, in the brackets', async () => {
    const config = await read('fly.toml', toml)
    expect(shown(config.at('http_service'))).toBe('2:2-2:14')
    expect(shown(config.at('http_service', 'checks', 0))).toBe('4:5-4:24')
  })

  it('of a missing key: its nearest parent, and of nothing at all the beginning', async () => {
    const config = await read('fly.toml', toml)
    expect(shown(config.at('http_service', 'checks', 0, 'interval'))).toBe('4:5-4:24')
    expect(config.at('deploy', 'strategy')).toEqual({
      file: 'fly.toml',
      line: 1,
      column: 1,
      keyPath: 'deploy.strategy',
    })
  })

  it("of what an older shape holds, by flyctl's own path", async () => {
    const config = await read('fly.toml', toml)
    expect(config.at('mounts', 0, 'source')).toMatchObject({line: 7, keyPath: 'mounts[0].source'})
    expect(shown(config.at('processes', 'web'))).toBe('12:1-12:19')
    expect(shown(config.at('build', 'args', 'A'))).toBe('9:9-9:16')
  })
})

it.each([
  ['fly.json', json, ['3:20-3:41', '3:20-3:35', '3:37-3:41', '3:55-3:68']],
  ['fly.yaml', yaml, ['3:3-3:22', '3:3-3:16', '3:18-3:22', '5:7-5:16']],
])('places in %s', async (name, text, places) => {
  const config = await read(name, text)
  const path = ['http_service', 'internal_port'] as const
  const found = [config.at(...path), config.keyAt(...path), config.valueAt(...path)]
  expect([...found, config.at('http_service', 'checks', 0, 'path')].map(shown)).toEqual(places)
})

describe('what to write', () => {
  const write = async (name: string, text: string, ...rest: Parameters<FlyConfig['write']>) => {
    const {hint, fix} = (await read(name, text)).write(...rest)
    return {hint, edits: fix?.edits.map(({text, line, column, endColumn}) => `${line}:${column}-${endColumn} ${text}`)}
  }

  it('is a line of the file, and an edit of the value', async () => {
    const path = ['http_service', 'internal_port']
    expect(await write('fly.toml', toml, path, 3000)).toEqual({
      hint: 'Write internal_port = 3000',
      edits: ['3:19-23 3000'],
    })
    expect(await write('fly.json', json, ['app'], 'a', ', the name.')).toEqual({
      hint: 'Write "app": "a", the name.',
      edits: ['2:10-16 "a"'],
    })
    expect(await write('fly.yaml', yaml, path, 3000)).toEqual({
      hint: 'Write internal_port: 3000',
      edits: ['3:18-22 3000'],
    })
  })

  it('is no edit where the key is missing', async () => {
    expect(await write('fly.toml', toml, ['http_service', 'force_https'], true)).toEqual({
      hint: 'Write force_https = true',
      edits: undefined,
    })
  })

  it('has arrays and tables on one line', async () => {
    const checks = [{path: '/up', interval: '15s'}]
    expect((await read('fly.toml', toml)).setting('checks', checks)).toBe('checks = [{path = "/up", interval = "15s"}]')
    expect((await read('fly.json', json)).setting('checks', checks)).toBe(
      '"checks": [{"path": "/up", "interval": "15s"}]',
    )
    expect((await read('fly.yaml', yaml)).setting('my checks', ['a', 'b'])).toBe('"my checks": ["a", "b"]')
  })
})
