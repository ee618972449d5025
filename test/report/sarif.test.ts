import {readFileSync} from 'node:fs'
import type {Ajv} from 'ajv'
import AjvDraft4 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import type {Log, Result} from 'sarif'
import {describe, expect, it} from 'vitest'
import {TextFile} from '../../src/project/files/text.ts'
import type {ReporterContext} from '../../src/report/index.ts'
import type {Report} from '../../src/report/report.ts'
import {sarif, sarifSet} from '../../src/report/sarif.ts'
import {onWindows} from '../windows.ts'
import {check, context, finding, go, hostile, noGo, reportOf, samples} from './samples.ts'

// The schema of the standard, as OASIS publishes it.
const schema = JSON.parse(readFileSync(new URL('standards/sarif-2.1.0.schema.json', import.meta.url), 'utf8'))
const ajv = new (AjvDraft4 as unknown as typeof Ajv)({allErrors: true, strict: false})
;(addFormats as unknown as (ajv: Ajv) => void)(ajv)
const validate = ajv.compile(schema)

async function runOf(report: Report, changes: Partial<ReporterContext> = {}) {
  const log = JSON.parse(await sarif(report, {...context, ...changes})) as Log
  return log.runs[0] as Log['runs'][0]
}
const resultsOf = async (report: Report, changes?: Partial<ReporterContext>) =>
  (await runOf(report, changes)).results as Result[]

