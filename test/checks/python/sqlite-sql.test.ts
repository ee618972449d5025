import check from '../../../checks/python/sqlite-sql.ts'
import {testCheck} from '../../harness.ts'

const project = (code: string, {driver = 'psycopg2-binary', toml = '', more = {}} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${toml}`,
    Dockerfile:
      'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "main.py"]\n',
    'requirements.txt': `sqlalchemy\n${driver}\n`,
    'main.py': `from sqlalchemy import func, text\n${code}\n`,
    ...more,
  },
})
const insert = 'db.execute(text("INSERT OR IGNORE INTO a (b) VALUES (1)"))'
const told = (what: string, place: string, more = '') => [
  `warning main.py:${place} ${what} is of SQLite, and the image has a driver for Postgres alone: Postgres refuses it${more}`,
]

testCheck(check, {
  clean: {
    'SQL of both': project('db.execute(text("INSERT INTO a (b) VALUES (1)"))'),
    'the function of Python': project(`x = strftime('%Y', now)\ny = now.strftime("%Y")`),
    'a table of both': project(
      'db.execute(text("CREATE TABLE a (id bigint PRIMARY KEY, open boolean DEFAULT TRUE, n integer DEFAULT 1, at timestamp, datetime text)"))',
    ),
    'a text that is no SQL': project('x = "How to use PRAGMA or strftime(\'%Y\', x) of SQLite"'),
    'a comment': project('# INSERT OR IGNORE INTO a'),
    'a branch for each database': project(`if engine.dialect.name == "x":\n    ${insert}`),
    'a file of SQLite beside it': project(`import cache\n${insert}`, {more: {'cache.py': 'import sqlite3\n'}}),
    'the insert of the other dialect, which Postgres takes': project('from sqlalchemy.dialects.sqlite import insert'),
    'no driver for Postgres': project(insert, {driver: 'aiofiles'}),
    'a volume for the file of SQLite': project(insert, {toml: '[mounts]\nsource = "data"\ndestination = "/data"\n'}),
    'a variable that names SQLite': project(insert, {toml: '[env]\nDATABASE_URL = "sqlite:////tmp/a.db"\n'}),
    'a module that nothing imports': project('x = 1', {more: {'other.py': insert}}),
  },
  flagged: {
    'INSERT OR IGNORE': {...project(insert), expect: told('INSERT OR IGNORE INTO', '2:17')},
    PRAGMA: {...project('db.execute("PRAGMA foreign_keys = ON")'), expect: told('PRAGMA foreign_keys', '2:12')},
    'a number for a boolean': {
      ...project('db.execute(text("ALTER TABLE a ADD COLUMN open BOOLEAN NOT NULL DEFAULT 1"))'),
      expect: told('ALTER TABLE a ADD COLUMN open BOOLEAN NOT NULL DEFAULT 1', '2:17'),
    },
    'a number that SQLite counts up': {
      ...project('db.execute(text("CREATE TABLE IF NOT EXISTS a (id INTEGER PRIMARY KEY AUTOINCREMENT)"))'),
      expect: told('id INTEGER PRIMARY KEY AUTOINCREMENT', '2:17'),
    },
    'a type of SQLite': {
      ...project("db.execute(text('''CREATE TABLE a (\n  id text PRIMARY KEY,\n  made_at DATETIME NOT NULL\n)'''))"),
      expect: told('made_at DATETIME', '2:17'),
    },
    'a time of SQLite': {
      ...project(`db.execute(text("""\n    SELECT * FROM a\n    WHERE at > datetime('now', '-1 day')"""))`),
      expect: told("datetime('now'", '2:17'),
    },
    'a function of SQLAlchemy, twice': {
      ...project('x = func.strftime("%Y", a)\ny = func.group_concat(b)'),
      expect: told('func.strftime', '2:5', '; one more place has the like'),
    },
  },
})
