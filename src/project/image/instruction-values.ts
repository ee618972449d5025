import type {FileLocation} from '../../check.ts'
import {expand} from '../dockerfile/expand.ts'
import {type Instruction, unquote} from '../dockerfile/parse.ts'
import type {Variables} from './shell/command.ts'
import {shellText} from './shell/shell-text.ts'

/** `A=b C="d e"` of ENV and ARG, a bare `NAME` of ARG, and the old `ENV A rest of line`. */
export function* assignments({text, keyword}: Instruction): Iterable<[name: string, value: string | undefined]> {
  const plain = shellText(text).replace(/\\\n/g, '')
  const old = keyword === 'ENV' ? /^\s*([^\s=]+)\s+(\S.*)$/s.exec(plain) : null
  if (old) {
    yield [old[1] as string, old[2] as string]
    return
  }
  for (const match of plain.matchAll(/([^\s=]+)(?:=((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'])*))?/g)) {
    yield [
      match[1] as string,
      match[2] === undefined ? undefined : match[2].replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, '$1$2'),
    ]
  }
}

export interface ExposedPort {
  port: number
  at: FileLocation
}

/** The ports of an EXPOSE, ranges too; undefined when one cannot be known. */
export function exposedPorts(instruction: Instruction, variables: Variables): ExposedPort[] | undefined {
  const ports: ExposedPort[] = []
  for (const word of instruction.words) {
    const text = expand(unquote(word), variables)
    const match = /^(\d+)(?:-(\d+))?(?:\/\w+)?$/.exec(text ?? '')
    if (!match) return undefined
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])]
    for (let port = from; port <= to && ports.length < 1000; port++) ports.push({port, at: instruction.at})
  }
  return ports
}
