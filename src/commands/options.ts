import {existsSync} from 'node:fs'
import type {Interfaces} from '@oclif/core'
import type {Options} from '../preflight.ts'
import {didYouMean} from '../suggest.ts'
import {UsageError} from '../usage-error.ts'
import type {Check} from './check.ts'
import {commandNames} from './names.ts'

type CheckFlags = Interfaces.InferredFlags<typeof Check.flags>

/** What the flags of a command ask for, of all but how to report. */
export function optionsOf(
  root: string | undefined,
  flags: {[Name in keyof CheckFlags]?: CheckFlags[Name] | undefined},
): Options {
  // A variable that is empty in a script would choose everything, or nothing.
  for (const name of ['only', 'skip', 'since'] as const) {
    if ([flags[name]].flat().includes('')) throw new UsageError(`--${name} has an empty value`)
  }
  return {
    root,
    since: flags.since,
    config: flags.config,
    app: flags.app,
    dockerfile: flags.dockerfile,
    buildTarget: flags['build-target'],
    buildArgs: buildArgs(flags['build-arg'] ?? []),
    image: flags.image,
    offline: flags.offline,
    only: flags.only,
    skip: flags.skip,
    flyctl: flags.flyctl,
    timeout: flags.timeout,
    allowCustom: flags['allow-custom'],
  }
}

function buildArgs(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const equals = word.indexOf('=')
      if (equals < 1) throw new UsageError(`--build-arg ${word} must be NAME=VALUE`)
      return [word.slice(0, equals), word.slice(equals + 1)]
    }),
  )
}

/** A word that is no folder is most often a command that is spelt wrong: both stand in one place. */
export function assertDirectory(word: string | undefined): void {
  if (word === undefined || existsSync(word)) return
  throw new UsageError(
    `there is no folder and no command ${word}.${didYouMean(word, commandNames)}`,
    'See the commands: preflight --help',
  )
}
