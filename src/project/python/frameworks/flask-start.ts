/** What Flask and Flask-SQLAlchemy refuse of the statements that make an app: of a module, and of the functions that it calls. */
import type {SyntaxNode} from '@lezer/common'
import type {TextFile} from '../../files/text.ts'
import {children} from '../imports/module-constants.ts'
import {surelyLacks} from '../imports/module-names.ts'
import {pythonTree} from '../source/tree.ts'
import type {ModuleFault} from './module-fault.ts'

/** Where a start looks for the module of an object: its text in the image, that it is not there, or that nobody knows. */
export type FindModule = (name: string) => {file: TextFile} | 'left out' | undefined

interface Start {
  findModule: FindModule
  /** The functions of the file that are surely called. */
  called: ReadonlySet<string>
  /** What the app calls its databases: `db` of `db = SQLAlchemy()`. */
  databases: ReadonlySet<string>
  /** Flask-SQLAlchemy 3.0 or later is installed; Flask 2.3 or later is. */
  isThird: boolean
  hasNoFirst: boolean
}

const made = /^(\w{1,80})\s{0,9}(?::\s{0,9}[\w.]{1,80}\s{0,9})?=\s{0,9}(?:flask_sqlalchemy\.)?SQLAlchemy\(/gm

/** The names that a file gives its databases of Flask-SQLAlchemy. */
export const databasesIn = ({text}: TextFile): string[] =>
  /\bflask_sqlalchemy\b/.test(text) ? [...text.matchAll(made)].map(([, name = '']) => name) : []

/** Whether the code puts a context in place that lasts. */
export const keepsContext = ({text}: TextFile): boolean =>
  /\b(?:app_context|test_request_context)\(\s{0,20}\)\s{0,20}\.\s{0,20}(?:push|__enter__)\b|\.push\(\s{0,20}\)/.test(
    text,
  )

/** The first that ends the start. */
export function startFaults(
  file: TextFile,
  {called, databases, isThird, hasNoFirst, findModule}: Start,
): ModuleFault[] {
  const source = ({from, to}: SyntaxNode) => file.text.slice(from, to)
  const top = children(pythonTree(file.text).topNode)
  const bodies = top.flatMap((node) => {
    const name = node.name === 'FunctionDefinition' ? node.getChild('VariableName') : null
    const body = name && called.has(source(name)) ? node.getChild('Body') : null
    return body ? [children(body)] : []
  })
  for (const statements of [top, ...bodies]) {
    for (const node of statements) {
      const text = source(node)
      // With one of a branch the function may end before.
      if (statements !== top && /\breturn\b/.test(text)) break
      const fault =
        lostConfig(text, node) ||
        (isThird && inNoContext(text, node)) ||
        (hasNoFirst && statements !== top && first(text, node))
      if (fault) return [{...fault, at: file.span(node.from, node.from + (text.split('\n')[0] ?? '').length)}]
    }
  }
  return []

  /** Since 3.0 whatever asks for the database needs the context of an app. */
  function inNoContext(text: string, {name}: SyntaxNode): Omit<ModuleFault, 'at'> | undefined {
    if (name !== 'ExpressionStatement') return undefined
    const [call, database = '', what = ''] =
      /^(\w{1,80})\.(create_all|drop_all|reflect|session\.(?:commit|execute|rollback|flush))\(/.exec(text) ?? []
    if (call === undefined || !databases.has(database)) return undefined
    if (/^[^\n]{0,200}\(\s{0,20}app\s{0,9}=/.test(text))
      return {
        message: `${database}.${what} takes no app since Flask-SQLAlchemy 3.0`,
        error: `TypeError: SQLAlchemy.${what}() got an unexpected keyword argument 'app'`,
        cure: `with app.app_context(): ${database}.${what}()`,
      }
    return {
      message: `${database}.${what} is called here, where no app is in place, which Flask-SQLAlchemy 3.0 and later ask for`,
      error: 'RuntimeError: Working outside of application context',
      cure: `with app.app_context(): ${database}.${what}(…)`,
    }
  }

  /** `app.config.from_object("config.Production")`: ImportStringError of werkzeug/utils.py. */
  function lostConfig(text: string, {name}: SyntaxNode): Omit<ModuleFault, 'at'> | undefined {
    const [, whole = ''] = /^\w{1,80}\.config\.from_object\(\s{0,20}["']([\w.]{1,200})["']\s{0,20}\)/.exec(text) ?? []
    const [, module = whole, object] = /^([\w.]+)\.([A-Z]\w*)$/.exec(whole) ?? []
    if (name !== 'ExpressionStatement' || whole === '') return undefined
    const found = findModule(module)
    if (found === undefined) return undefined
    const isLeftOut = found === 'left out'
    if (!isLeftOut && (object === undefined || !surelyLacks(found.file.text, object))) return undefined
    return {
      message: `from_object takes ${whole}, and ${isLeftOut ? `no file of the image is the module ${module}` : `${found.file.path} has no ${object}`}`,
      error: `ImportStringError: import_string() failed for '${whole}'`,
      cure: isLeftOut ? 'Bring the file into the image.' : 'Name a class that the file has.',
    }
  }

  function first(text: string, {name}: SyntaxNode): Omit<ModuleFault, 'at'> | undefined {
    const [, owner, what] = /^@(\w{1,80})\.(before_first_request|before_app_first_request)\b/.exec(text) ?? []
    if (name !== 'DecoratedStatement' || !what) return undefined
    return {
      message: `${owner}.${what} is gone since Flask 2.3`,
      error: `AttributeError: 'Flask' object has no attribute '${what}'`,
      cure: 'Do it where the app is made: with app.app_context(): …',
    }
  }
}
