import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'
import {children} from '../python/imports/module-constants.ts'
import {pythonTree} from '../python/source/tree.ts'
import {catchesRefusals, suppressesRefusals} from './caught-refusals.ts'
import {readValue} from './read-value.ts'
import {type CallValue, type Names, textOf, type Value} from './value.ts'

/** One call that upgrade() makes, in the order of the text. */
export interface Step {
  call: CallValue
  at: FileLocation
  /** Of an operation on a table: its name, that of a batch included. */
  table: string | undefined
  /** It may not run: it stands in a branch that is not about the database, in a loop or a `try`, or behind a return. */
  conditional: boolean
  /** It stands in a `try`: what the database refuses there need not end the migration. */
  mayFail: boolean
  /** In a `try` whose handler goes on when the database refuses it, and nothing asks before whether it will. */
  goesOn: boolean
  /** The next deploy surely runs it. */
  isSure: boolean
  /** Inside `with op.get_context().autocommit_block():`. */
  autocommit: boolean
}

interface Scope {
  conditional: boolean
  mayFail: boolean
  goesOn: boolean
  /** Behind a question that may be about what is there. */
  asked: boolean
  autocommit: boolean
  /** Names of `with op.batch_alter_table("t") as b`. */
  batches: ReadonlyMap<string, string>
}

/**
 * The calls of upgrade() on Postgres, those of the module's own functions that it calls included. `runs`: the next deploy
 * surely runs the migration.
 */
