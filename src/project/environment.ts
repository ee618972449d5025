import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../check.ts'
import {type Fact, type FactStore, known} from '../facts.ts'
import type {Inputs} from './inputs.ts'
import {children, stringValue} from './python/module-constants.ts'
import {startedModules} from './python/started-modules.ts'
import type {TextFile} from './text.ts'

/** The environment variables that the code of the image reads. */
export interface Environment {
  reads: VariableRead[]
}

export interface VariableRead {
  name: string
  /**
   * `fails`: the deploy surely runs what reads it, and that stops without it (a module's import, Prisma's migrations).
   * `continues`: there is a default, or the code asks first. `unknown`: it may not run, or be given the value otherwise.
   */
  without: 'fails' | 'continues' | 'unknown'
  at: FileLocation
}

const notShipped =
  /(^|\/)(tests?|__tests__|spec|e2e|docs?|examples?|scripts?|tools?|\.github|node_modules|fixtures)\/|(^|\/)(test_|conftest)|[._]test\.|\.d\.ts$/

/**
 * Reads Python with a parser and finds `process.env.X` and Prisma's `env("X")` by their text.
 * Missed: names that are computed, and other languages; nothing is invented.
 */
export async function loadEnvironment({reader}: Inputs, facts: FactStore): Promise<Fact<Environment>> {
  const [files, image, processes] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    facts.value('processes'),
  ])
  // What the image does not hold reads nothing there.
  const paths = (files?.paths ?? []).filter((path) => !image || image.copies(path))
  const python = await import('@lezer/python')
  const reads: VariableRead[] = []
  let filled = await hasDotenv(reader, paths)
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
    filled ||= fills.test(file.text)
    if (kind === 'python' && /environ|getenv|BaseSettings/.test(file.text)) {
      reads.push(...pythonReads(file, python.parser.parse(file.text).topNode))
    } else if (kind === 'script' && file.text.includes('process.env')) reads.push(...scriptReads(file))
    else if (kind === 'prisma') reads.push(...prismaReads(file))
  }
  const failing = reads.some(({without}) => without === 'fails')
  if (filled || !failing) return known({reads: reads.map(atMostUnknown)})
  const certain = processes?.commands.filter((command) => command.certain).map(({text}) => text) ?? []
  const started = await startedModules(certain, paths, reader)
  const migrates = certain.some((text) => /^(npx |pnpm |yarn )?prisma (migrate deploy|db push)/.test(text))
  const runs = ({at}: VariableRead) => (at.file.endsWith('.prisma') ? migrates : started.has(at.file))
  return known({reads: reads.map((read) => (runs(read) ? read : atMostUnknown(read)))})
}

/** A read that nothing is seen to run, or whose value may come from elsewhere, is no proof. */
const atMostUnknown = (read: VariableRead): VariableRead =>
  read.without === 'fails' ? {...read, without: 'unknown'} : read

/** Code that may fill the environment, or a settings class, from elsewhere. */
const fills =
  /environ\s*(\[[^\]\n]*\]\s*=[^=]|\.\s*(update|setdefault)\b|\|=)|putenv|raw_env|dotenv|environs|decouple|settings_customise_sources|doppler|infisical|secretsmanager|secret_manager|hvac|process\.env(\.\w+|\[[^\]\n]*\])\s*=[^=]|prisma\.config/i

/** Whether there is a file of settings to copy along; git often ignores it, and flyctl sends it all the same. */
async function hasDotenv(reader: Inputs['reader'], paths: readonly string[]): Promise<boolean> {
  const names = [...(await reader.list('.')), ...paths.map((path) => path.split('/').at(-1) as string)]
  return names.some((name) => /^\.env(\.|$)/.test(name) && !/example|sample|template|dist/.test(name))
}

