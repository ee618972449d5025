/** What the parts of a shell text are, by themselves: whatever stands around them, and whatever variables hold. */
import type {AndOr, CommandArgument, ParsedScript, Redirection, SyntaxNode, While} from 'unbash'

/** The files that an output goes to. */
export const targetsOf = (redirections: readonly Redirection[]): string[] =>
  redirections.flatMap((each) =>
    each.type === 'Redirect' && /^&?>[>|]?$/.test(each.operator) && each.target?.value ? [each.target.value] : [],
  )

/** `while true`, `while :`, `until false`, with nothing in it that leaves it. */
export const isEndless = ({kind, clause, body}: While, text: string): boolean =>
  (kind === 'while' ? /^\s*(?:true|:)[\s;]*$/ : /^\s*false[\s;]*$/).test(text.slice(clause.pos, clause.end)) &&
  !/\b(?:break|continue|exit|return|exec|kill|set)\b/.test(text.slice(body.pos, body.end))

/** `echo "No lock file" && exit 1`: it does not fail. */
export const isSaying = (node: SyntaxNode): boolean =>
  node.type === 'Command' &&
  /^(?:echo|printf|true|:)$/.test(node.name?.text ?? '') &&
  targetsOf(node.redirects).length === 0

/** `cd web || exit 1`, `build && test || { echo failed; exit 1; }`: what stands before `||` ends the shell where it fails. */
export function mustSucceed({commands, operators}: Pick<AndOr, 'commands' | 'operators'>): boolean {
  const last = commands.at(-1)
  if (!last || operators.length === 0 || operators.indexOf('||') !== operators.length - 1) return false
  if (last.type !== 'BraceGroup') return isFailure(last, /^(?:"?\$\?"?|[1-9]\d*)?$/)
  const inside = last.body.commands.map(({command}) => command)
  const end = inside.pop()
  return end !== undefined && inside.every(isSaying) && isFailure(end, /^[1-9]\d*$/)
}

const isFailure = (node: SyntaxNode, status: RegExp): boolean =>
  node.type === 'Command' && node.name?.text === 'exit' && status.test(node.args[0]?.text ?? '')

/** The argument that is nothing but what other commands put out, `"$(curl …)"` or `<(curl …)`: a script, as in `curl … | sh`. */
export function putOut(args: readonly CommandArgument[]): {index: number; script: ParsedScript} | undefined {
  for (const [index, word] of args.entries()) {
    const parts = word.type === 'Word' ? (word.parts ?? []) : []
    const [part, another] = parts[0]?.type === 'DoubleQuoted' && parts.length === 1 ? parts[0].parts : parts
    if (part && !another && (part.type === 'CommandExpansion' || part.type === 'ProcessSubstitution') && part.script)
      return {index, script: part.script}
    if (!/^-\w+$/.test(word.text)) return undefined
  }
  return undefined
}

/** `a &`: what follows the statement, or ends it, is a single &. */
export function inBackground(text: string, end: number): boolean {
  let last = end
  while (/\s/.test(text[last - 1] ?? '')) last--
  const next = /\s*&(?!&)/y
  next.lastIndex = end
  return next.test(text) || /[^&>]&/.test(text.slice(Math.max(0, last - 2), last))
}
