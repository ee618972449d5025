/** The blocks and statements of a configuration of mix: which of them are reached in one environment. */
import type {Code} from '../code/code.ts'

const keyword = /\b(?:do|fn|end|else|rescue|catch|after)\b(?!:)/g
/** What stands at the end of a line whose statement goes on, and at the beginning of one that goes on with it. */
const goesOn = /(?:[,=([{|&+<>:]|\b(?:and|or|in|not|when|do:|else:))$/
const goesOnWith = /^(?:\|\||\|>|&&|<>|\+\+|and\b|or\b|[)\]}])/

/** A block that is open: what it begins with, `do`, `fn` or `else`, and where that stands. */
interface Block {
  word: string
  at: number
}

/** The blocks that are open at an offset, the outermost first. A branch is a block of its own. */
export function openBlocks({bare}: Code, offset: number): Block[] {
  const open: Block[] = []
  for (const {0: word, index} of bare.slice(0, offset).matchAll(keyword)) {
    if (word === 'end') open.pop()
    else if (word === 'do' || word === 'fn') open.push({word, at: index})
    else if (open.length > 0) open[open.length - 1] = {word, at: index}
  }
  return open
}

/** Of each its head, `if config_env() == :prod`, or the word that begins it. */
export const headsAt = (code: Code, offset: number): string[] =>
  openBlocks(code, offset).map(({word, at}) =>
    word === 'do' ? code.text.slice(statementStart(code, at), at).trim() : word,
  )

/** The head of the function that an offset is in, `def start(…)`; undefined where it is in none, or in a macro alone. */
export function functionAt(code: Code, offset: number): string | undefined {
  const line = code.bare.slice(code.bare.lastIndexOf('\n', offset - 1) + 1, offset)
  // `def debug?, do: Mix.env() == :dev`
  return headsAt(code, offset).findLast((head) => /^defp?\s/.test(head)) ?? /^\s*(defp?\s.*),\s*do:/.exec(line)?.[1]
}

/** The offset at which the statement begins that an offset is in. */
export function statementStart({bare}: Code, offset: number): number {
  let start = bare.lastIndexOf('\n', offset - 1) + 1
  for (;;) {
    const before = bare.slice(0, start).trimEnd()
    const end = bare.indexOf('\n', start)
    const line = bare.slice(start, end < 0 ? bare.length : end).trim()
    if (before === '' || !(goesOn.test(before) || goesOnWith.test(line))) return start
    start = before.lastIndexOf('\n') + 1
  }
}

/** The offset behind the statement that begins at one. */
export function statementEnd({bare}: Code, start: number): number {
  for (let end = bare.indexOf('\n', start); end >= 0; end = bare.indexOf('\n', end + 1)) {
    const text = bare.slice(start, end).trimEnd()
    if (!goesOn.test(text) && !goesOnWith.test(bare.slice(end).trimStart())) return start + text.length
  }
  return bare.length
}

/** Whether what stands at an offset is reached in an environment of mix. */
export function isReached(code: Code, offset: number, env: string): 'yes' | 'no' | 'maybe' {
  const heads = headsAt(code, offset).map((head) => holds(head, env))
  if (heads.includes('no')) return 'no'
  const before = code.bare.slice(statementStart(code, offset), offset)
  const branches = /\b(?:if|unless|case|cond|and)\b|->|&&|\b(?:do|else):/.test(before)
  return heads.includes('maybe') || branches ? 'maybe' : 'yes'
}

function holds(head: string, env: string): 'yes' | 'no' | 'maybe' {
  const [, negated, condition] = /^(if|unless)\b\s*(\S[\s\S]*)$/.exec(head) ?? []
  if (condition === undefined) return 'maybe'
  const each = condition.split(/\|\||\bor\b/).map((part) => compares(part, env))
  const all = each.includes('yes') ? 'yes' : each.includes('maybe') ? 'maybe' : 'no'
  if (negated !== 'unless' || all === 'maybe') return all
  return all === 'yes' ? 'no' : 'yes'
}

/** `config_env() == :prod`, `config_env() != :test`, `config_env() in [:prod, :staging]` */
function compares(text: string, env: string): 'yes' | 'no' | 'maybe' {
  const [, operator, value = ''] =
    /^[\s(]*(?:config_env\(\)|Mix\.env(?:\(\))?)\s*(==|!=|in)\s*(\[[^\]]*\]|~w[([][^)\]]*[)\]]a|:\w+)[\s)]*$/.exec(
      text,
    ) ?? []
  if (operator === undefined) return 'maybe'
  const names: string[] = value.replace(/^~w(.*)a$/, '$1').match(/\w+/g) ?? []
  return names.includes(env) === (operator !== '!=') ? 'yes' : 'no'
}
