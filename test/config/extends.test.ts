import {describe, expect, it} from 'vitest'
import {preflight} from '../../src/preflight.ts'
import {temporary} from '../cli.ts'
import {check, line} from '../harness.ts'

const nameless = '[env]\nA = "1"\n'
const run = (files: Record<string, string>) =>
  check({files: {'fly.toml': nameless, ...files}, options: {only: ['fly-config/app-name', 'settings']}})
const said = async (files: Record<string, string>) =>
  (await run(files)).checks.flatMap(({findings}) => findings.map(line))

describe('extends: a settings file that others share', () => {
  it('gives what the own file does not say', async () => {
    const report = await run({
      'preflight.toml': 'extends = "./shared/preflight.toml"\n',
      'shared/preflight.toml': '[checks]\n"fly-config/app-name" = "warning"\n',
    })
    expect(report).toMatchObject({verdict: 'go', summary: {warnings: 1}})
  })

  it('the own file wins, key by key', async () => {
    const shared = '[checks]\n"fly-config/app-name" = "off"\n"fly-config/unknown-key" = "off"\n'
    const report = await check({
      files: {
        'fly.toml': 'nonsense = 1\n',
        'preflight.toml': 'extends = "./shared.toml"\n[checks]\n"fly-config/app-name" = "info"\n',
        'shared.toml': shared,
      },
      options: {only: ['fly-config/app-name', 'fly-config/unknown-key']},
    })
    expect(report.checks.map(({id, severity, reason}) => [id, severity, reason])).toEqual([
      ['fly-config/unknown-key', expect.any(String), 'off in preflight.toml'],
      ['fly-config/app-name', 'info', null],
    ])
  })

  it('lists add up', async () => {
    const files = {
      'fly.toml': 'app = "shop"\n',
      'preflight.toml': 'extends = "./shared.toml"\n[secrets]\nrequired = ["OWN"]\n',
      'shared.toml': '\n[secrets]\nrequired = ["SHARED"]\n',
    }
    const report = await check({files, options: {only: ['live/required-secrets']}})
    expect(report.checks[0]?.findings.map(line)).toEqual([
      'error preflight.toml:3:13 the secret OWN is not set on shop; preflight.toml requires it',
      'error shared.toml:3:13 the secret SHARED is not set on shop; preflight.toml requires it',
    ])
  })

  it('an ignore in it takes findings out, and need not match in every project', async () => {
    const ignore = (id: string) => `[[ignore]]\ncheck = "${id}"\nreason = "CI gives it"\n`
    const files = {
      'preflight.toml': 'extends = "../shared.toml"\n',
      '../shared.toml': ignore('fly-config/app-name') + ignore('settings/unused-ignore'),
    }
    expect(await run(files)).toMatchObject({verdict: 'go', summary: {ignored: 1, warnings: 0}})
  })

  it('may extend another one; its path is relative to itself', async () => {
    expect(
      await said({
        'preflight.toml': 'extends = "./team/preflight.toml"\n',
        'team/preflight.toml': 'extends = "../company.toml"\n',
        'company.toml': '[checks]\n"fly-config/app-name" = "info"\n',
      }),
    ).toEqual(['info fly.toml:1:1 fly.toml names no app'])
  })

  it('may come with an npm package, found as Node finds it from the project', async () => {
    const root = temporary({
      'apps/shop/fly.toml': nameless,
      'apps/shop/preflight.toml': 'extends = "@acme/deploys/preflight.toml"\n',
      'node_modules/@acme/deploys/package.json': '{"name": "@acme/deploys"}',
      'node_modules/@acme/deploys/preflight.toml': '[checks]\n"fly-config/app-name" = "info"\n',
    })
    const report = await preflight({root: `${root}/apps/shop`, env: {}, only: ['fly-config/app-name']})
    expect(report.checks[0]?.findings.map(line)).toEqual(['info fly.toml:1:1 fly.toml names no app'])
  })
})

describe('what is wrong in settings is one usage error', () => {
  it.each([
    [
      'a circle',
      {'preflight.toml': 'extends = "./a.toml"\n', 'a.toml': '\nextends = "./preflight.toml"\n'},
      'a.toml:2:1: the settings extend each other in a circle: preflight.toml → a.toml → preflight.toml',
    ],
    [
      'a file that is not there',
      {'preflight.toml': 'extends = "./a.toml"\n'},
      'preflight.toml:1:1: a.toml does not exist',
    ],
    [
      'an address',
      {'preflight.toml': 'extends = "https://example.com/preflight.toml"\n'},
      'preflight.toml:1:1: https://example.com/preflight.toml is an address, and preflight fetches nothing: name a file, or a file of an npm package',
    ],
    [
      'a package that is not installed',
      {'preflight.toml': 'extends = "@acme/none"\n'},
      'preflight.toml:1:1: there is no installed package that has @acme/none. A path begins with ./ or ../; a package must be installed (npm ci) before preflight runs',
    ],
    [
      'a mistake in the shared file, named with its place',
      {'preflight.toml': 'extends = "./a.toml"\n', 'a.toml': '[policy]\nregion = ["ams"]\n'},
      'a.toml:2:1: there is no key region here. Did you mean regions?',
    ],
    [
      'a check that does not exist, in the shared file',
      {'preflight.toml': 'extends = "./a.toml"\n', 'a.toml': '[checks]\n"git/clen" = "off"\n'},
      'a.toml:2:1: there is no check git/clen. Did you mean git/clean?',
    ],
    [
      'an empty list of allowed values',
      {'preflight.toml': '[policy]\nregions = []\n'},
      'preflight.toml:2:1: regions is empty',
    ],
    [
      'a memory that is none',
      {'preflight.toml': '[policy.machines]\nmin-memory = "lots"\n'},
      'preflight.toml:2:1: min-memory is "lots"; it must be a memory: "512mb", "2gb"',
    ],
    [
      'a value that is none of its key',
      {'preflight.toml': '[policy.services]\nauto-stop = "suspend"\n'},
      'preflight.toml:2:1: "suspend" is no value of auto-stop, which must be off, on.',
    ],
    [
      'another kind of value',
      {'preflight.toml': '[policy]\nrelease-command = "yes"\n'},
      'preflight.toml:2:1: release-command must be true or false',
    ],
    [
      'versions of Python that are none',
      {'preflight.toml': '[policy]\npython = "3.12"\n'},
      'preflight.toml:2:1: python is "3.12"; it must be versions as in requires-python: ">=3.12"',
    ],
  ])('%s', async (_, files: Record<string, string>, message) => {
    await expect(run(files)).rejects.toThrow(expect.objectContaining({name: 'UsageError', message}))
  })
})
