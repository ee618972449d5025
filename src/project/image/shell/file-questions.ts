/** Questions about files that decide what a shell runs: `if [ -f yarn.lock ]; then …`. */
import type {AndOr, CompoundList, SyntaxNode, TestExpression, Word} from 'unbash'
import type {Command, Variables} from './command.ts'
import {valuesOf} from './shell-words.ts'

/** `[ -f yarn.lock ]`. */
export interface FileQuestion {
  /** Whether there is something, a file, a folder. */
  about: 'e' | 'f' | 'd'
  path: string
}

/**
 * What a question comes to; undefined where that cannot be known. `earlier`: the commands that have run before it, or
 * may have.
 */
export type Answer = (question: FileQuestion, earlier: readonly Command[]) => boolean | undefined

type Truth = boolean | undefined
type Ask = (question: FileQuestion) => Truth

/** Whether a condition holds, where it is made of questions about files alone; undefined where it is not known. */
export function truthOf(node: SyntaxNode, variables: Variables, ask: Ask): Truth {
  const truth = (each: SyntaxNode) => truthOf(each, variables, ask)
  switch (node.type) {
    case 'CompoundList':
      return onlyOf(node, truth)
    case 'Statement':
      return node.background ? undefined : truth(node.command)
    case 'AndOr':
      return truthOfList(node, truth)
    case 'Pipeline': {
      const [only, another] = node.commands
      const negations = node.prefixes.filter(({type}) => type === 'Negation')
      const value = only && !another && negations.length === node.prefixes.length ? truth(only) : undefined
      return negations.length % 2 === 1 ? not(value) : value
    }
    case 'Command': {
      const words = node.name ? [node.name, ...node.args] : []
      if (words.some(({type}) => type !== 'Word')) return undefined
      const [program, ...rest] = (words as Word[]).map((word) => plainWord(word, variables))
      if (program !== '[' && program !== 'test') return undefined
      return truthOfWords(program === '[' ? rest.slice(0, -1) : rest, ask)
    }
    case 'TestCommand':
      return truthOfExpression(node.expression, variables, ask)
    default:
      return undefined
  }
}

const not = (value: Truth): Truth => (value === undefined ? undefined : !value)

function onlyOf({commands}: CompoundList, truth: (each: SyntaxNode) => Truth): Truth {
  const [only, another] = commands
  return only && !another ? truth(only) : undefined
}

/** Left to right, as `a && b || c` is read. What any other command leaves behind is not known: `cd web && [ -f x ]`. */
function truthOfList({commands, operators}: AndOr, truth: (each: SyntaxNode) => Truth): Truth {
  const [first, ...others] = commands
  if (!first || !isQuestion(first)) return undefined
  let value = truth(first)
  for (const [index, each] of others.entries()) {
    const decides = operators[index] === '||'
    if (value === decides) continue
    if (!isQuestion(each)) return undefined
    const next = truth(each)
    // Whatever the left one is, this one decides.
    value = value === undefined ? (next === decides ? decides : undefined) : next
  }
  return value
}

const isQuestion = (node: SyntaxNode): boolean =>
  node.type === 'Pipeline'
    ? node.commands.every(isQuestion)
    : node.type === 'TestCommand' || (node.type === 'Command' && /^(?:\[|test)$/.test(node.name?.text ?? ''))

/** `-f yarn.lock`, `! -d web`. */
function truthOfWords(words: readonly (string | undefined)[], ask: Ask): Truth {
  if (words[0] === '!') return not(truthOfWords(words.slice(1), ask))
  const [operator, path, another] = words
  return another === undefined && words.length === 2 ? answerTo(operator, path, ask) : undefined
}

function truthOfExpression(expression: TestExpression, variables: Variables, ask: Ask): Truth {
  const truth = (each: TestExpression) => truthOfExpression(each, variables, ask)
  switch (expression.type) {
    case 'TestUnary':
      return answerTo(expression.operator, plainWord(expression.operand, variables), ask)
    case 'TestNot':
      return expression.negations.length % 2 === 1 ? not(truth(expression.operand)) : truth(expression.operand)
    case 'TestGroup':
      return truth(expression.expression)
    default:
      return undefined
  }
}

function answerTo(operator: string | undefined, path: string | undefined, ask: Ask): Truth {
  const [, about] = /^-([efdsrwx])$/.exec(operator ?? '') ?? []
  if (!about || !path) return undefined
  if (about === 'e' || about === 'f' || about === 'd') return ask({about, path})
  // Its size and rights are not looked at: that there is none decides.
  return ask({about: 'e', path}) === false ? false : undefined
}

/** The value of a word that is one, and no pattern. */
function plainWord(word: Word, variables: Variables): string | undefined {
  const [value, another] = valuesOf(word, variables)
  return another === undefined && value !== undefined && !/[*?]|\[./.test(value) ? value : undefined
}

/**
 * What a list with `&&` and `||` still runs where the questions that it begins with are decided: `[ -f a ] && b || c`
 * comes to `b || c`, or to `c`. `result`: nothing is left, and the list ends with this.
 */
export function remainder(
  list: AndOr,
  truth: (each: SyntaxNode) => Truth,
): {list: AndOr; result?: undefined} | {result: boolean} {
  let {commands, operators} = list
  for (;;) {
    const [first] = commands
    const value = first && truth(first)
    if (value === undefined) return {list: {...list, commands, operators}}
    const next = operators.indexOf(value ? '&&' : '||')
    if (next < 0) return {result: value}
    commands = commands.slice(next + 1)
    operators = operators.slice(next + 1)
  }
}
