import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {allInstructions, type Instruction} from '../dockerfile/parse.ts'
import type {FlyConfig} from '../fly-config/fly-config.ts'
import {splitWords} from '../fly-config/words.ts'
import type {BasePrograms} from './base/base-programs.ts'
import type {Build} from './build.ts'

/** The words with which a machine starts a program, as they are: no shell but one that they name. */
export interface MachineCommand {
  /** `release_command`, `[processes] web`, `CMD` or `ENTRYPOINT`. */
  by: string
  words: readonly string[]
  at: FileLocation
  /** ENTRYPOINT, or that of the base image, stands before it. */
  behind: readonly string[] | 'base' | undefined
}

/** Whether a command is started as it is, by the machine or by what only passes it on. */
export function isStarted(behind: MachineCommand['behind'], base: BasePrograms | undefined): boolean {
  if (behind === undefined) return true
  if (behind === 'base') return base !== undefined && base.entrypoint !== 'interpreter'
  return behind.every((word) => wrappers.test(posix.basename(word)) || word.startsWith('-'))
}

/** Whether a program, by its name or its path, is a shell. */
export const isShell = (program: string): boolean => /^(?:ba|da|a|z)?sh$/.test(posix.basename(program))

/** Programs that start another one with the rest of their words. */
const wrappers = /^(tini|dumb-init|env|catatonit)$/
const asUser = /^(gosu|su-exec)$/
/** The programs that words start: the first, and through wrappers the next. */
export function startedBy(words: readonly string[]): string[] {
  const [first] = words
  if (first === undefined) return []
  const name = posix.basename(first)
  const rest = words.slice(1)
  if (asUser.test(name)) return [first, ...startedBy(rest.slice(1))]
  if (!wrappers.test(name)) return [first]
  const next = rest.findIndex((word) => !word.startsWith('-') && !/^\w+=/.test(word))
  // A flag of a wrapper may take the next word.
  return next < 0 ||
    rest.slice(0, next).some((word) => /^-\w$/.test(word) && word !== '-g' && word !== '-s' && word !== '-c')
    ? [first]
    : [first, ...startedBy(rest.slice(next))]
}

/** What flyctl and Docker start, in the order of a deploy. */
export function machineCommands(build: Build, flyConfig: FlyConfig | undefined): MachineCommand[] {
  const {config, stage} = build.final
  const {deploy, processes = {}, experimental} = flyConfig?.config ?? {}
  const instructions = allInstructions(stage)
  const found: MachineCommand[] = []
  const entrypoint = experimental?.entrypoint ?? config.entrypoint
  const behind = entrypoint === undefined ? 'base' : entrypoint.length > 0 ? entrypoint : undefined
  const placeOf = (key: 'entrypoint' | 'cmd'): FileLocation =>
    experimental?.[key] && flyConfig
      ? flyConfig.at('experimental', key)
      : lastOf(instructions, key.toUpperCase(), stage.at)
  const add = (by: string, text: string | undefined, at: FileLocation | undefined) => {
    const words = text ? splitWords(text) : undefined
    if (words?.length && at) found.push({by, words, at, behind})
  }
  add('release_command', deploy?.release_command, flyConfig?.at('deploy', 'release_command'))
  for (const [group, text] of Object.entries(processes)) {
    add(`[processes] ${group}`, text, flyConfig?.at('processes', group))
  }
  if (entrypoint?.length) {
    found.push({by: 'ENTRYPOINT', words: entrypoint, at: placeOf('entrypoint'), behind: undefined})
  }
  const cmd = experimental?.cmd ?? config.cmd
  const isUsed = !flyConfig || flyConfig.groups.some((group) => !processes[group])
  if (cmd?.length && isUsed) found.push({by: 'CMD', words: cmd, at: placeOf('cmd'), behind})
  return found
}

const lastOf = (instructions: readonly Instruction[], keyword: string, fallback: FileLocation): FileLocation =>
  instructions.findLast((each) => each.keyword === keyword)?.at ?? fallback
