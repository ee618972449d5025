import {symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {runAll} from '../../src/all.ts'
import {type Options, preflight, type Report} from '../../src/preflight.ts'
import {temporary} from '../cli.ts'

const secret = 'machine example.com password hunter2\n'
const app = {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM python:3.12-slim\nRUN pip install -r requirements.txt\n'}

/** A pull request of somebody else, as GitHub tells of it. */
function fork(): Record<string, string> {
  const repo = (name: string) => ({repo: {full_name: name}})
  const event = {pull_request: {head: repo('eve/shop'), base: repo('acme/shop')}}
  return {GITHUB_EVENT_PATH: join(temporary({'event.json': JSON.stringify(event)}), 'event.json')}
}

/** A repository and a file beside it. */
function workspace(files: Record<string, string>, ...links: [path: string, to: string][]) {
  const own = Object.entries(files).map(([path, text]) => [`shop/${path}`, text])
  const folder = temporary({'shop/.git/config': secret, netrc: secret, ...Object.fromEntries(own)})
  const root = join(folder, 'shop')
  for (const [path, to] of links) symlinkSync(to, join(root, path))
  return {folder, root}
}

const check = (root: string, options: Options = {}) => preflight({root, offline: true, env: fork(), ...options})
const messages = ({checks}: Report) => checks.flatMap(({findings}) => findings.map(({message}) => message)).join('\n')
const reasons = ({checks}: Report) => checks.map(({reason}) => reason).join('\n')

describe('of the code of somebody else nothing is read that lies outside of its repository', () => {
  it.each<[string, Record<string, string>, ...[path: string, to: string][]]>([
    ['a link', app, ['requirements.txt', '../netrc']],
    ['a link to what git keeps', app, ['requirements.txt', '.git/config']],
    ['a link to a folder', {...app, 'requirements.txt': '-r beside/netrc\n'}, ['beside', '..']],
    ['a path', {...app, 'requirements.txt': '-r ../netrc\n'}],
    ['a setting', {'fly.toml': 'app = "shop"\n[build]\ndockerfile = "../netrc"\n'}],
  ])('by %s', async (_, files, ...links) => {
    const {root} = workspace(files, ...links)
    expect(messages(await check(root, {env: {}}))).toMatch(/example\.com|machine/i)
    const report = await check(root)
    expect(messages(report)).not.toMatch(/example\.com|machine/i)
    expect(reasons(report)).not.toContain('broke: ')
  })

  it('and the reason is told where it cannot be done without', async () => {
    const {root} = workspace({}, ['fly.toml', '../netrc'])
    expect(messages(await check(root))).toBe(
      'fly.toml leads out of the repository, and what lies there is not read for the code of somebody else',
    )
  })

  it('in --all either', async () => {
    const files = {'a/fly.toml': app['fly.toml'], 'a/Dockerfile': app.Dockerfile}
    const {root} = workspace(files, ['a/requirements.txt', '../../netrc'])
    const told = async (env: Record<string, string>) =>
      (await runAll({root, offline: true, env})).map(({report}) => messages(report)).join('\n')
    expect(await told({})).toContain('example.com')
    expect(await told(fork())).not.toContain('example.com')
  })

  it('but what the command line names there, and what a link leads to inside of it', async () => {
    const {root, folder} = workspace(
      {...app, 'apps/web/x': ''},
      ['apps/web/fly.toml', '../../fly.toml'],
      ['apps/web/Dockerfile', '../../Dockerfile'],
    )
    const inside = await check(join(root, 'apps/web'), {only: ['fly-config/syntax', 'dockerfile/syntax']})
    expect(inside.summary).toMatchObject({passed: 2})
    expect(messages(await check(root, {config: join(folder, 'netrc')}))).toContain('expected equal (=) token')
  })
})
