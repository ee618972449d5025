import type {SyntaxNode} from '@lezer/common'
import {isUnread, pythonTree} from '../source/tree.ts'

/** What brings names into a module that its text does not show. */
const indirect =
  /\bimport\s*(?:\(\s*)?\*|\bglobals\s*\(|\bexec\s*\(|\b__getattr__\b|\bsetattr\s*\(|\bsys\.modules\b|\bvars\s*\(|\blocals\s*\(|\b_convert_?\(|\bglobal_enum\b/

/**
 * Whether a module surely has no such name: nowhere in it does a variable, function, class or import bear it, but within a
 * function or a class, whose own that is.
 */
export function surelyLacks(source: string, name: string): boolean {
  if (indirect.test(source) || /^__\w+__$/.test(name)) return false
  // The word is nowhere: then it is no matter that the parser does not know every form.
  if (!new RegExp(`\\b${name}\\b`).test(source)) return true
  if (new RegExp(`\\bglobal\\b(?:\\\\\\r?\\n|[^\\n#]){0,300}\\b${name}\\b`).test(source)) return false
  const tree = pythonTree(source)
  const inner: {from: number; to: number}[] = []
  let lacks = true
  tree.iterate({
    enter(each) {
      const {name: kind, from, to, node} = each
      if (isUnread(each)) lacks = false
      const isInner = kind === 'Body' && /^(?:Function|Class)Definition$/.test(node.parent?.name ?? '')
      if (isInner) inner.push({from, to})
      if (kind !== 'VariableName' || source.slice(from, to) !== name) return
      // `from app.models import …` binds no app.
      if (isOrigin(node)) return
      if (!inner.some((body) => body.from <= from && to <= body.to)) lacks = false
    },
  })
  return lacks
}

/** Whether a name is a part of the module of `from … import`. */
const isOrigin = (node: SyntaxNode): boolean =>
  node.parent?.name === 'ImportStatement' &&
  node.parent.firstChild?.name === 'from' &&
  (node.parent.getChild('import')?.from ?? 0) > node.from

const application =
  /^(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*(?:await\s+)?(?:[\w.]*\.)?(?:FastAPI|Starlette|Flask|Quart|Sanic|Litestar|Celery|Dash|Bottle|Falcon|make_wsgi_app|get_asgi_application|get_wsgi_application|ProtocolTypeRouter|create_app|make_app)\(/m

/** A function of the module that makes it: gunicorn calls it where it stands with its parentheses. */
export const applicationFactory = (source: string): string | undefined =>
  /^def ((?:create|make|get|build)_(?:app|application|server))\((?:\)|\s{0,20}\w+[^)=]{0,80}=)/m.exec(source)?.[1]

/** Whether the name is a function of the module that takes nothing, and that nothing else takes the place of. */
export const makesApplication = (source: string, name: string): boolean =>
  new RegExp(`^def ${name}\\(\\s{0,20}\\)[^\\n]{0,100}:`, 'm').test(source) &&
  !new RegExp(`^(?:@[^\\n]{1,200}\\n(?:async )?def ${name}\\b|[ \\t]{0,40}${name}\\s{0,9}[:=])`, 'm').test(source)

/** The name that a module gives its application, for a hint. */
export const applicationName = (source: string): string | undefined => application.exec(source)?.[1]
