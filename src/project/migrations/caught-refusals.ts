/** Code of Python that goes on when the database has refused a statement. */
import type {SyntaxNode} from '@lezer/common'
import {children} from '../python/imports/module-constants.ts'

/** What an error of the database is, or is below; others, such as ImportError and KeyError, are about something else. */
const ofDatabase =
  /^$|\b(?:Base)?Exception\b|\b(?:Programming|Operational|Internal|Integrity|NotSupported|Data|Database|DBAPI|SQLAlchemy|Postgres)Error\b|\bDuplicate\w+|\bUndefined\w+|\bInsufficientPrivilege/

/** `try: … except Exception: pass`: a handler that neither raises at its end nor takes the transaction back. */
export function catchesRefusals(node: SyntaxNode, source: (node: SyntaxNode) => string): boolean {
  let caught: string | undefined
  for (const part of children(node)) {
    if (part.name === 'except') caught = ''
    else if (/^(?:else|finally)$/.test(part.name)) caught = undefined
    else if (caught !== undefined && part.name === 'Body') {
      if (ofDatabase.test(caught.trim()) && !endsIt(part, source)) return true
      caught = undefined
    } else if (caught !== undefined) caught += ` ${source(part)}`
  }
  return false
}

const endsIt = (body: SyntaxNode, source: (node: SyntaxNode) => string): boolean =>
  children(body).at(-1)?.name === 'RaiseStatement' || /\.rollback\(/.test(source(body))

/** `with suppress(Exception):` */
export const suppressesRefusals = (head: string): boolean =>
  ofDatabase.test(/\bsuppress\(([^)]{1,300})\)/.exec(head)?.[1]?.trim() ?? 'nothing')