function pythonReads(file: TextFile, root: SyntaxNode): VariableRead[] {
  const reads: VariableRead[] = []
  /** Names that the file asks for, or sets itself. */
  const provided = new Set<string>()
  const text = (node: SyntaxNode) => file.text.slice(node.from, node.to)
  const cursor = root.cursor()
  do {
    const node = cursor.node
    if (node.name === 'MemberExpression') subscript(node)
    else if (node.name === 'CallExpression') call(node)
    else if (node.name === 'BinaryExpression') membership(node)
    else if (node.name === 'ClassDefinition') settingsClass(node)
  } while (cursor.next())
  return reads.map((read) => (provided.has(read.name) ? {...read, without: 'continues'} : read))

  function nameOf(node: SyntaxNode | undefined): string | undefined {
    const value = node?.name === 'String' ? stringValue(text(node)) : undefined
    return value?.kind === 'string' && value.value ? value.value : undefined
  }

  function provide(node: SyntaxNode | undefined): void {
    const name = nameOf(node)
    if (name) provided.add(name)
  }

  function add(key: SyntaxNode | undefined, without: VariableRead['without'], at: SyntaxNode): void {
    const name = nameOf(key)
    if (name) reads.push({name, without, at: file.span(at.from, at.to)})
  }

  /** `os.environ["X"]`: read, or set where it stands left of `=`. */
  function subscript(node: SyntaxNode): void {
    const [object, bracket, key] = children(node)
    if (!object || bracket?.name !== '[' || !/(^|\.)environ$/.test(text(object))) return
    const parent = node.parent
    if (parent?.name === 'AssignStatement' && parent.firstChild?.from === node.from) provide(key)
    else if (parent?.name !== 'DeleteStatement') add(key, runsOnImport(node) ? 'fails' : 'unknown', node)
  }

  /** `os.getenv("X")`, `os.environ.get("X", default)`, `os.environ.setdefault("X", …)`. */
  function call(node: SyntaxNode): void {
    const [callee, list] = children(node)
    if (!callee || !list) return
    const args = children(list).filter((child) => !/^[(),]$/.test(child.name))
    if (/(^|\.)environ\.setdefault$/.test(text(callee))) provide(args[0])
    if (!/(^|\.)(getenv|environ\.get)$/.test(text(callee))) return
    const parent = node.parent?.name
    if (parent === 'IfStatement' || parent === 'UnaryExpression' || parent === 'ConditionalExpression') provide(args[0])
    const fallback = parent === 'BinaryExpression' && node.parent?.getChild('or') !== null
    add(args[0], args.length > 1 || fallback ? 'continues' : 'unknown', node)
  }

  /** `"X" in os.environ`: the code asks whether it is set. */
  function membership(node: SyntaxNode): void {
    const [name, operator, object] = children(node)
    const asks = operator?.name === 'in' || operator?.name === 'not'
    if (asks && object && /(^|\.)environ$/.test(text(children(node).at(-1) as SyntaxNode))) provide(name)
  }

  /** A field of a pydantic settings class: read by its name in upper case, required without a default. */
  function settingsClass(node: SyntaxNode): void {
    const bases = node.getChild('ArgList')
    const body = node.getChild('Body')
    if (!bases || !body || !/\bBaseSettings\b/.test(text(bases))) return
    // A prefix or an alias renames fields: which variables are read is then another check's question.
    if (/prefix|alias/.test(text(bases) + text(body))) return
    // A validator, or a file of values, may fill what the environment lacks.
    const plain =
      /^\(\s*BaseSettings\s*\)$/.test(text(bases)) && !/validator|env_file|ClassVar|secrets_dir/.test(text(body))
    // The class is made somewhere: where it is at import, a missing value ends the program.
    const made = new RegExp(
      `^\\w+(?:\\s*:\\s*\\w+)?\\s*=\\s*${node.getChild('VariableName') ? text(node.getChild('VariableName') as SyntaxNode) : ''}\\(\\s*\\)`,
      'm',
    )
    const without = plain && made.test(file.text) ? 'fails' : 'unknown'
    for (const field of body.getChildren('AssignStatement')) {
      const [name, type, , value] = children(field)
      // Field(...) may carry an alias or a default: only the bare declaration is certain.
      if (name?.name !== 'VariableName' || type?.name !== 'TypeDef' || value) continue
      reads.push({name: text(name).toUpperCase(), without, at: file.span(name.from, name.to)})
    }
  }
}

/** Whether the statement certainly runs when the module is imported: in no function, branch, loop or `try`. */
function runsOnImport(node: SyntaxNode): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) {
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

function scriptReads(file: TextFile): VariableRead[] {
  const reads: VariableRead[] = []
  for (const match of file.text.matchAll(
    /process\.env(?:\.([A-Z_][A-Z0-9_]*)|\[\s*["'](\w+)["']\s*\])(\s*(?:\|\||\?\?|\?\s))?/g,
  )) {
    const at = file.span(match.index, match.index + match[0].trimEnd().length)
    const before = file.line(at.line as number).slice(0, (at.column as number) - 1)
    if (/(^|\s)(\/\/|\*)/.test(before)) continue // a comment
    // An absent one is undefined, which the code may well expect.
    reads.push({name: (match[1] ?? match[2]) as string, without: match[3] ? 'continues' : 'unknown', at})
  }
  return reads
}

function prismaReads(file: TextFile): VariableRead[] {
  return [...file.text.matchAll(/^[^/\n]*\benv\(\s*"(\w+)"\s*\)/gm)].map((match) => {
    const start = match.index + match[0].indexOf('env(')
    return {name: match[1] as string, without: 'fails', at: file.span(start, match.index + match[0].length)}
  })
}
