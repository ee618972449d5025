/** What bash understands and the /bin/sh of an image does not: dash 0.5.12 of Debian and Ubuntu, ash of BusyBox in Alpine. */
import {parse, type SyntaxNode} from 'unbash'

export type PlainShell = 'dash' | 'busybox'

export interface BashSyntax {
  /**
   * `syntax`: the shell reads none of it. `expansion`, `option`: it ends there. `test`: it fails and is never true.
   * `echo`: it is written into a file as it stands.
   */
  kind: 'syntax' | 'expansion' | 'option' | 'test' | 'echo'
  /** As it is written: `<<<`, `[[`, `${A^^}`, `set -o pipefail`. */
  word: string
  /** What the shell says, or writes. */
  says: string
  pos: number
  end: number
  /** It surely ends what is run; else something asks for the answer. */
  stops: boolean
}

interface How {
  shell: PlainShell
  /** In a branch, a loop, a function, a substitution, or a list with `||`: it may not be reached, or its failure is caught. */
  caught: boolean
  /** `if` and `while` ask for the answer. */
  asked: boolean
  piped: boolean
}

/** Without one of them there is nothing to look for, and a long script need not be parsed once more. */
const bashSigns =
  /<<<|\(\(|\[\[|==|=\(|[<>]\(|\bfunction\b|\|&|\$\{(?:!|\w{1,200}(?:[[^,/@]|:[^-+=?]))|pipefail|\becho\s{1,20}["']?-/

const replacing = /^(?:Replace|Slice|Transform|Names)$/
const flagsOfEcho = /^-[nE]*e[neE]*$/
/** They are asked before something is done. */
const questions = /^(?:\[|test|grep|which|type|hash|command|false)$/
/** Where nobody reads it. */
const screens = /^\/dev\/|^&/

/** In the order of the text. Nothing of a text that no shell can read. */
export function bashSyntax(text: string, shell: PlainShell): BashSyntax[] {
  if (!bashSigns.test(text)) return []
  const script = parse(text)
  if (script.errors && script.errors.length > 0) return []
  const found: BashSyntax[] = []
  const last = script.commands.at(-1)
  for (const statement of script.commands) {
    const first = found.length
    visit(statement, {shell, caught: false, asked: false, piped: false})
    // `a; b`: what fails before the last statement ends nothing.
    if (statement !== last) for (const each of found.slice(first)) if (each.kind === 'test') each.stops = false
  }
  return found.sort((a, b) => a.pos - b.pos)

  function tell({pos, end}: {pos: number; end: number}, rest: Omit<BashSyntax, 'pos' | 'end' | 'word'>, word?: string) {
    found.push({word: word ?? text.slice(pos, end), pos, end, ...rest})
  }

  function visit(node: unknown, how: How): void {
    if (Array.isArray(node)) {
      for (const each of node) visit(each, how)
      return
    }
    if (typeof node !== 'object' || node === null) return
    const typed = node as SyntaxNode
    const syntax = (of: {pos: number; end: number}, says: string, word?: string) =>
      tell(of, {kind: 'syntax', says: `syntax error: ${says}`, stops: true}, word)
    const inner = insideOf(typed, how)
    switch (typed.type) {
      case 'HereString':
        syntax(typed, shell === 'dash' ? 'redirection unexpected' : 'unexpected redirection', '<<<')
        break
      case 'ArithmeticFor':
        syntax({pos: typed.pos, end: typed.pos + 5}, 'bad for loop variable', 'for ((')
        return
      case 'Assignment':
        if (typed.value?.type === 'ArrayValue') syntax(typed, '"(" unexpected', `${typed.name}=(`)
        break
      case 'ProcessSubstitution':
        if (shell === 'dash') syntax(typed, '"(" unexpected')
        break
      case 'Function':
        if (shell === 'dash' && /^function\s/.test(text.slice(typed.pos, typed.pos + 9)))
          syntax({pos: typed.pos, end: typed.name.end}, '"(" unexpected')
        break
      case 'Pipeline':
        if (typed.operators.includes('|&')) syntax(typed, '"&" unexpected', '|&')
        typed.commands.forEach((command, index) => {
          const isLast = index === typed.commands.length - 1
          visit(command, {...inner, caught: inner.caught || !isLast || typed.prefixes.length > 0, piped: !isLast})
        })
        return
      case 'AndOr': {
        // `[ -n "$BASH_VERSION" ] && set -o pipefail`, `(set -o pipefail) && set -o pipefail`: the first may say no.
        let {caught} = inner
        for (const each of typed.commands) {
          visit(each, {...inner, caught})
          caught ||= each.type !== 'Command' || questions.test(each.name?.text ?? '')
        }
        return
      }
      case 'ParameterExpansion': {
        const {operation, index, prefix} = typed
        const ofBoth = index !== undefined || operation?.type === 'CaseModification'
        const ofDash = replacing.test(operation?.type ?? '') || prefix === '!'
        if ((ofBoth || (ofDash && shell === 'dash')) && !how.caught)
          tell(typed, {kind: 'expansion', says: 'bad substitution', stops: true})
        break
      }
      case 'TestCommand':
        if (shell === 'dash')
          tell(
            {pos: typed.pos, end: typed.pos + 2},
            {kind: 'test', says: '[[: not found', stops: !how.asked && !how.caught},
          )
        break
      // The parts of a word are read when they are asked for, and are none of its values.
      case 'Word':
      case 'DoubleQuoted':
        visit(typed.parts, inner)
        return
      case 'Command':
        lookAt(typed, how)
        break
      case 'If':
        visit(typed.clause, {...how, asked: true})
        visit([typed.then, typed.elif, typed.else], inner)
        return
      case 'While':
        visit(typed.clause, {...how, asked: true})
        visit(typed.body, inner)
        return
      default:
    }
    for (const child of Object.values(node)) if (typeof child === 'object') visit(child, inner)
  }

  function lookAt(command: Extract<SyntaxNode, {type: 'Command'}>, {caught, asked, piped}: How): void {
    const name = command.name?.value
    const args = command.args.map((each) => (each.type === 'Word' ? each.value : each.text))
    if (shell !== 'dash') return
    if ((name === '[' || name === 'test') && args.includes('=='))
      tell(command, {kind: 'test', says: '[: unexpected operator', stops: !asked && !caught})
    if (name === 'set' && args.some((each, index) => /^-\w*o$/.test(each) && args[index + 1] === 'pipefail') && !caught)
      tell(command, {kind: 'option', says: 'set: Illegal option -o pipefail', stops: true})
    const into = command.redirects.some(
      (each) =>
        each.type === 'Redirect' && /^>[>|]?$/.test(each.operator) && !screens.test(each.target?.value ?? '/dev/'),
    )
    if (name === 'echo' && flagsOfEcho.test(args[0] ?? '') && (into || piped))
      tell(command, {kind: 'echo', says: args[0] as string, stops: false}, `echo ${args[0]}`)
  }
}

/** How what is in a node runs. */
function insideOf({type, ...node}: SyntaxNode, how: How): How {
  if (/^(?:If|While|For|Select|Case|Function|CommandExpansion|ProcessSubstitution|Subshell)$/.test(type))
    return {...how, caught: true}
  const or = type === 'AndOr' && (node as {operators: readonly string[]}).operators.includes('||')
  return or ? {...how, caught: true} : how
}
