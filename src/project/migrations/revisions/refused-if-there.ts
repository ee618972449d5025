import {sqlIn} from '../sql.ts'
import type {Step} from '../steps.ts'
import {isConstant} from '../value.ts'

/** SQL that makes or takes something, and does not ask whether it is there. */
const changes = /^(?:create|alter|drop)\b/i
const asks = /\bif\s+(?:not\s+)?exists\b|^create\s+or\s+replace\b|\bset\s+default\b/i
/** This one fails where the server does not have it, or the user may not. */
const extension = /^create\s+extension\b/i

/**
 * What a step does that the database refuses where it is done already, or where what it is done to is not there, while the
 * code around it goes on: `add_column`, `CREATE EXTENSION`.
 */
export function refusedIfThere(step: Step): string | undefined {
  const {call, goesOn, autocommit} = step
  if (!goesOn || autocommit) return undefined
  const sql = sqlIn(step)
  if (sql) {
    const text = sql.statements.find((each) => extension.test(each) || (changes.test(each) && !asks.test(each)))
    return text?.split(/\s+/).slice(0, 2).join(' ').toUpperCase()
  }
  const isOwn = /^(?:op|\w{0,50}batch\w{0,50})\.\w+$/.test(call.name)
  if (!isOwn || !/^(?:create|drop|add|alter|rename)_(?!type)/.test(call.method)) return undefined
  const looks = ['if_not_exists', 'if_exists'].some((each) => isConstant(call.keywords.get(each), true))
  return looks ? undefined : call.method
}
