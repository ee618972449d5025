/**
 * The file of a SQLite database that a variable names: `sqlite:///app.db`, `file:./dev.db`, `DB_PATH=/srv/app.sqlite3`,
 * `Data Source=/srv/app.db` as ADO.NET writes it.
 */
export function sqliteFile(name: string, value: string): string | undefined {
  const text = value.trim().replace(/[?#].*$/s, '')
  // SQLAlchemy: three slashes begin a relative path, four an absolute one; Prisma and Rails write file: and sqlite3:.
  const alchemy = /^sqlite(?:\+\w+)?:\/\/\/(.+)$/.exec(text)?.[1]
  const path = alchemy ?? /^(?:file|sqlite3?):(?:\/\/(?=\/))?([^/:].*|\/[^/].*)$/.exec(text)?.[1]
  const adoNet = /^(?:Data ?Source|Filename)\s*=\s*([^;]+)/i.exec(value.trim())?.[1]?.trim()
  if (adoNet !== undefined) return isFile(adoNet) && isDatabase(adoNet) ? adoNet : undefined
  if (path !== undefined) return isFile(path) && (alchemy !== undefined || isDatabase(path)) ? path : undefined
  return /(DB|DATABASE|SQLITE)/i.test(name) && text.startsWith('/') && isDatabase(text) ? text : undefined
}

const isFile = (path: string): boolean => !/[$:{}]|^$|memory/.test(path)
const isDatabase = (path: string): boolean => /\.(db|db3|sqlite|sqlite3)$/i.test(path)
