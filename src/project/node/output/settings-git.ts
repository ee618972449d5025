/** Calls of git in the configuration of a tool that builds, which executes it. */
import type {CallExpression} from '@babel/types'
import type {FileLocation} from '../../../check.ts'
import {scripts, type Tracked} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {unchangedAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import {nodesOf, type PlacedNode, partsAround, spanOf} from '../source/syntax-nodes.ts'

export interface GitCall {
  /** `git describe --tags`. */
  command: string
  at: FileLocation
}

/** Those that are surely made, in the folder where the tool runs. */
export async function gitInSettings(
  command: BuildCommand,
  tracked: Tracked,
  reader: ProjectReader,
): Promise<GitCall[]> {
  const program = programOf(command)
  const isBuild = command.words.includes('build') || program === 'webpack'
  if (!isBuild || command.words.some((word) => word === undefined || /^(?:-c|--config)\b/.test(word))) return []
  const [file, another] = await reader.texts(
    scripts(`${program}.config`).flatMap((each) => unchangedAt(command, `${command.folder}/${each}`, tracked) ?? []),
  )
  if (!file || another || !file.text.includes('git ')) return []
  return nodesOf(file, 'CallExpression').flatMap((placed) => {
    const line = gitOf(placed.node)
    const {start, end} = spanOf(placed.node)
    return line !== undefined && isMade(placed) ? {command: line, at: file.span(start, end)} : []
  })
}

/** `git describe --tags` of `execSync('git describe --tags')`, which throws where git fails; spawnSync does not. */
function gitOf({callee, arguments: [first, options]}: CallExpression): string | undefined {
  const name = callee.type === 'MemberExpression' ? callee.property : callee
  if (name.type !== 'Identifier' || name.name !== 'execSync' || (options && options.type !== 'ObjectExpression'))
    return undefined
  const isElsewhere = options?.properties.some(
    (each) => each.type !== 'ObjectProperty' || each.key.type !== 'Identifier' || /^(?:cwd|env)$/.test(each.key.name),
  )
  const text =
    first?.type === 'StringLiteral'
      ? first.value
      : first?.type === 'TemplateLiteral' && first.expressions.length === 0
        ? first.quasis[0]?.value.cooked
        : undefined
  // A shell may have an answer to the failure.
  return isElsewhere || !text?.startsWith('git ') || /[|;&\n]/.test(text) ? undefined : text
}

/** What is evaluated with all of its parts, whatever they are. */
const whole =
  /^(?:Program|(?:Member|Call|New|Object|Array|Binary|Assignment|TSAs|TSSatisfies|TSNonNull)Expression|ObjectProperty|TemplateLiteral|VariableDeclarat(?:or|ion)|(?:Expression|Return|Block)Statement|Export(?:Default|Named)Declaration)$/

const plain = /^(?:Variable|Function)Declaration$|^ExpressionStatement$/

/** In no branch, in no `try`, behind nothing that may return before, and in no function but the one that makes the settings. */
function isMade(placed: PlacedNode): boolean {
  let below = placed
  for (const each of partsAround(placed)) {
    const {type} = each.node
    if (each.node.type === 'BlockStatement') {
      const {body} = each.node
      const before = body.slice(0, body.indexOf(below.node as (typeof body)[number]))
      if (!before.every((statement) => plain.test(statement.type))) return false
    }
    const isFirst = type === 'LogicalExpression' && below.part === 'left'
    if (!whole.test(type) && !isFirst && !(type === 'ArrowFunctionExpression' && makesSettings(each))) return false
    below = each
  }
  return true
}

/** `export default () => …`, `export default defineConfig(() => …)`. */
function makesSettings({parent}: PlacedNode): boolean {
  const isCall = parent?.node.type === 'CallExpression'
  return (isCall ? parent.parent : parent)?.node.type === 'ExportDefaultDeclaration'
}
