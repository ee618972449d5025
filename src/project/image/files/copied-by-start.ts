/** What a script of the start copies to another name: `cp .env.example .env`. */
import {posix} from 'node:path'
import {escapePattern} from '../../escape-pattern.ts'
import type {StartedBy} from '../../processes/processes.ts'
import {startBrings} from '../../processes/start-brings.ts'
import {type Command, isCertain, programOf} from '../shell/command.ts'

interface Start {
  by: string
  read: StartedBy
  /** Whether the image surely has no such file, from wherever it is built. */
  lacks(path: string): boolean
}

/** undefined where it may not come to that, or the start may have made the file before. */
export function copiedByStart(command: Command, start: Start): {file: string; goesOn: boolean} | undefined {
  const [file, target, more] = command.words.slice(1).filter((word) => !word?.startsWith('-'))
  if (!/^(?:cp|mv)$/.test(programOf(command) ?? '') || !file || !target || more !== undefined) return undefined
  if (!/^[\w./@-]+$/.test(file) || startBrings(start.read.started, start.by, posix.basename(file), command))
    return undefined
  if (!command.conditional) return {file, goesOn: !isCertain(command)}
  const script = start.read.scripts.find((each) => each.file.path === command.at.file)?.file.text ?? ''
  const lines = script.split('\n').slice(0, command.at.line)
  const isMade = startBrings(start.read.started, start.by, posix.basename(target), command)
  return !isMade && start.lacks(target) && onlyAsks(lines.slice(-3).join('\n'), target)
    ? {file, goesOn: !/^[ \t]{0,100}set {1,20}-\w{0,20}e/m.test(script)}
    : undefined
}

/** Whether the file that it makes is what is asked for, and nothing else: `[ -f .env ] || cp …`, `if [ ! -f .env ]; then cp …`. */
function onlyAsks(text: string, target: string): boolean {
  const asked = String.raw`-[ef] {1,9}["']?${escapePattern(target)}["']? {1,9}\]{1,2}`
  const before = String.raw`^(?:if {1,9}\[{1,2} {1,9}! {1,9}${asked} {0,9};?\s{0,50}then|\[{1,2} {1,9}${asked} {0,9}\|\|)`
  return new RegExp(String.raw`${before}\s{0,50}(?:cp|mv) [^\n|]{0,500}$`, 'm').test(text)
}
