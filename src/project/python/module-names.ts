import {pythonTree} from './tree.ts'

/** What brings names into a module that its text does not show. */
const indirect =
  /\bimport\s*(?:\(\s*)?\*|\bglobals\s*\(|\bexec\s*\(|\b__getattr__\b|\bsetattr\s*\(|\bsys\.modules\b|\bvars\s*\(|\blocals\s*\(/

/** Whether a module surely has no such name: nowhere in it does a variable, function, class or import bear it. */
export function surelyLacks(source: string, name: string): boolean {
  if (indirect.test(source) || /^__\w+__$/.test(name)) return false
  // The word is nowhere: then it is no matter that the parser does not know every form (a bare `yield`).
  if (!new RegExp(`\\b${name}\\b`).test(source)) return true
  const cursor = pythonTree(source).cursor()
  do {
    if (cursor.type.isError) return false
    if (cursor.name === 'VariableName' && source.slice(cursor.from, cursor.to) === name) return false
  } while (cursor.next())
  return true
}

const application =
  /^(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*(?:await\s+)?(?:[\w.]*\.)?(?:FastAPI|Starlette|Flask|Quart|Sanic|Litestar|Celery|Dash|Bottle|Falcon|make_wsgi_app|get_asgi_application|get_wsgi_application|ProtocolTypeRouter|create_app|make_app)\(/m

/** The name that a module gives its application, for a hint. */
export const applicationName = (source: string): string | undefined => application.exec(source)?.[1]
