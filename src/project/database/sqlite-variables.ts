/** SQLite databases whose place is a variable of the environment, with a default beside the app. */

import {posix} from 'node:path'
import {type Code, codeOf, parts} from '../code/code.ts'
import {pathExpression} from '../code/folders/path-expression.ts'
import {escapePattern} from '../escape-pattern.ts'
import type {TextFile} from '../files/text.ts'
import type {CodeDatabase} from './sqlite-code.ts'

/** What reads one; the default follows. */
const reads: Partial<Readonly<Record<Code['language'], RegExp>>> = {
  javascript: /\b(?:process|Bun)\.env(?:\.(\w{1,100})|\[["'](\w{1,100})["']\])\s{0,100}(?:\|\||\?\?)\s{0,100}/g,
  python:
    /\b(?:os\s{0,5}\.\s{0,5})?(?:getenv|environ\s{0,5}\.\s{0,5}get)\(\s{0,100}["'](\w{1,100})["']\s{0,20},\s{0,100}/g,
}
/** By what such a variable is called: a database, or the folder of all that the app keeps. */
const ofDatabase = /(?:^|_)(?:DB|DATABASE|SQLITE|DATA|STORAGE|PERSIST\w{0,20})(?:_|$)/
const notKept = /cache|te?mp|session|replica|backup/i
const isFile = /^[\w./-]{1,200}\.(?:db|sqlite3?)$/
/** Another kind of database is what production uses. */
const other = /postgres|mysql|mariadb|libsql|turso|duckdb|leveldb|lmdb/i
/** The name that the value gets, before it. */
const declared =
  /(?:^|\n)[ \t]*(?:export\s{1,9})?(?:(?:const|let|var)\s{1,9})?(\w{1,100})\s{0,9}(?::[^=\n]{1,60})?=\s{0,20}(?:[\w.]{1,40}\(\s{0,9}){0,3}$/

export function variableDatabase(file: TextFile): CodeDatabase | undefined {
  const code = codeOf(file)
  const read = code && reads[code.language]
  if (!code || !read || other.test(code.text)) return undefined
  for (const match of code.text.matchAll(read)) {
    const variable = match[1] ?? match[2] ?? ''
    const start = match.index + match[0].length
    const standard = ofDatabase.test(variable) && !notKept.test(variable) ? defaultAt(code, start) : undefined
    if (standard === undefined) continue
    const path = isFile.test(standard) ? standard : belowFolder(code, match.index, standard)
    const at = file.span(match.index, start)
    if (path !== undefined && !notKept.test(path))
      return {path, at, variable: {name: variable, isFolder: path !== standard}}
  }
  return undefined
}

/** The path that follows, relative to where the program runs. One that begins at the file's own folder is near that. */
function defaultAt(code: Code, start: number): string | undefined {
  let end = start
  for (let depth = 0; end < code.bare.length && end < start + 300; end++) {
    const character = code.bare[end] as string
    if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character) && --depth < 0) break
    if (depth === 0 && /[,;\n]/.test(character)) break
  }
  const [only, another] = parts(code, {start, end}, /\|\||\?\?/y)
  const found = only && !another ? pathExpression(code, only) : undefined
  if (!found || found.from === 'manifest') return undefined
  return found.from === 'file' ? posix.join(posix.dirname(code.file.path), found.path) : found.path
}

/** The database that is opened in the folder of that name: `join(DATA_DIR, 'shop.db')`, `DATA_DIR / "shop.db"`, `${DATA_DIR}/shop.db`. */
function belowFolder(code: Code, before: number, folder: string): string | undefined {
  const [, name] = declared.exec(code.text.slice(Math.max(0, before - 300), before)) ?? []
  if (name === undefined) return undefined
  const file = String.raw`([\w-][\w.-]{0,100}\.(?:db|sqlite3?))["'\`]`
  const used = new RegExp(
    String.raw`\b(?:join|resolve)\(\s{0,50}${escapePattern(name)}\s{0,20},\s{0,50}["'\`]${file}|\b${escapePattern(name)}\s{0,9}\/\s{0,9}["']${file}|\{${escapePattern(name)}\}\/${file}`,
  ).exec(code.text)
  const base = used?.[1] ?? used?.[2] ?? used?.[3]
  return base === undefined ? undefined : posix.join(folder, base)
}