export function readSteps(file: TextFile, runs: boolean): Step[] {
  const top = pythonTree(file.text).topNode
  const functions = new Map<string, SyntaxNode>()
  const names = new Map<string, Value>()
  const source = ({from, to}: SyntaxNode) => file.text.slice(from, to)
  for (const node of children(top)) {
    if (node.name === 'FunctionDefinition') {
      const name = node.getChild('VariableName')
      if (name) functions.set(source(name), node)
    } else if (node.name === 'AssignStatement') assign(node)
  }
  const steps: Step[] = []
  const upgrade = functions.get('upgrade')
  const plain = {conditional: false, mayFail: false, goesOn: false, asked: false, autocommit: false}
  if (upgrade) run(upgrade, {...plain, batches: new Map()}, ['upgrade'])
  return steps

  function assign(node: SyntaxNode): void {
    const [target, operator, value, ...more] = children(node)
    if (target?.name !== 'VariableName' || operator?.name !== 'AssignOp' || !value || more.length > 0) return
    const name = source(target)
    names.set(name, readValue(file, value, names))
  }

  function run(definition: SyntaxNode, scope: Scope, stack: readonly string[]): void {
    const body = definition.getChild('Body')
    if (body) block(children(body), {...scope}, stack)
  }

  /** Whether the statements behind still surely run. */
  function block(nodes: readonly SyntaxNode[], scope: Scope, stack: readonly string[]): boolean {
    let {conditional, asked} = scope
    for (const node of nodes) {
      if (!statement(node, {...scope, conditional, asked}, stack)) conditional = asked = true
      if (leavesOnPostgres(node)) return false
    }
    return conditional === scope.conditional
  }

  /** False where it may leave the function. */
  function statement(node: SyntaxNode, scope: Scope, stack: readonly string[]): boolean {
    switch (node.name) {
      case 'AssignStatement':
        expressions(node, scope, stack)
        assign(node)
        return true
      case 'WithStatement':
        return block(children(node.getChild('Body') ?? node), withScope(node, scope), stack)
      case 'IfStatement':
        return branches(node, scope, stack)
      case 'TryStatement':
      case 'ForStatement':
      case 'WhileStatement':
      case 'MatchStatement': {
        const inside = {...scope, conditional: true, mayFail: scope.mayFail || node.name === 'TryStatement'}
        const [own, ...handlers] = children(node).filter(({name}) => name === 'Body')
        if (own) block(children(own), {...inside, goesOn: scope.goesOn || catchesRefusals(node, source)}, stack)
        for (const body of handlers) block(children(body), inside, stack)
        return !/\breturn\b/.test(source(node))
      }
      case 'ReturnStatement':
      case 'RaiseStatement':
        return false
      case 'FunctionDefinition':
        return true
      default:
        expressions(node, scope, stack)
        return true
    }
  }

  /** A branch on the dialect is decided: the database is Postgres. */
  function branches(node: SyntaxNode, scope: Scope, stack: readonly string[]): boolean {
    let othersAreOut = true
    let goesOn = true
    for (const {test, body} of armsOf(node)) {
      const answer = test === undefined ? true : onPostgres(test)
      if (answer === false) continue
      const surely = othersAreOut && answer === true
      const asked = scope.asked || (test !== undefined && answer === undefined)
      block(children(body), {...scope, asked, conditional: scope.conditional || !surely}, stack)
      if (/\b(return|raise)\b/.test(source(body))) goesOn = false
      if (answer === true) break
      othersAreOut = false
    }
    return goesOn
  }

  /** `if dialect == "postgresql": … return`: what stands behind is for others. */
  function leavesOnPostgres(node: SyntaxNode): boolean {
    const [first] = node.name === 'IfStatement' ? armsOf(node) : []
    return (
      first?.test !== undefined &&
      onPostgres(first.test) === true &&
      children(first.body).at(-1)?.name === 'ReturnStatement'
    )
  }

  function armsOf(node: SyntaxNode): {test: string | undefined; body: SyntaxNode}[] {
    const arms: {test: string | undefined; body: SyntaxNode}[] = []
    let test: string | undefined
    for (const part of children(node)) {
      if (part.name === 'Body') arms.push({test, body: part})
      else if (part.name === 'else') test = undefined
      else if (part.name !== 'if' && part.name !== 'elif') test = source(part)
    }
    return arms
  }

  function withScope(node: SyntaxNode, scope: Scope): Scope {
    const head = file.text.slice(node.from, node.getChild('Body')?.from ?? node.to)
    const [, table, alias] = /batch_alter_table\(\s*["'](\w+)["'][\s\S]{0,1000}?\)\s*as\s+(\w+)/.exec(head) ?? []
    return {
      ...scope,
      // A savepoint is taken back by itself.
      goesOn: (scope.goesOn && !/\.begin_nested\(/.test(head)) || suppressesRefusals(head),
      autocommit: scope.autocommit || /\.autocommit_block\(/.test(head),
      batches: table && alias ? new Map([...scope.batches, [alias, table]]) : scope.batches,
    }
  }

  /** The outermost calls of a statement. */
  function expressions(node: SyntaxNode, scope: Scope, stack: readonly string[]): void {
    for (const part of children(node)) {
      if (part.name !== 'CallExpression') {
        if (part.name === 'AwaitExpression' || part.name === 'ParenthesizedExpression') expressions(part, scope, stack)
        continue
      }
      const call = readValue(file, part, names as Names)
      if (call.kind !== 'call') continue
      const own = functions.get(call.name)
      if (own && !stack.includes(call.name)) {
        run(own, scope, [...stack, call.name])
        continue
      }
      const owner = call.name.split('.').slice(0, -1).join('.')
      const table =
        scope.batches.get(owner) ?? textOf(call.keywords.get('table_name') ?? call.args[tableAt(call.method)])
      const {conditional, mayFail, autocommit} = scope
      const goesOn = scope.goesOn && !scope.asked
      steps.push({call, at: call.at, table, conditional, mayFail, goesOn, isSure: runs && !conditional, autocommit})
    }
  }
}

/** In the functions of op that name the thing first, the table is the second argument. */
const tableAt = (method: string): number =>
  /^(create|drop)_(index|.*constraint|foreign_key|primary_key)/.test(method) ? 1 : 0

/** `dialect == "sqlite"`, `bind.dialect.name in ("sqlite", "mysql")`, `url.startswith("sqlite")`, `is_sqlite(bind)`. */
const asksName = /\b(?:dialect|engine)(?:\.name|_name)?\s*(==|!=)\s*["'](\w+)["']/
const asksList = /\b(?:dialect|engine)(?:\.name|_name)?\s+(not\s+)?in\s*[([{]([^)\]}]{0,1000})[)\]}]/
const asksBegin = /\b(?:dialect|engine)(?:\.name|_name)?\.startswith\(\s*["'](\w+)/
const asksUrl = /(?:url|uri|dsn)\.startswith\(\s*["'](sqlite|postgres|mysql)/i
const asksText = /["'](sqlite|postgres(?:ql)?|mysql)["']\s+(not\s+)?in\s+[\w.(]/
const asksOwn = /^_?is_(sqlite|postgres(?:ql)?|pg|mysql)(?:\([\w.()]*\))?$/

/** What a test on the dialect says of Postgres; undefined where it is about something else. */
function onPostgres(test: string): boolean | undefined {
  const [, no, plain = ''] = /^(not\s+)?([\s\S]*)$/.exec(test.trim()) ?? []
  if (/\b(and|or)\b|\bnot\b(?!\s+in\b)/.test(plain)) return undefined
  const answer = answerOf(plain)
  return answer === undefined ? undefined : answer === (no === undefined)
}

function answerOf(test: string): boolean | undefined {
  const [, operator, name = ''] = asksName.exec(test) ?? []
  if (operator) return /^postgres/.test(name) === (operator === '==')
  const [list, not, names = ''] = asksList.exec(test) ?? []
  if (list) return /["']postgres/.test(names) === (not === undefined)
  const [text, part = '', isOut] = asksText.exec(test) ?? []
  if (text) return part.startsWith('postgres') === (isOut === undefined)
  const [, own] = asksBegin.exec(test) ?? asksUrl.exec(test) ?? asksOwn.exec(test.trim()) ?? []
  return own === undefined ? undefined : /^(?:postgres|pg)/.test(own)
}
