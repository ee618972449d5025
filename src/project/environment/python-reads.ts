import type {SyntaxNode} from '@lezer/common'
import type {TextFile} from '../files/text.ts'
import {children, stringValue} from '../python/imports/module-constants.ts'
import {mayEndProgram} from '../python/imports/top-level-imports.ts'
import {envPrefix} from '../python/settings/env-prefix.ts'
import type {VariableRead} from './environment.ts'

/** Libraries whose `config("X")` or `env("X")` reads the environment, and raises where there is no default. */
const readers = /^[ \t]*(?:from|import)\s+(?:decouple|environ|environs|starlette\.config)\b/m
/** What of these libraries reads a variable; of `env.list("X")` the name, too. */
const reading =
  /^(?:config|env|env\.(?:str|int|bool|url|list|float|json|db|db_url|cache|cache_url|bytes|tuple|dict|email|email_url|path))$/
/** A default in pydantic's Field: by name, or a first value that is not `...`. */
const hasDefault = /\bdefault(?:_factory)?\s*=|Field\(\s*(?!\.\.\.|\w+\s*=|\))/

/** Of a request the environ is that of WSGI, which has other names in it. */
const isEnviron = (source: string): boolean => /^(?:\w*os\.)?environ$/.test(source)

/** What a Python file reads. `empty`: no file of settings is there, from which `config("X")` and `env("X")` may take it. */
export function pythonReads(file: TextFile, root: SyntaxNode, {empty = false} = {}): VariableRead[] {
  const reads: VariableRead[] = []
  /** Names that the file asks for, or sets itself. */
  const provided = new Set<string>()
  const asks = readers.test(file.text)
  let hasScheme = false
  let end: number | undefined
  const endsAt = () => (end ??= firstEnd(root, file.text))
  const text = (node: SyntaxNode) => file.text.slice(node.from, node.to)
  const cursor = root.cursor()
  do {
    const node = cursor.node
    if (node.name === 'MemberExpression') subscript(node)
    else if (node.name === 'CallExpression') call(node)
    else if (node.name === 'BinaryExpression') membership(node)
    else if (node.name === 'ClassDefinition') settingsClass(node)
  } while (cursor.next())
  return reads.map((read) => (provided.has(read.name) ? {...read, without: 'continues', required: false} : read))

  function nameOf(node: SyntaxNode | undefined): string | undefined {
    const value = node?.name === 'String' ? stringValue(text(node)) : undefined
    return value?.kind === 'string' && value.value ? value.value : undefined
  }

  function provide(node: SyntaxNode | undefined): void {
    const name = nameOf(node)
    if (name) provided.add(name)
  }

  function add(
    key: SyntaxNode | undefined,
    {without, required = false}: Pick<VariableRead, 'without'> & {required?: boolean},
    at: SyntaxNode,
  ): void {
    const name = nameOf(key)
    if (name) reads.push({name, without, required, at: file.span(at.from, at.to)})
  }

  /** `os.environ["X"]`: read, or set where it stands left of `=`. */
  function subscript(node: SyntaxNode): void {
    const [object, bracket, key] = children(node)
    if (!object || bracket?.name !== '[' || !isEnviron(text(object))) return
    const parent = node.parent
    if (parent?.name === 'AssignStatement' && parent.firstChild?.from === node.from) provide(key)
    else if (parent?.name !== 'DeleteStatement')
      add(key, {without: runsOnImport(node, endsAt()) ? 'fails' : 'unknown', required: true}, node)
  }

  /** `os.getenv("X")`, `os.environ.get("X", default)`, `os.environ.setdefault("X", …)`. */
  function call(node: SyntaxNode): void {
    const [callee, list] = children(node)
    if (!callee || !list) return
    const args = children(list).filter((child) => !/^[(),]$/.test(child.name))
    if (/(^|\.)environ\.setdefault$/.test(text(callee))) provide(args[0])
    // django-environ's defaults, given once for all: `environ.Env(DEBUG=(bool, False))`.
    if (asks && /(?:^|\.)(?:FileAware)?Env$/.test(text(callee))) {
      if (args.some((arg) => arg.name === '*' || arg.name === '**')) hasScheme = true
      for (const [index, arg] of args.entries()) if (args[index + 1]?.name === 'AssignOp') provided.add(text(arg))
    }
    if (asks && reading.test(text(callee))) {
      // The second one is a default, too, unless it has a name.
      const isGiven =
        hasScheme || args.some((arg) => text(arg) === 'default') || (args.length > 1 && args[2]?.name !== 'AssignOp')
      const fails = empty && runsOnImport(node, endsAt())
      add(args[0], {without: isGiven ? 'continues' : fails ? 'fails' : 'unknown', required: !isGiven}, node)
      return
    }
    if (!/(^|\.)(getenv|environ\.get)$/.test(text(callee))) return
    const parent = node.parent?.name
    if (parent === 'IfStatement' || parent === 'UnaryExpression' || parent === 'ConditionalExpression') provide(args[0])
    const fallback = parent === 'BinaryExpression' && node.parent?.getChild('or') !== null
    add(args[0], {without: args.length > 1 || fallback ? 'continues' : 'unknown'}, node)
  }

  /** `"X" in os.environ`: the code asks whether it is set. */
  function membership(node: SyntaxNode): void {
    const [name, operator, object] = children(node)
    const asks = operator?.name === 'in' || operator?.name === 'not'
    if (asks && object && isEnviron(text(children(node).at(-1) as SyntaxNode))) provide(name)
  }

  /** A field of a pydantic settings class: read by its name in upper case, required without a default. */
  function settingsClass(node: SyntaxNode): void {
    const bases = node.getChild('ArgList')
    const body = node.getChild('Body')
    if (!bases || !body || !/\bBaseSettings\b/.test(text(bases))) return
    const whole = text(bases) + text(body)
    const prefix = envPrefix(whole)
    // A validator, or a file of values, may fill what the environment lacks.
    const plain =
      /^\(\s*BaseSettings\s*\)$/.test(text(bases)) &&
      !/validator|env_file|ClassVar|secrets_dir|prefix|alias/.test(text(body))
    // The class is made somewhere: where it is at import, a missing value ends the program.
    const made = new RegExp(
      `^\\w+(?:\\s*:\\s*\\w+)?\\s*=\\s*${node.getChild('VariableName') ? text(node.getChild('VariableName') as SyntaxNode) : ''}\\(\\s*\\)`,
      'm',
    )
    const without = plain && made.test(file.text) ? 'fails' : 'unknown'
    for (const field of body.getChildren('AssignStatement')) {
      const [name, type, , value] = children(field)
      if (name?.name !== 'VariableName' || type?.name !== 'TypeDef' || /\bClassVar\b/.test(text(type))) continue
      const given = value && /^(?:\w+\.)?Field\(/.test(text(value)) ? text(value) : undefined
      // Field(…) may carry a default; a bare value is one.
      const isGiven = value && (given === undefined || hasDefault.test(given))
      const called = given && /\b(?:validation_alias|alias|env)\s*=\s*(?:AliasChoices\(\s*)?["'](\w+)["']/.exec(given)
      const variable = called?.[1] ?? prefix + text(name)
      reads.push({
        name: variable.toUpperCase(),
        // Only the bare declaration is certain.
        without: isGiven ? 'continues' : value ? 'unknown' : without,
        // A file of settings may hold it, and a validator may find it elsewhere.
        required:
          !isGiven && !/root_validator|model_validator|settings_customise_sources|mode=["']before["']/.test(whole),
        at: file.span(name.from, name.to),
      })
    }
  }
}

/**
 * Whether the statement certainly runs when the module is imported: in no function, branch, loop or `try`, and behind no end.
 * `end`: behind which position of the module the program may have ended.
 */
function runsOnImport(node: SyntaxNode, end: number): boolean {
  if (node.from >= end) return false
  for (let parent = node.parent; parent; parent = parent.parent) {
    // Of nothing, nothing is made.
    if (parent.name.includes('Comprehension')) return false
    if (
      /^(FunctionDefinition|LambdaExpression|IfStatement|ConditionalExpression|TryStatement|WithStatement|ForStatement|WhileStatement|MatchStatement)$/.test(
        parent.name,
      )
    )
      return false
    // `a or os.environ["X"]`: the right side may not be asked.
    if (parent.name === 'BinaryExpression' && (parent.getChild('or') || parent.getChild('and'))) return false
  }
  return true
}

/** Behind which position a statement of the module may have ended the program; infinite where none does. */
function firstEnd(module: SyntaxNode, source: string): number {
  for (let statement = module.firstChild; statement; statement = statement.nextSibling) {
    const {name, from, to} = statement
    if (!/Import|Definition/.test(name) && mayEndProgram.test(source.slice(from, to))) return to
  }
  return Number.POSITIVE_INFINITY
}
