import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../check.ts'
import {type Fact, type FactStore, known} from '../facts.ts'
import type {Inputs} from './inputs.ts'
import {children, stringValue} from './python/module-constants.ts'
import type {TextFile} from './text.ts'

/** The environment variables that the shipped code reads. */
export interface Environment {
  reads: VariableRead[]
}

export interface VariableRead {
  name: string
  /** Without a value the code fails or goes on with nothing: no default is given, and it is not asked whether it is set. */
  required: boolean
  at: FileLocation
}

const notShipped =
  /(^|\/)(tests?|__tests__|spec|e2e|docs?|examples?|scripts?|tools?|\.github|node_modules|fixtures)\/|(^|\/)(test_|conftest)|[._]test\.|\.d\.ts$/

/**
 * Reads Python with a parser and finds `process.env.X` and Prisma's `env("X")` by their text.
 * Missed: names that are computed, and other languages; nothing is invented.
 */
export async function loadEnvironment({reader}: Inputs, facts: FactStore): Promise<Fact<Environment>> {
  const paths = (await facts.value('files'))?.paths ?? []
  const python = await import('@lezer/python')
  const reads: VariableRead[] = []
  for (const path of paths) {
    if (notShipped.test(path)) continue
    const kind = /\.py$/.test(path)
      ? 'python'
      : /\.[cm]?[jt]sx?$/.test(path)
        ? 'script'
        : /\.prisma$/.test(path)
          ? 'prisma'
          : undefined
    if (!kind) continue
    const file = await reader.text(path)
    if (!file) continue
    if (kind === 'python' && /environ|getenv|BaseSettings/.test(file.text)) {
      reads.push(...pythonReads(file, python.parser.parse(file.text).topNode))
    } else if (kind === 'script' && file.text.includes('process.env')) reads.push(...scriptReads(file))
    else if (kind === 'prisma') reads.push(...prismaReads(file))
  }
  return known({reads})
}

function pythonReads(file: TextFile, root: SyntaxNode): VariableRead[] {
  const reads: VariableRead[] = []
  const guarded = new Set<string>()
  const text = (node: SyntaxNode) => file.text.slice(node.from, node.to)
  const cursor = root.cursor()
  do {
    const node = cursor.node
    if (node.name === 'MemberExpression') subscript(node)
    else if (node.name === 'CallExpression') call(node)
    else if (node.name === 'BinaryExpression') membership(node)
    else if (node.name === 'ClassDefinition') settingsClass(node)
  } while (cursor.next())
  return reads.map((read) => (guarded.has(read.name) ? {...read, required: false} : read))

  function add(name: SyntaxNode | undefined, required: boolean, at: SyntaxNode): void {
    const value = name?.name === 'String' ? stringValue(text(name)) : undefined
    if (value?.kind === 'string' && value.value)
      reads.push({name: value.value, required, at: file.span(at.from, at.to)})
  }

  /** `os.environ["X"]`, where it is read. */
  function subscript(node: SyntaxNode): void {
    const [object, bracket, key] = children(node)
    if (!object || bracket?.name !== '[' || !/(^|\.)environ$/.test(text(object))) return
    const parent = node.parent
    const written = parent?.name === 'AssignStatement' && parent.firstChild?.from === node.from
    if (!written && parent?.name !== 'DeleteStatement') add(key, !inside(node, 'TryStatement'), node)
  }

  /** `os.getenv("X")` and `os.environ.get("X", default)`. */
  function call(node: SyntaxNode): void {
    const [callee, list] = children(node)
    if (!callee || !list || !/(^|\.)(getenv|environ\.get)$/.test(text(callee))) return
    const args = children(list).filter((child) => !/^[(),]$/.test(child.name))
    const parent = node.parent
    const asked =
      parent?.name === 'IfStatement' || parent?.name === 'UnaryExpression' || parent?.name === 'ConditionalExpression'
    const fallback = parent?.name === 'BinaryExpression' && parent.getChild('or') !== null
    if (asked) guard(args[0])
    add(args[0], args.length === 1 && !asked && !fallback, node)
  }

  /** `"X" in os.environ`: the code asks whether it is set. */
  function membership(node: SyntaxNode): void {
    const [name, operator, object] = children(node)
    if (operator?.name === 'in' && object && /(^|\.)environ$/.test(text(object))) guard(name)
  }

  function guard(name: SyntaxNode | undefined): void {
    const value = name?.name === 'String' ? stringValue(text(name)) : undefined
    if (value?.kind === 'string') guarded.add(value.value)
  }

  /** A field of a pydantic settings class: read by its name in upper case, required without a default. */
  function settingsClass(node: SyntaxNode): void {
    const bases = node.getChild('ArgList')
    const body = node.getChild('Body')
    if (!bases || !body || !/\bBaseSettings\b/.test(text(bases))) return
    // A prefix renames every field: which variables are read is then another check's question.
    if (/env_prefix/.test(text(body))) return
    for (const field of body.getChildren('AssignStatement')) {
      const [name, type, , value] = children(field)
      if (name?.name !== 'VariableName' || type?.name !== 'TypeDef') continue
      // Field(...) may carry an alias or a default: only the bare declaration is certain.
      if (value) continue
      reads.push({name: text(name).toUpperCase(), required: true, at: file.span(name.from, name.to)})
    }
  }
}

function inside(node: SyntaxNode, name: string): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) if (parent.name === name) return true
  return false
}

function scriptReads(file: TextFile): VariableRead[] {
  const reads: VariableRead[] = []
  for (const match of file.text.matchAll(
    /process\.env(?:\.([A-Z_][A-Z0-9_]*)|\[\s*["'](\w+)["']\s*\])(\s*(?:\|\||\?\?|\?\s))?/g,
  )) {
    const at = file.span(match.index, match.index + match[0].trimEnd().length)
    const before = file.line(at.line as number).slice(0, (at.column as number) - 1)
    if (/(^|\s)(\/\/|\*)/.test(before)) continue // a comment
    const asked = /(\bif\s*\(|!|\?|&&)\s*$/.test(before)
    reads.push({name: (match[1] ?? match[2]) as string, required: !match[3] && !asked, at})
  }
  return reads
}

function prismaReads(file: TextFile): VariableRead[] {
  return [...file.text.matchAll(/^[^/\n]*\benv\(\s*"(\w+)"\s*\)/gm)].map((match) => {
    const start = match.index + match[0].indexOf('env(')
    return {name: match[1] as string, required: true, at: file.span(start, match.index + match[0].length)}
  })
}
