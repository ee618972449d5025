/** Gems of groups that Rails does not load in production. */

import type {FileLocation} from '../../check.ts'
import {camelized} from '../camelized.ts'
import type {TextFile} from '../files/text.ts'
import {gemGroups, noGroup} from './gem-groups.ts'
import {reachedLines} from './reached-lines.ts'

export interface GroupGem {
  name: string
  groups: string[]
  at: FileLocation
}

/** Those of development and test alone, of which no other gem of the lock needs one: it might load it. */
export function leftOutGems(gemfile: TextFile, lock: TextFile): GroupGem[] {
  const groups = gemGroups(gemfile)
  if (!groups) return []
  const found: GroupGem[] = []
  for (const [name, own] of groups) {
    const isLeft = [...own].every(
      (group) => group !== noGroup && /^(?:development|test|dev|ci|local|debug|lint)$/.test(group),
    )
    const isNeeded = new RegExp(`^ {6}(?:${name}|${name.replace(/[-_]rails$/, '')})(?: |$)`, 'm').test(lock.text)
    const line = lineOf(gemfile, name)
    if (isLeft && !isNeeded && line !== undefined) found.push({name, groups: [...own], at: gemfile.lineSpan(line)})
  }
  return found
}

function lineOf(gemfile: TextFile, name: string): number | undefined {
  const call = new RegExp(`^\\s*gem[ (]+["']${name}["']`)
  for (let number = 1; number <= gemfile.lineCount; number++) if (call.test(gemfile.line(number))) return number
  return undefined
}

/** Constants that are called otherwise than their gem. */
const constants: Readonly<Record<string, string>> = {
  'dotenv-rails': 'Dotenv',
  'rack-mini-profiler': 'Rack::MiniProfiler',
  'graphiql-rails': 'GraphiQL',
  factory_bot_rails: 'FactoryBot',
  'rspec-rails': 'RSpec',
  webmock: 'WebMock',
  vcr: 'VCR',
  simplecov: 'SimpleCov',
  'web-console': 'WebConsole',
}

/** `rswag-api` has Rswag::Api, letter_opener_web LetterOpenerWeb. */
export const constantOf = (name: string): string => constants[name] ?? name.split('-').map(camelized).join('::')

/** Where a file that Rails loads in production names one, in no condition. */
export function usedInConfig(
  file: TextFile,
  gems: readonly GroupGem[],
  all: readonly TextFile[],
): {gem: GroupGem; constant: string; at: FileLocation}[] {
  const lines = /\brescue\b/.test(file.text) ? [] : reachedLines(file)
  return gems.flatMap((gem) => {
    const constant = constantOf(gem.name)
    const [root = ''] = gem.name.split(/[-_]/)
    // What requires it by itself has it.
    if (all.some(({text}) => new RegExp(`\\brequire\\b[^\\n]{0,300}["']${root}`).test(text))) return []
    const use = new RegExp(`(?<![\\w:.'"@$])(?:::)?${constant}(?=::[A-Z]|\\.[a-z])`)
    for (const {text, offset, isCertain} of lines) {
      const match =
        isCertain && !/\bdefined\?|["'][^"']*$/.test(text.slice(0, text.search(use))) ? use.exec(text) : null
      if (match) {
        const start = offset + match.index
        return [{gem, constant, at: file.span(start, start + match[0].length)}]
      }
    }
    return []
  })
}
