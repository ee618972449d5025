import type {SyntaxNode} from '@lezer/common'
import {children} from '../imports/module-constants.ts'
import {mayEndProgram} from '../imports/top-level-imports.ts'
import {isUnread, pythonTree} from './tree.ts'

/** A name that is read and that nothing in its module brings. */
export interface UndefinedName {
  name: string
  start: number
  end: number
  /** Something does, but only behind that place. */
  isEarly?: boolean
}

/** Names of Python itself, in every module (dir(builtins) of 3.9 to 3.15, and what the module site adds). */
const builtins = new Set(
  `ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError
  BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError
  DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup False FileExistsError
  FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportCycleError ImportError ImportWarning IndentationError IndexError
  InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None
  NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError
  ProcessLookupError PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning
  StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError
  UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError
  Warning ZeroDivisionError abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile
  complex copyright credits delattr dict dir divmod enumerate eval exec exit filter float format frozendict frozenset getattr globals hasattr
  hash help hex id input int isinstance issubclass iter len license list locals map max memoryview min next object oct open ord
  pow print property quit range repr reversed round sentinel set setattr slice sorted staticmethod str sum super tuple type vars zip`.split(
    /\s+/,
  ),
)

/** What brings names that the text does not show: a star, or who writes into the names of the module (also enum's _convert_). */
const indirect =
  /\bimport\s*(?:\(\s*)?\*|\bglobals\s*\(|\bexec\s*\(|\blocals\s*\(|\bvars\s*\(|\bbuiltins\b|__builtins__|\binstall\s*\(\s*\)|\bmodules\[\s*__name__|\b_getframe\b|\bf_globals\b|\bcurrentframe\b|\b_convert_?\(|\bglobal_enum\b|\bsplit_settings\b/

/** Bodies that look up names in their own way: a class whose metaclass gives them, a with that goes on behind an error. */
const ownNames = /\bmetaclass\s*=|Lexer|Parser|Enum|Flag/
const goesOn = /suppress|raises|ignor|catch|swallow/i

/** Calls behind which nothing is run, or only when the program ends: it becomes another one, or serves. */
const staysThere =
  /\bexec[lv]\w*\(|\bquit\(|\babort\(|^while\s+(?:True|1)\b|\.(?:run\w*|serve\w*|start\w*|mainloop|listen|poll\w*)\(|^main\(/

/** Where a name only is read; anywhere else it may be given its value. */
const reads = new Set(
  `MemberExpression CallExpression ArgList Decorator TypeDef BinaryExpression UnaryExpression DictionaryExpression SetExpression
  ConditionalExpression ReturnStatement ExpressionStatement AwaitExpression FormatReplacement RaiseStatement AssertStatement
  ArrayExpression ParenthesizedExpression`.split(/\s+/),
)

/** What is worked out later, or only in some cases, or is no expression. */
const skipped =
  /^(?:LambdaExpression|\w*ComprehensionExpression|ComprehensionExpression|ConditionalExpression|FormatString|String|ContinuedString|NamedExpression|YieldExpression)$/

interface Options {
  /** Annotations are worked out where they stand: before Python 3.14. */
  annotations: boolean
  /** A function of the module that is called. */
  called?: string
}

/**
 * The names that are read when a module is imported, and that surely are defined nowhere in it, or only behind that place:
 * Python stops at the first one with a NameError.
 */
export function undefinedNames(source: string, {annotations, called}: Options): UndefinedName[] {
  if (indirect.test(source)) return []
  const top = pythonTree(source).topNode
  const isLater = /^from\s{1,200}__future__\s{1,200}import\s{0,200}(?:\([^)]{0,2000}|[^\n(]{0,2000})\bannotations\b/m
  const withAnnotations = annotations && !isLater.test(source)
  const found: UndefinedName[] = []
  const body = children(top)
  if (called) {
    const definition = body.find(
      (node) => node.name === 'FunctionDefinition' && textOf(node.getChild('VariableName')) === called,
    )
    block(children(definition?.getChild('Body') ?? top.firstChild ?? top))
  } else block(body)
  if (found.length === 0) return []
  const names = namesIn(source)
  return found.flatMap((each) => {
    if (!names?.bound.has(each.name)) return names ? each : []
    return !called && isEarly(each, names, source) ? {...each, isEarly: true} : []
  })

  /** The statements that surely run. */
  function block(nodes: readonly SyntaxNode[]): void {
    for (const node of nodes) {
      statement(node)
      if (/Definition|DecoratedStatement|Import/.test(node.name)) continue
      const text = textOf(node)
      if (mayEndProgram.test(text) || staysThere.test(text) || (called && /\breturn\b/.test(text))) return
    }
  }

  function statement(node: SyntaxNode): void {
    if (node.name === 'ExpressionStatement' || node.name === 'ReturnStatement') expressions(node)
    else if (node.name === 'AssignStatement') assignment(node)
    else if (node.name === 'DecoratedStatement') children(node).forEach(decorated)
    else if (/^(?:Class|Function)Definition$/.test(node.name)) decorated(node)
    else if (
      node.name === 'WithStatement' &&
      !node.getChildren('CallExpression').some((each) => goesOn.test(textOf(each)))
    ) {
      for (const part of children(node)) if (part.name === 'CallExpression') expression(part)
      block(children(node.getChild('Body') ?? node).filter((each) => each.parent?.name === 'Body'))
    }
  }

  function decorated(node: SyntaxNode): void {
    if (node.name === 'Decorator') {
      const [, name] = children(node)
      if (name?.name === 'VariableName') read(name)
      expressions(node.getChild('ArgList'))
    } else if (node.name === 'ClassDefinition') {
      expressions(node.getChild('ArgList'))
      if (ownNames.test(textOf(node.getChild('ArgList')))) return
      block(children(node.getChild('Body') ?? node).filter((each) => each.parent?.name === 'Body'))
    } else if (node.name === 'FunctionDefinition') {
      parameters(node.getChild('ParamList'))
      annotation(node.getChild('TypeDef'))
    }
  }

  function parameters(list: SyntaxNode | null): void {
    let isDefault = false
    for (const part of list ? children(list) : []) {
      if (part.name === 'TypeDef') annotation(part)
      else if (isDefault) expression(part)
      isDefault = part.name === 'AssignOp'
    }
  }

  function assignment(node: SyntaxNode): void {
    const parts = children(node)
    // Those of the variables of a function never are.
    if (!called) annotation(node.getChild('TypeDef'))
    const last = parts.map(({name}) => name).lastIndexOf('AssignOp')
    if (last >= 0) for (const part of parts.slice(last + 1)) expression(part)
  }

  function annotation(node: SyntaxNode | null): void {
    if (withAnnotations) expressions(node)
  }

  function expressions(node: SyntaxNode | null): void {
    // `any(a for a in b)`: the brackets of the call are those of the generator.
    if (node && isGenerator(node)) return
    for (const part of node ? children(node) : []) expression(part)
  }

  function expression(node: SyntaxNode): void {
    if (skipped.test(node.name)) return
    if (node.name === 'VariableName') read(node)
    // Of `a and b`, and of `a < b < c`, the last may not be asked for.
    else if (node.name === 'BinaryExpression' && children(node).some(({name}) => /^(?:and|or|CompareOp)$/.test(name))) {
      const [first] = children(node)
      if (first) expression(first)
    } else expressions(node)
  }

  function read(node: SyntaxNode): void {
    const name = textOf(node)
    const isKeyword = node.parent?.name === 'ArgList' && node.nextSibling?.name === 'AssignOp'
    if (isKeyword || builtins.has(name) || /^__|^_$|[^\p{L}\p{N}_]/u.test(name)) return
    if (!found.some((each) => each.name === name)) found.push({name, start: node.from, end: node.to})
  }

  function textOf(node: SyntaxNode | null): string {
    return node ? source.slice(node.from, node.to) : ''
  }
}

/** The names of a module by what is done with them: `bound` by name, with the places. */
export interface Names {
  bound: ReadonlyMap<string, SyntaxNode[]>
  read: {name: string; node: SyntaxNode}[]
}

/** Every name, by whether it stands where it may be given a value; undefined where the parser does not know all of the text. */
export function namesIn(source: string): Names | undefined {
  const bound = new Map<string, SyntaxNode[]>()
  const read: Names['read'] = []
  const cursor = pythonTree(source).topNode.cursor()
  do {
    if (isUnread(cursor)) return undefined
    if (cursor.name !== 'VariableName') continue
    const {node} = cursor
    const {parent, nextSibling} = node
    // `@app.get`: of a decorator the tree has no member.
    if (parent?.name === 'Decorator' && node.prevSibling?.name !== '@') continue
    const isTarget =
      parent?.name === 'AssignStatement' || parent?.name === 'ParamList'
        ? isGiven(node)
        : !parent || !reads.has(parent.name) || isGenerator(parent) || inTarget(parent)
    const isArgument = parent?.name === 'ArgList' && nextSibling?.name === 'AssignOp'
    const isWalrus = isArgument && source.startsWith(':=', nextSibling.from)
    const name = source.slice(node.from, node.to)
    if (isWalrus || (isTarget && !isArgument)) place(name, node)
    else if (!isArgument) read.push({name, node})
  } while (cursor.next())
  return {bound, read}

  function place(name: string, node: SyntaxNode): void {
    const places = bound.get(name)
    if (places) places.push(node)
    else bound.set(name, [node])
  }
}

const scopes = /^(?:FunctionDefinition|LambdaExpression|ClassDefinition|\w{0,40}Comprehension\w{0,40})$/

export function isWithin(node: SyntaxNode, names: RegExp): boolean {
  // The name of a function is one of what stands around it.
  const isOwn = /^(?:Function|Class)Definition$/.test(node.parent?.name ?? '')
  for (let around = isOwn ? node.parent?.parent : node.parent; around; around = around.parent)
    // `any(a for a in b)`: the brackets of the call are those of the generator.
    if (names.test(around.name) || (names === scopes && isGenerator(around))) return true
  return false
}

/** Whether a name gets its value only behind the place that asks for it, and there for all of the module. */
function isEarly({name, end}: UndefinedName, {bound}: Names, source: string): boolean {
  const places = bound.get(name) ?? []
  return (
    places.every(({from}) => from > end) &&
    places.some((each) => !isWithin(each, scopes)) &&
    !new RegExp(`\\bglobal\\b[^\\n]{0,300}\\b${name}\\b`).test(source)
  )
}

/** Names that Python 2 had, and those of one system: who asks for them looks first where he is. */
const elsewhere =
  /^(?:unicode|long|basestring|xrange|raw_input|unichr|reload|file|cmp|reduce|WindowsError|get_ipython)$/

/**
 * The names that are read anywhere in a module and that nothing in it brings: a NameError as soon as somebody comes there.
 * And those that a branch at its top asks for before they have a value.
 */
export function namesNowhere(source: string): UndefinedName[] {
  const names = indirect.test(source) ? undefined : namesIn(source)
  const found = new Map<string, UndefinedName>()
  const owners = new Map<string, 'module' | SyntaxNode[]>()
  for (const {name, node} of names?.read ?? []) {
    if (found.has(name) || builtins.has(name)) continue
    const given = names?.bound.get(name)
    const places = given && isSeen(name, given, node) ? given : undefined
    // Most names have their value by then, and so say the places in their order.
    if (places && (places[0]?.from ?? 0) < node.to) continue
    if (elsewhere.test(name) || /^__|_$|[^\p{L}\p{N}_]/u.test(name)) continue
    const place = {name, start: node.from, end: node.to}
    if (isWithin(node, /^TypeDef$/) || isTried(node, source) || isUnreached(node)) continue
    if (!places) found.set(name, place)
    // A loop may have come by where it gets its value.
    else if (!isWithin(node, scopes) && !isWithin(node, /^(?:For|While)Statement$/) && !isGuarded(node, source)) {
      if (names && isWithin(node, /^(?:If|Try)Statement$/) && isEarly(place, names, source))
        found.set(name, {...place, isEarly: true})
    }
  }
  return [...found.values()]

  /** Whether one of the places gives the name to all of the module, or to the function that reads it. */
  function isSeen(name: string, places: readonly SyntaxNode[], {from, to}: SyntaxNode): boolean {
    const known = owners.get(name) ?? ownersOf(name, places)
    owners.set(name, known)
    return known === 'module' || known.some((each) => each.from <= from && to <= each.to)
  }

  function ownersOf(name: string, places: readonly SyntaxNode[]): 'module' | SyntaxNode[] {
    const found: SyntaxNode[] = []
    for (const place of places) {
      const owner = functionAround(place)
      if (!owner) return 'module'
      found.push(owner)
    }
    return new RegExp(`\\bglobal\\b[^\\n]{0,300}\\b${name}\\b`).test(source) ? 'module' : found
  }
}

/** The function in which a name is given its value: as a parameter, too, and that of a function is one of what is around it. */
function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  const isOwn = /^(?:Function|Class)Definition$/.test(node.parent?.name ?? '')
  for (let around = isOwn ? node.parent?.parent : node.parent; around; around = around.parent)
    if (/^(?:FunctionDefinition|LambdaExpression)$/.test(around.name)) return around
  return undefined
}

/** Behind a `return` of its block. */
function isUnreached(node: SyntaxNode): boolean {
  for (let around: SyntaxNode | null = node; around; around = around.parent)
    if (around.parent?.name === 'Body')
      for (let before = around.prevSibling; before; before = before.prevSibling)
        if (/^(?:Return|Raise|Continue|Break)Statement$/.test(before.name)) return true
  return false
}

/** `try: profile except NameError:` asks whether there is such a name, and so may a bare `except:`. */
function isTried(node: SyntaxNode, source: string): boolean {
  for (let around = node.parent; around; around = around.parent)
    if (
      around.name === 'TryStatement' &&
      /\bexcept(?:\s{0,9}:|\b[^\n:]{0,200}\bNameError\b)/.test(source.slice(around.from, around.to))
    )
      return true
  return false
}

/** `if __name__ == "__main__":`, which a server does not come to, and what is for tools, or other systems, alone. */
export function isGuarded(node: SyntaxNode, source: string): boolean {
  for (let around = node.parent; around; around = around.parent)
    if (
      around.name === 'IfStatement' &&
      /^if\b[^\n]{0,200}\b(?:__name__|TYPE_CHECKING|version_info|platform|PY2|False)\b/.test(
        source.slice(around.from, around.from + 250),
      )
    )
      return true
  return false
}

const isGenerator = (node: SyntaxNode): boolean => node.getChild('for') !== null

/** Of `a = b` and `def f(a=b)`: whether it is the name before the last `=`. */
function isGiven({parent, prevSibling, nextSibling}: SyntaxNode): boolean {
  if (parent?.name === 'ParamList') return prevSibling?.name !== 'AssignOp'
  for (let after = nextSibling; after; after = after.nextSibling) if (after.name === 'AssignOp') return true
  return !hasAssignment(prevSibling)
}

function hasAssignment(node: SyntaxNode | null): boolean {
  for (let before = node; before; before = before.prevSibling) if (before.name === 'AssignOp') return true
  return false
}

/** `[a, (b)] = …`, and `for [a, b] in …`: lists and brackets around names that get a value. */
function inTarget(node: SyntaxNode | null): boolean {
  if (node?.name !== 'ArrayExpression' && node?.name !== 'ParenthesizedExpression') return false
  const {parent} = node
  if (parent?.name === 'AssignStatement') return isGiven(node)
  return !reads.has(parent?.name ?? '') || inTarget(parent)
}
