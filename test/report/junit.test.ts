import {readFileSync} from 'node:fs'
import {XMLParser} from 'fast-xml-parser'
import {describe, expect, it} from 'vitest'
import {validateXML} from 'xmllint-wasm'
import {junit, junitSet} from '../../src/report/junit.ts'
import {context, hostile, noGo, samples} from './samples.ts'

const schema = readFileSync(new URL('standards/junit-10.xsd', import.meta.url), 'utf8')

/** The schema knows no `file` and `line` of a case, which GitHub's and GitLab's readers take. */
const withoutPlaces = (xml: string) => xml.replace(/(<testcase [^>]*?)( file="[^"]*")?( line="[^"]*")?(\/?>)/g, '$1$4')

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => /^test(suite|case)$/.test(name),
})

interface Case {
  classname: string
  name: string
  file?: string
  line?: string
  failure?: {type: string; message: string; '#text': string}
  error?: {type: string; message: string; '#text': string}
  skipped?: {message: string}
  'system-out'?: string
}

function casesOf(xml: string): Map<string, Case> {
  const suites = parser.parse(xml).testsuites.testsuite as {testcase: Case[]}[]
  return new Map(suites.flatMap(({testcase}) => testcase.map((each): [string, Case] => [each.classname, each])))
}

describe('JUnit XML', () => {
  it('holds the suites of many deploys, under their names', async () => {
    const other = {...context, prefix: 'apps/other'}
    const xml = junitSet([
      {report: noGo, context},
      {report: noGo, context: other},
    ])
    const {errors} = await validateXML({xml: [{fileName: 'all.xml', contents: withoutPlaces(xml)}], schema})
    expect(errors.map(({rawMessage}) => rawMessage)).toEqual([])
    const {tests, testsuite} = parser.parse(xml).testsuites
    expect(Number(tests)).toBe(2 * noGo.checks.length)
    const names = (testsuite as {name: string}[]).map(({name}) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names[0]).toMatch(/^apps\/shop\/fly\.toml \S+$/)
  })

  it.each(samples)('is well formed, and valid by the schema of Jenkins: %s', async (_, report) => {
    const xml = withoutPlaces(junit(report, context))
    const {valid, errors} = await validateXML({xml: [{fileName: 'report.xml', contents: xml}], schema})
    expect(errors.map(({rawMessage}) => rawMessage)).toEqual([])
    expect(valid).toBe(true)
  })

  it('has a suite for each group, which counts its cases', () => {
    const {testsuites} = parser.parse(junit(noGo, context))
    expect(testsuites).toMatchObject({name: 'preflight', tests: '8', failures: '2', errors: '1', time: '0.412'})
    const live = testsuites.testsuite.find(({name}: {name: string}) => name === 'live')
    expect(live).toMatchObject({tests: '3', failures: '1', errors: '1', skipped: '1', time: '0.036'})
  })

  it('fails a case whose check blocks, with the place, the moment and the cure in its text', () => {
    const {failure, ...place} = casesOf(junit(noGo, context)).get('dockerfile.exposed-port') as Case
    expect(place).toMatchObject({
      name: 'the exposed port is the one that gets traffic',
      file: 'apps/shop/fly.toml',
      line: '6',
    })
    expect(failure).toMatchObject({
      type: 'health',
      message: 'internal_port is 3000, and the server listens on 8080 (and 1 more)',
    })
    expect(failure?.['#text']).toContain(
      'at apps/shop/fly.toml:6:1\nWithout preflight: the app could not be reached.\nCure: internal_port = 8080',
    )
  })

  it('passes a case that only warns, and has the warning in its output', () => {
    const clean = casesOf(junit(noGo, context)).get('git.clean')
    expect(clean?.['system-out']).toContain('warning: 2 files are not committed')
    expect(clean).not.toHaveProperty('failure')
  })

  it('has what could not be verified as an error where it blocks, else as skipped', () => {
    const cases = casesOf(junit(noGo, context))
    expect(cases.get('live.app')?.error).toMatchObject({type: 'unverified', message: 'flyctl is not logged in'})
    expect(cases.get('live.postgres')?.skipped).toEqual({
      message: 'could not be verified: flyctl is not logged in',
    })
    expect(cases.get('alembic.heads')?.skipped).toEqual({message: 'there is no alembic.ini'})
  })

  it('keeps a text of the project inside of its element', () => {
    const cases = casesOf(junit(hostile, context))
    expect([...cases.keys()]).toEqual(['fly-config.syntax', 'live.app', 'live.postgres'])
    expect(cases.get('fly-config.syntax')?.failure?.message).toContain(`]]><injected attr="1">`)
  })
})
