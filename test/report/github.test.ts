import {describe, expect, it} from 'vitest'
import {github} from '../../src/report/github.ts'
import {check, context, finding, hostile, noGo, reportOf} from './samples.ts'

interface Command {
  level: string
  properties: Record<string, string>
  text: string
}

/** Reads a line as the runner does: `::command name=value,…::data`. */
function parse(line: string): Command | undefined {
  const match = /^::(\w+)(?: ([^:]*))?::(.*)$/.exec(line)
  if (!match) return undefined
  const decode = (text: string) =>
    text.replace(/%(0D|0A|3A|2C|25)/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
  const properties = (match[2] ?? '').split(',').map((pair) => {
    const equals = pair.indexOf('=')
    return [pair.slice(0, equals), decode(pair.slice(equals + 1))]
  })
  return {level: match[1] as string, properties: Object.fromEntries(properties), text: decode(match[3] as string)}
}
const commandsOf = (text: string) => text.split('\n').flatMap((line) => parse(line) ?? [])
const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .filter((line) => !parse(line))

describe('annotations of GitHub Actions', () => {
  it('stand on the line, from the top of the repository, with the moment and the cure', () => {
    expect(commandsOf(github(noGo, context)).find(({properties}) => properties.line === '6')).toEqual({
      level: 'error',
      properties: {
        file: 'apps/shop/fly.toml',
        line: '6',
        endLine: '6',
        col: '1',
        endColumn: '21',
        title: 'preflight: dockerfile/exposed-port',
      },
      text: 'internal_port is 3000, and the server listens on 8080\nWithout preflight: the app could not be reached.\nCure: internal_port = 8080',
    })
  })

  it('have no columns where they cover several lines, as the runner drops such', () => {
    const location = {file: 'Dockerfile', line: 1, column: 3, endLine: 2, endColumn: 5}
    const [command] = commandsOf(github(reportOf([check('a/b', {findings: [finding({location})]})]), context))
    expect(command?.properties).toEqual({
      file: 'apps/shop/Dockerfile',
      line: '1',
      endLine: '2',
      title: 'preflight: a/b',
    })
  })

  it('name no file for what is on Fly.io, and tell a cause that leaves several unverified once', () => {
    const commands = commandsOf(github(noGo, context))
    expect(commands.find(({text}) => text.startsWith('the secret SECRET_KEY'))?.properties).toEqual({
      title: 'preflight: live/required-secrets',
    })
    expect(commands.filter(({text}) => text.includes('not logged in'))).toEqual([
      {
        level: 'error',
        properties: {title: 'preflight: could not be verified'},
        text: 'flyctl is not logged in\nlive/app, live/postgres',
      },
    ])
  })

  it('are ten of each level, the heaviest first; how many more there are is a line of the log', () => {
    const findings = (['info', 'warning', 'error'] as const).flatMap((severity) =>
      Array.from({length: severity === 'error' ? 12 : 11}, (_, index) =>
        finding({severity, message: `${severity} ${index}`}),
      ),
    )
    const text = github(reportOf([check('a/b', {findings})]), context)
    const levels = commandsOf(text).map(({level}) => level)
    expect(levels).toEqual(['error', 'warning', 'notice'].flatMap((level) => Array(10).fill(level)))
    expect(linesOf(text).slice(0, 3)).toEqual([
      '2 more errors not annotated: GitHub shows 10 of a level for a step.',
      '1 more warning not annotated: GitHub shows 10 of a level for a step.',
      '1 more notice not annotated: GitHub shows 10 of a level for a step.',
    ])
  })

  it('are followed by the verdict', () => {
    expect(linesOf(github(noGo, context))).toEqual([
      'preflight: NO-GO  2 errors · 1 warning · 1 info · 2 passed · 1 skipped · 2 unverified · 1 ignored  412 ms',
      'Blocked by dockerfile/exposed-port, live/required-secrets, and live/app (could not be verified)',
    ])
  })

  it('cannot be made by a text of the project', () => {
    const text = github(hostile, context)
    expect(commandsOf(text).map(({level}) => level)).toEqual(['error', 'error', 'warning'])
    for (const {properties} of commandsOf(text)) {
      for (const name of Object.keys(properties)) expect(name).toMatch(/^(file|line|endLine|col|endColumn|title)$/)
    }
    expect(linesOf(text)).toHaveLength(2)
  })
})
