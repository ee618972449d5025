import check from '../../../checks/migrations/other-dialect.ts'
import {testCheck} from '../../harness.ts'
import {file, migration} from './project.ts'
import {drizzle} from './sql-project.ts'

testCheck(check, {
  clean: {
    'numbers where they belong, and booleans as text, words or casts': drizzle({
      '0000_a':
        'CREATE TABLE users (id int, active BOOLEAN NOT NULL, level int, old boolean);\nCREATE TABLE logs (active int, old boolean);\n',
      '0001_b':
        "UPDATE users SET active = true, level = 1 WHERE level = 0 AND active = '1' AND (active = 1::boolean OR active::int = 1);\nUPDATE logs SET active = 1 WHERE active = 0;\nUPDATE users SET level = 1 FROM logs WHERE logs.active = 0;\nDELETE FROM users USING logs WHERE active = 1;\nSELECT id FROM users JOIN logs ON true WHERE active = 1;\nSELECT (SELECT id FROM users WHERE level = 1), active FROM logs WHERE active = 1;\nINSERT INTO users (id, active) VALUES (1, true), (0, false);\nINSERT INTO users (id, active) SELECT 1, true;\nCREATE INDEX on_level ON users (level) WHERE active;\nUPDATE users SET active = (level = 1), level = CASE WHEN active THEN 1 ELSE 0 END;\n",
      '0002_c':
        'ALTER TABLE users ALTER COLUMN old TYPE int USING old::int;\nUPDATE users SET old = 1;\nALTER TABLE logs RENAME TO notes;\nUPDATE logs SET old = 1;\n',
    }),
    'a table of the session alone has the name': drizzle({
      '0000_a': 'CREATE TABLE users (id int, active boolean);\n',
      '0001_b': 'CREATE TEMP TABLE users (id int, active int);\nUPDATE users SET active = 1;\n',
    }),
    'Postgres is told how to make a boolean of a number': drizzle({
      '0000_a': 'CREATE TABLE users (id int, active boolean);\n',
      '0001_b': 'CREATE CAST (integer AS boolean) WITH INOUT AS ASSIGNMENT;\nUPDATE users SET active = 1;\n',
    }),
    'a comparison of two numbers': drizzle({
      '0000_a': 'CREATE TABLE users (id int, active boolean);\n',
      '0001_b': 'UPDATE users SET active = 0 IS DISTINCT FROM id;\n',
    }),
    'a column whose name is no word': migration(
      'op.create_table("a", sa.Column("done (all", sa.Boolean()), sa.Column("id", sa.Integer()))\nop.execute("UPDATE a SET id = 1 WHERE id = 0")',
    ),
    'a number for a boolean on SQLite alone': migration(
      'op.create_table("a", sa.Column("done", sa.Boolean()))\nif op.get_bind().dialect.name == "sqlite":\n    op.execute("UPDATE a SET done = 1")',
    ),
    'defaults of a boolean that Postgres takes': migration(
      `op.execute("CREATE TABLE a (b boolean DEFAULT false, c boolean NOT NULL DEFAULT '0', d boolean DEFAULT 1::boolean, e int DEFAULT 0, f boolean DEFAULT (0)::boolean, g boolean DEFAULT (1) = 1)")`,
    ),
    'a partition has the types of its table': migration(
      'op.execute("CREATE TABLE a PARTITION OF b (id PRIMARY KEY) FOR VALUES IN (1)")',
    ),
    'constraints of a table are no columns': migration(
      'op.execute("CREATE TABLE a (id int, CONSTRAINT p PRIMARY KEY (id), b numeric(10, 2) NOT NULL, UNIQUE (id, b), CHECK (id IS NOT NULL))")',
    ),
    'a column with a name of SQLite': migration('op.execute("UPDATE orders SET rowid = id")'),
    'SQL that both know': migration('op.execute("DELETE FROM orders WHERE day < date(\'now\')")'),
    'the words within a string': migration('op.execute("INSERT INTO notes VALUES (\'insert or ignore\')")'),
    'a table that is only named': migration(
      'users = sa.Table("users", sa.MetaData(), sa.Column("done", sa.Boolean(), server_default=sa.text("0")))',
    ),
    'an apostrophe in a name': drizzle({
      '0000_a': `CREATE POLICY "Users can't; delete" ON notes USING (true);\nINSERT INTO notes VALUES ('use insert or ignore');\n`,
    }),
    'a column of that name': migration('op.execute("CREATE TABLE a (autoincrement boolean NOT NULL)")'),
    'only on SQLite, and on others nothing': migration(
      'dialect = op.get_bind().dialect.name\nif dialect != "sqlite":\n    print(dialect)\n    return\nop.execute("PRAGMA foreign_keys=ON")',
    ),
    'only on SQLite and MySQL': migration(
      'if op.get_bind().dialect.name in ("sqlite", "mysql"):\n    op.execute("PRAGMA foreign_keys=ON")',
    ),
    'on all but Postgres': migration(
      'if op.get_bind().dialect.name not in ["postgresql"]:\n    op.execute("PRAGMA foreign_keys=ON")',
    ),
    'only on SQLite, by the address': migration(
      'if DATABASE_URL.startswith("postgres"):\n    op.execute("SELECT 1")\nelse:\n    op.execute("PRAGMA foreign_keys=ON")',
    ),
    'only on SQLite, by a function': migration('if _is_sqlite():\n    op.execute("PRAGMA foreign_keys=ON")'),
    'only on SQLite, by the URL': migration(
      'if "sqlite" in str(op.get_bind().engine.url):\n    op.execute("PRAGMA foreign_keys=ON")',
    ),
    'Postgres is done before': migration(
      'if op.get_bind().dialect.name.startswith("postgres"):\n    op.execute("SELECT 1")\n    return\nop.execute("PRAGMA foreign_keys=ON")',
    ),
    'only on SQLite': migration('if op.get_bind().dialect.name == "sqlite":\n    op.execute("PRAGMA foreign_keys=ON")'),
    'not on Postgres': migration(
      'if op.get_bind().dialect.name != "postgresql":\n    op.execute("PRAGMA foreign_keys=ON")',
    ),
    'a default as text, which Postgres converts': migration(
      'op.add_column("orders", sa.Column("done", sa.Boolean(), server_default="0"))',
    ),
  },
  flagged: {
    'a boolean that is set to a number': {
      ...migration(
        'op.create_table("a", sa.Column("id", sa.Integer()), sa.Column("done", sa.Boolean()))\nop.execute("UPDATE a SET done = 1 WHERE id = 2")',
      ),
      expect: [
        `error ${file}:9:5 done = 1 is a number, and done a boolean: Postgres refuses it (column "done" is of type boolean but expression is of type integer)`,
      ],
    },
    'a boolean that a query compares with a number': {
      ...migration(
        'op.create_table("a", sa.Column("id", sa.Integer()), sa.Column("done", sa.Boolean()))\nop.get_bind().execute(sa.text("SELECT id, done FROM a WHERE done = 1 OR done = TRUE"))',
      ),
      expect: [
        `error ${file}:9:5 done = 1 is a number, and done a boolean: Postgres refuses it (operator does not exist: boolean = integer)`,
      ],
    },
    'a boolean that is compared with a number, and one that is put in': {
      ...drizzle({
        '0000_a': 'CREATE TABLE "users" ("id" int, "active" boolean NOT NULL);\n',
        '0001_b': 'CREATE UNIQUE INDEX one ON "users" ("id") WHERE "active" = 1;\n',
        '0002_c': 'INSERT INTO "users" ("id", "active") VALUES (1, 0);\n',
      }),
      expect: [
        'warning drizzle/0001_b.sql:1:1 "active" = 1 is a number, and active a boolean: Postgres refuses it (operator does not exist: boolean = integer)',
        'error drizzle/0002_c.sql:1:1 0 is a number, and active a boolean: Postgres refuses it (column "active" is of type boolean but expression is of type integer)',
      ],
    },
    'on all but SQLite': {
      ...migration('if not is_sqlite():\n    op.execute("PRAGMA foreign_keys=ON")'),
      expect: [`error ${file}:9:9 PRAGMA is SQL of SQLite, which Postgres refuses`],
    },
    'a number for a boolean in SQL': {
      ...migration('op.execute("ALTER TABLE a ADD COLUMN done BOOLEAN NOT NULL DEFAULT 0")'),
      expect: [`error ${file}:8:5 BOOLEAN NOT NULL DEFAULT 0 is SQL of SQLite and MySQL, which Postgres refuses`],
    },
    'a column without a type': {
      ...migration('op.execute("CREATE TABLE IF NOT EXISTS users (id PRIMARY KEY, login TEXT)")'),
      expect: [`error ${file}:8:5 id PRIMARY KEY is SQL of SQLite, which Postgres refuses`],
    },
    SQLite: {
      ...migration('op.execute("INSERT OR IGNORE INTO plans VALUES (1)")'),
      expect: [`error ${file}:8:5 INSERT OR IGNORE is SQL of SQLite, which Postgres refuses`],
    },
    MySQL: {
      ...migration('op.execute("CREATE TABLE `plans` (id int AUTO_INCREMENT)")'),
      expect: [`error ${file}:8:5 AUTO_INCREMENT is SQL of MySQL, which Postgres refuses`],
    },
    'a type of MySQL': {
      ...migration('op.add_column("orders", sa.Column("done", mysql.TINYINT(1)))'),
      expect: [`error ${file}:8:29 mysql.TINYINT is a type of MySQL, for which SQLAlchemy has no SQL on Postgres`],
    },
    'a default of SQLite': {
      ...migration(
        'op.add_column("orders", sa.Column("at", sa.DateTime(), server_default=sa.text("(datetime(\'now\'))")))',
      ),
      expect: [`error ${file}:8:75 datetime( is SQL of SQLite, which Postgres refuses`],
    },
    'a key of SQLite': {
      ...migration('op.execute("CREATE TABLE a (id text DEFAULT (lower(hex(randomblob(16)))))")'),
      expect: [`error ${file}:8:5 randomblob( is SQL of SQLite, which Postgres refuses`],
    },
    'a number for a boolean': {
      ...migration('op.add_column("orders", sa.Column("done", sa.Boolean(), server_default=sa.text("0")))'),
      expect: [`error ${file}:8:76 the default 0 is a number, and the column is a boolean: Postgres refuses it`],
    },
    'a function that the project may have: a warning': {
      ...migration('op.execute("UPDATE orders SET a = ifnull(a, 0)")'),
      expect: [`warning ${file}:8:5 ifnull( is SQL of SQLite and MySQL, which Postgres refuses`],
    },
    ...Object.fromEntries(
      ['alembic upgrade aaab', 'alembic upgrade head --sql', "sh -c 'alembic stamp head && alembic upgrade head'"].map(
        (release) => [
          `where the migration may not run, as ${release} does: a warning`,
          {
            ...migration('op.execute("PRAGMA foreign_keys=ON")', {release}),
            expect: [`warning ${file}:8:5 PRAGMA is SQL of SQLite, which Postgres refuses`],
          },
        ],
      ),
    ),
    'where SQLite may have its file on the volume: a warning': {
      ...migration('op.execute("PRAGMA foreign_keys=ON")', {
        files: {
          'fly.toml':
            'app = "shop"\n[deploy]\n  release_command = "alembic upgrade head"\n[mounts]\nsource = "data"\ndestination = "/data"\n',
          'db.py': 'import os\nURL = os.getenv("DATABASE_URL", "sqlite:////data/shop.db")\n',
        },
      }),
      expect: [`warning ${file}:8:5 PRAGMA is SQL of SQLite, which Postgres refuses`],
    },
    'in a branch that may not run': {
      ...migration('if todo:\n    op.execute("REPLACE INTO plans VALUES (1)")'),
      expect: [`warning ${file}:9:9 REPLACE INTO is SQL of SQLite and MySQL, which Postgres refuses`],
    },
  },
  skipped: {
    'a project without Postgres': {
      ...migration('op.execute("PRAGMA foreign_keys=ON")', {requires: 'aiosqlite'}),
      reason: 'nothing shows that the database is Postgres',
    },
    'a project that knows Postgres, and is told of another database': {
      ...migration('op.execute("PRAGMA foreign_keys=ON")', {
        files: {'fly.toml': 'app = "shop"\n[env]\nDATABASE_URL = "sqlite:////data/shop.db"\n'},
      }),
      reason: '[env] names another database than Postgres',
    },
  },
})
