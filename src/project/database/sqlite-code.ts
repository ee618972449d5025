import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {argumentsAt, codeOf, textOf} from '../code/code.ts'
import {pathExpression} from '../code/folders/path-expression.ts'
import {setVariables} from '../environment/set-variables.ts'
import {isApart} from '../files/apart.ts'
import {javascript, noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {isShadowed} from '../python/imports/shadowed-module.ts'
import {railsDatabases} from '../ruby/rails-databases.ts'
import {pocketbaseData} from './pocketbase.ts'
import {connectionStrings} from './sqlite-settings.ts'
import {variableDatabase} from './sqlite-variables.ts'

/** A SQLite database that the code opens by a name of its own: no variable puts it elsewhere. */
export interface CodeDatabase {
  /** As it is written: `app.db`, `./data/app.db`. */
  path: string
  at: FileLocation
  /** It begins at the folder of the code, wherever the program is started. */
  isBeside?: boolean
  /** The path is but the default of a variable that nothing sets: of the file, or of the folder that it is in. */
  variable?: {name: string; isFolder: boolean}
  /** What tells the program another folder for it. */
  option?: string
}

interface Kind {
  files: readonly string[]
  /** What the file must hold, as that is cheap to look for. */
  holds: string
  /** The group `path` follows directly on what opens it: behind a variable it would be the default alone. */
  opens: RegExp
  /** … up to a path that is put together. */
  call?: RegExp
  /** The path begins at the folder of the code. */
  isBeside?: boolean
  /** The file is for tools alone. */
  unless?: RegExp
}

const newDatabase = /\bnew (?:\w{1,30}\.)?Database\(/g

const text = String.raw`["'\`](?<path>[^"'\`:?$]+)["'\`]`
const url = String.raw`["']sqlite(?:\+\w+)?:///(?<path>[^"'?:{][^"'?{]*)["']`
const django = 'django.db.backends.sqlite3'
const kinds: readonly Kind[] = [
  {files: ['.py'], holds: 'create_engine', opens: new RegExp(String.raw`\bcreate_engine\(\s*${url}`)},
  {files: ['.py'], holds: 'create_async_engine', opens: new RegExp(String.raw`\bcreate_async_engine\(\s*${url}`)},
  {
    files: ['.py'],
    holds: 'SQLALCHEMY_DATABASE',
    opens: new RegExp(String.raw`\bSQLALCHEMY_DATABASE_UR[IL](?:["']\])?\s*=\s*${url}`),
  },
  {
    files: ['.py'],
    holds: 'sqlite3.connect',
    opens: new RegExp(String.raw`\bsqlite3\.connect\(\s*${text}`),
    call: /\bsqlite3\.connect\(/g,
  },
  {
    files: ['.py'],
    holds: 'aiosqlite.connect',
    opens: new RegExp(String.raw`\baiosqlite\.connect\(\s*${text}`),
    call: /\baiosqlite\.connect\(/g,
  },
  {
    files: ['.py'],
    holds: django,
    isBeside: true,
    opens:
      /^DATABASES\s*=\s*\{\s*["']default["']\s*:\s*\{\s*["']ENGINE["']\s*:\s*["']django\.db\.backends\.sqlite3["']\s*,\s*["']NAME["']\s*:\s*(?:BASE_DIR\s*\/\s*|os\.path\.join\(\s*BASE_DIR\s*,\s*)["'](?<path>[\w./-]+)["']/m,
  },
  {
    files: javascript,
    holds: 'better-sqlite3',
    opens: new RegExp(String.raw`\bnew Database\(\s*${text}\s*[,)]`),
    call: newDatabase,
  },
  {
    files: javascript,
    holds: 'bun:sqlite',
    opens: new RegExp(String.raw`\bnew Database\(\s*${text}\s*[,)]`),
    call: newDatabase,
  },
  {
    files: javascript,
    holds: 'sqlite3',
    opens: new RegExp(String.raw`\bnew sqlite3\.Database\(\s*${text}`),
    call: newDatabase,
  },
  {files: ['.go'], holds: 'sql.Open', opens: /\bsql\.Open\(\s*"sqlite3?"\s*,\s*"(?:file:)?(?<path>[^":?]+)["?]/},
  // Entity Framework Core; Mode=ReadOnly and an in-memory one keep nothing.
  {
    files: ['.cs'],
    holds: 'UseSqlite',
    // Of `dotnet ef`, as migrations are written.
    unless: /\bIDesignTimeDbContextFactory\b/,
    opens:
      /\.UseSqlite\(\s*"(?:Data ?Source|Filename)\s*=\s*(?!:memory:)(?<path>[^\s":;{$][^":;{$]{0,300})(?:;(?!Mode=(?:Memory|ReadOnly))[^"]{0,300})?"/i,
  },
  {files: ['.go'], holds: 'sqlite.Open', opens: /\bsqlite\.Open\(\s*"(?:file:)?(?<path>[^":?]+)["?]/},
]

/** Made by hand, made anew, or never written. */
const notKept = /\bmode=ro\b|\breadonly\b|read_only|cache|te?mp|session/i
/** Another database may be the one that production uses, or a variable names it. */
const other =
  /(?:environ|getenv|\benv\b|config\s*\()[^\n]{0,40}(?:DATABASE|SQL|_DB|DB_|\bDB\b)|postgres|mysql|mariadb|libsql|turso|dj_database_url|DATABASES\s*\[|\benv\.db\b/i
const branch = /^(?:if|elif|else|except|try|\} ?else)\b|(?:[?:]|&&|\|\|)$/
/** What stands before it on its line, when it is but one of two. */
const alternative = /\b(?:if|else|or)\b|\|\||\?/
/** Of several, the last one counts, or that of the class which is chosen. */
const assigned = /\bSQLALCHEMY_DATABASE_UR[IL](?:["']\])?\s*=(?!=)/g
const aside =
  /(?:^|\/)(?:scripts?|tools?|migrations?|seeds?|bin|local|dev|archive|legacy|[\w-]{0,50}[-_]tests?)\/|(?:^|\/)(?:(?:seed|migrate|local|dev|development)[\w-]*|tests?(?:[_-][\w-]*)?|testing)\.\w+$|\.config\.\w+$/

export async function loadCodeDatabases({reader}: Inputs, facts: FactStore): Promise<Fact<CodeDatabase[]>> {
  const [image, files] = await Promise.all([facts.value('image'), facts.value('files')])
  const all = files ?? noFiles
  const own = all.only((path) => !isApart(path) && !aside.test(path) && !isShadowed(path, all))
  const found: CodeDatabase[] = []
  for (const path of own.ending(...new Set(kinds.flatMap((kind) => kind.files)))) {
    const fitting = kinds.filter((kind) => kind.files.some((ending) => path.endsWith(ending)))
    if (image && !image.copies(path)) continue
    const file = await reader.text(path)
    for (const kind of file ? fitting : []) {
      const database = file?.text.includes(kind.holds) ? databaseIn(file, kind) : undefined
      if (database && !(kind.holds === django && (await isReplaced(path)))) found.push(database)
    }
  }
  if (found.length === 0) found.push(...(await byVariable()), ...(await connectionStrings(reader, own, facts)))
  const folders = (await facts.value('flyConfig'))?.mounts.flatMap(({destination}) => destination ?? []) ?? []
  // The code that knows the volume chooses.
  for (const each of found.filter(({isBeside, variable}) => isBeside || variable)) {
    const text = (await reader.text(each.at.file))?.text ?? ''
    if (folders.some((folder) => ['"', "'", '`'].some((quote) => text.includes(`${quote}${folder}`))))
      found.splice(found.indexOf(each), 1)
  }
  const ofPrograms = [
    ...(await railsDatabases(reader, files ?? noFiles, facts)),
    ...(await pocketbaseData(reader, files, facts)),
  ]
  return known([...found, ...ofPrograms])

  /** The first whose variable nothing sets, in a project that uses SQLite. */
  async function byVariable(): Promise<CodeDatabase[]> {
    const set = await setVariables(facts)
    const hasDotenv = (await reader.list('.')).some((name) => /^\.env(?:\.production|\.prod)?$/.test(name))
    if (hasDotenv || !set.complete) return []
    const texts = await reader.texts(own.ending('.py', ...javascript).filter((path) => image?.copies(path) ?? true))
    for (const file of texts) {
      const database = /\.(?:db|sqlite3?)\b/.test(file.text) ? variableDatabase(file) : undefined
      const name = database?.variable?.name
      if (!database || name === undefined || set.mayBeSet(name)) continue
      const ending = posix.extname(file.path) === '.py' ? /\.py$/ : /\.[cm]?[jt]sx?$/
      return texts.some(({path, text}) => ending.test(path) && /sqlite/i.test(text)) ? [database] : []
    }
    return []
  }

  /** Settings that lie beside these may take them all, and give another database. */
  async function isReplaced(path: string): Promise<boolean> {
    const near = own.ending('.py').filter((each) => each !== path && posix.dirname(each) === posix.dirname(path))
    const texts = await reader.texts(near)
    return texts.some(({text}) => text.includes('DATABASES'))
  }
}

function databaseIn(file: TextFile, {opens, call, isBeside, unless}: Kind): CodeDatabase | undefined {
  const code = codeOf(file)?.text ?? file.text
  if (unless?.test(code)) return undefined
  const written = opens.exec(code)
  const built = written ? undefined : call && builtIn(file, call)
  const match = written ?? built?.match
  const path = written?.groups?.path ?? built?.path
  if (!match || path === undefined || other.test(code)) return undefined
  const {line, column} = file.position(match.index)
  if (alternative.test(file.line(line)?.slice(0, column - 1) ?? '') || (code.match(assigned)?.length ?? 0) > 1)
    return undefined
  const around = `${file.line(line)}${code.slice(match.index + match[0].length).split('\n')[0]}`
  // Of one of several branches it is not known that it is taken.
  if (
    notKept.test(path) ||
    notKept.test(around) ||
    branch.test(file.line(line - 1).trim()) ||
    branch.test(file.line(line).trim())
  )
    return undefined
  const at = file.span(match.index, match.index + match[0].length)
  return {path, at, ...((isBeside || built?.isBeside) && {isBeside: true})}
}

/**
 * `new Database(path.join(__dirname, 'shop.db'))`, `sqlite3.connect(DB_PATH)`: the path of the first place where the file
 * opens one, if that of every other can be told too. A constant is told where it gets its value.
 */
function builtIn(file: TextFile, call: RegExp): Built | undefined {
  const code = codeOf(file)
  const places = [...(code?.bare.matchAll(call) ?? [])].map((match) => {
    const [given] = code ? argumentsAt(code, match.index + match[0].length - 1) : []
    const found = code && given ? pathExpression(code, given) : undefined
    return code && given && found ? {match, found, name: textOf(code, given)} : undefined
  })
  const kept = places.find((place) => place && !notKept.test(place.found.path))
  if (!code || !kept || places.includes(undefined)) return undefined
  const {match, found, name} = kept
  const isBeside = found.from === 'file'
  // What is no file of the folder of the code must have the name of a database.
  if (!isBeside && (found.from !== 'cwd' || !/\.(?:db|sqlite3?)$/.test(found.path))) return undefined
  const constant = /^\w+$/.test(name)
    ? new RegExp(`^(?:(?:const|let|var)\\s+)?${name}\\b[^\\n=]{0,80}=`, 'm')
    : undefined
  return {
    match: constant?.exec(code.text) ?? match,
    path: isBeside ? posix.join(posix.dirname(file.path), found.path) : found.path,
    isBeside,
  }
}

interface Built {
  match: RegExpExecArray
  path: string
  isBeside: boolean
}