describe('SARIF', () => {
  it.each(samples)('is valid by the official schema: %s', async (_, report) => {
    validate(JSON.parse(await sarif(report, context)))
    expect(validate.errors ?? []).toEqual([])
  })

  it('has a run for each of many deploys', async () => {
    const parts = samples.map(([, report]) => ({report, context}))
    const log = JSON.parse(await sarifSet(parts)) as Log
    validate(log)
    expect(validate.errors ?? []).toEqual([])
    expect(log.runs).toHaveLength(samples.length)
  })

  it('names a file on another drive of Windows as it is, and as no part of the repository', async () => {
    const location = {file: 'D:/my work/fly.toml', line: 1, column: 1}
    const report = reportOf([check('a/b', {findings: [finding({location})]})])
    const artifact = async () => (await resultsOf(report))[0]?.locations?.[0]?.physicalLocation?.artifactLocation
    expect(await artifact()).toEqual({uri: 'apps/shop/D%3A/my%20work/fly.toml', uriBaseId: 'SRCROOT'})
    onWindows()
    expect(await artifact()).toEqual({uri: 'file:///D:/my%20work/fly.toml'})
    validate(JSON.parse(await sarif(report, context)))
    expect(validate.errors ?? []).toEqual([])
  })

  it('gives every result a file, as GitHub refuses the whole upload else, and says what on Fly.io it is about', async () => {
    const results = await resultsOf(noGo)
    for (const {locations} of results) expect(locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBeTruthy()
    const secret = results.find(({ruleId}) => ruleId === 'live/required-secrets')
    expect(secret?.locations).toEqual([
      {
        physicalLocation: {artifactLocation: {uri: 'apps/shop/fly.toml', uriBaseId: 'SRCROOT'}},
        logicalLocations: [{fullyQualifiedName: 'secrets/SECRET_KEY', kind: 'resource'}],
      },
    ])
  })

  it('has the page of each rule that it names, and its level', async () => {
    const {tool, results} = await runOf(noGo)
    const rules = tool.driver.rules ?? []
    for (const {ruleId, ruleIndex} of results as Result[]) expect(rules[ruleIndex as number]?.id).toBe(ruleId)
    expect(rules.map(({id, defaultConfiguration}) => [id, defaultConfiguration?.level])).toEqual([
      ['git/clean', 'warning'],
      ['fly-config/dead-key', 'note'],
      ['dockerfile/exposed-port', 'error'],
      ['live/app', 'error'],
      ['live/postgres', 'warning'],
      ['live/required-secrets', 'error'],
    ])
    for (const {id, help} of rules) expect(help?.markdown).toMatch(new RegExp(`^# ${id}\n`))
  })

  it('tells what could not be verified as a notification, and that the run is not complete', async () => {
    const [invocation] = (await runOf(noGo)).invocations ?? []
    expect(invocation).toMatchObject({executionSuccessful: false, exitCode: 1})
    expect(invocation?.toolExecutionNotifications?.map(({level, message}) => `${level}: ${message.text}`)).toEqual([
      'error: live/app could not be verified: flyctl is not logged in',
      'warning: live/postgres could not be verified: flyctl is not logged in',
    ])
    expect((await runOf(go)).invocations).toMatchObject([{executionSuccessful: true, exitCode: 0}])
  })

  it('has what was ignored as suppressed, with the reason', async () => {
    const [ignored] = (await resultsOf(noGo)).filter(({suppressions}) => suppressions)
    expect(ignored?.suppressions).toEqual([
      {kind: 'inSource', status: 'accepted', justification: 'it goes with the next release'},
    ])
  })

  it('has the cure as an edit', async () => {
    const [fixed] = (await resultsOf(noGo)).filter(({fixes}) => fixes)
    expect(fixed?.fixes?.[0]?.artifactChanges).toEqual([
      {
        artifactLocation: {uri: 'apps/shop/fly.toml', uriBaseId: 'SRCROOT'},
        replacements: [
          {
            deletedRegion: {startLine: 6, startColumn: 1, endLine: 6, endColumn: 21},
            insertedContent: {text: 'internal_port = 8080'},
          },
        ],
      },
    ])
  })

  it('has paths as URIs from the top of the repository', async () => {
    const at = (file: string) =>
      reportOf([check('fly-config/syntax', {findings: [finding({location: {file, line: 1}})]})])
    const uriOf = async (file: string, prefix: string) =>
      (await resultsOf(at(file), {prefix}))[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri
    expect(await uriOf('a b/ü#%?.toml', '')).toBe('a%20b/%C3%BC%23%25%3F.toml')
    expect(await uriOf('../../.github/workflows/deploy.yml', 'apps/shop')).toBe('.github/workflows/deploy.yml')
    expect(await uriOf('a:b', '')).toBe('a%3Ab')
  })

  it('has neither links nor placeholders in messages', async () => {
    for (const {message} of await resultsOf(hostile)) {
      expect(message.text).not.toMatch(/(?<!\\)\]\(/)
      expect(message.text).not.toMatch(/(?<!\{)\{\d+\}/)
    }
  })
})

describe('a fingerprint', () => {
  const name = async (text: string, line: number, message = 'port 80 is taken', count = 1) => {
    const file = new TextFile('fly.toml', '/fly.toml', text)
    const findings = Array.from({length: count}, () => finding({message, location: {file: 'fly.toml', line}}))
    const results = await resultsOf(reportOf([check('fly-config/syntax', {findings})]), {file: async () => file})
    const names = results.map(({partialFingerprints}) => partialFingerprints?.['preflightFinding/v1'])
    return count === 1 ? names[0] : names
  }

  it('stays when the line moves, is indented, or a number in the message changes', async () => {
    const before = await name('port = 80\n', 1)
    expect(before).toMatch(/^[0-9a-f]{32}$/)
    expect(await name('# new\n\n  port = 80\n', 3)).toBe(before)
    expect(await name('port = 80\n', 1, 'port 8080 is taken')).toBe(before)
  })

  it('is another for another line, message or file', async () => {
    const before = await name('port = 80\n', 1)
    expect(await name('ports = 80\n', 1)).not.toBe(before)
    expect(await name('port = 80\n', 1, 'port 80 is free')).not.toBe(before)
  })

  it('has an ordinal where several are alike', async () => {
    const names = await name('port = 80\n', 1, 'it is taken', 3)
    const first = names?.[0] as string
    expect(names).toEqual([first, `${first}:2`, `${first}:3`])
  })

  it('does not depend on the value of a secret', async () => {
    expect(await name('PASSWORD = "abc"\n', 1)).toBe(await name('PASSWORD = "xyz"\n', 1))
  })
})
