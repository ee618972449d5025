/**
 * Packages that pino loads by their names as soon as a logger is made: `pino({transport: {target: 'pino-pretty'}})`. Of one
 * that is not there it says "unable to determine transport target", and the program ends (tried with pino 8, 9 and 10).
 */
import {closing, codeOf} from '../../code/code.ts'
import type {TextFile} from '../../files/text.ts'
import type {ImportSpecifier} from './import-specifiers.ts'

const loggers = /^(?:pino|pino-http|fastify)$/
/** A statement at the left edge that makes a logger, or a server with one. */
const making =
  /^(?:export\s{1,9}default\s{1,9}|(?:export\s{1,9})?(?:const|let|var)\s{1,9}\w{1,100}\s{0,9}(?::[^=\n]{0,100})?=\s{0,9})(?:pino|Pino|pinoHttp|fastify|Fastify)(?:\.(?:pino|default|transport|fastify))?\s{0,9}\(/gm
const targets = /\btarget\s{0,9}:\s{0,9}(["'])([@\w][\w./@-]{0,200})\1/g
/** What may keep a target away: `isProduction ? undefined : {target: 'pino-pretty'}`. */
const choice = /\?|&&|\|\||=>|\bfunction\b/

/** The names of a file that stand in no branch. */
export function logTransports(file: TextFile, imports: readonly ImportSpecifier[]): ImportSpecifier[] {
  const code = imports.some(({text}) => loggers.test(text)) ? codeOf(file) : undefined
  if (!code) return []
  const found: ImportSpecifier[] = []
  for (const {0: head, index} of code.text.matchAll(making)) {
    const open = index + head.length - 1
    const given = code.text.slice(open, closing(code, open))
    for (const target of given.matchAll(targets)) {
      const text = target[2] as string
      if (choice.test(code.bare.slice(open, open + target.index))) continue
      const start = open + target.index + target[0].length - 1 - text.length
      found.push({text, start, end: start + text.length, isDynamic: false, isOptional: false})
    }
  }
  return found
}
