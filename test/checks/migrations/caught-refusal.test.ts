import check from '../../../checks/migrations/caught-refusal.ts'
import {testCheck} from '../../harness.ts'
import {file, migration, old} from './project.ts'

const tried = (line: string, handler = 'except Exception:\n    pass') => `try:\n    ${line}\n${handler}`
const column = 'op.add_column("orders", sa.Column("note", sa.Text()))'
const over =
  'when Postgres refuses it, the transaction is over, and what follows fails, the number of the revision too (current transaction is aborted, commands ignored until end of transaction block)'

testCheck(check, {
  clean: {
    'without a try': migration(column),
    'a handler that raises at its end': migration(
      tried(column, 'except Exception as error:\n    print(error)\n    raise'),
    ),
    'a handler that takes the transaction back': migration(
      tried(column, 'except Exception:\n    op.get_bind().rollback()'),
    ),
    'a handler of something else': migration(tried(column, 'except (ImportError, KeyError):\n    pass')),
    'nothing is caught': migration(tried(column, 'finally:\n    print("done")')),
    'what stands in the handler': migration(`try:\n    print("x")\nexcept Exception:\n    ${column}`),
    'a savepoint in the try': migration(
      `try:\n    with op.get_bind().begin_nested():\n        ${column}\nexcept Exception:\n    pass`,
    ),
    'a savepoint by hand': migration(
      `point = op.get_bind().begin_nested()\n${tried(column, 'except Exception:\n    point.rollback()')}`,
    ),
    'a block that commits each': migration(
      `with op.get_context().autocommit_block():\n    try:\n        ${column}\n    except Exception:\n        pass`,
    ),
    'a connection that commits each': migration(tried(column), {
      env: 'engine = create_engine(u, isolation_level="AUTOCOMMIT")',
    }),
    'it asks before': migration(tried('if "note" not in names():\n        op.add_column("orders", sa.Column("note"))')),
    'it left before': migration(`if "note" in names():\n    return\n${tried(column)}`),
    'another database': migration(
      `if op.get_bind().dialect.name == "sqlite":\n    ${tried(column).replaceAll('\n', '\n    ')}`,
    ),
    'SQL that asks': migration(tried('op.execute("CREATE INDEX IF NOT EXISTS i ON orders (id)")')),
    'an operation that asks': migration(tried('op.create_index("i", "orders", ["id"], if_not_exists=True)')),
    'a question alone': migration(tried('op.get_bind().execute(sa.text("SELECT 1 FROM orders"))')),
    'rows alone': migration(tried('op.execute("DELETE FROM orders")')),
    'another tool': {
      files: {
        'fly.toml': 'app = "shop"\n[deploy]\n  release_command = "npx prisma migrate deploy"\n',
        'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
        'prisma/migrations/1_init/migration.sql': 'CREATE TABLE "a" ("id" TEXT NOT NULL);\n',
        'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
      },
    },
  },
  flagged: {
    'a column that may be there': {
      ...migration(tried(column)),
      expect: [`warning ${file}:9:9 add_column stands in a try: ${over}`],
    },
    'each of a loop, and more': {
      ...migration(
        `for name in ("a", "b"):\n    try:\n        op.add_column("orders", sa.Column(name, sa.Text()))\n    except Exception as error:\n        print(error)\n${tried('op.drop_index("i")', 'except:\n    pass')}`,
      ),
      expect: [`warning ${file}:10:13 add_column stands in a try, and so does 1 more: ${over}`],
    },
    'an extension that the server may not have': {
      ...migration(
        `if op.get_bind().dialect.name == "postgresql":\n    ${tried('op.execute("CREATE EXTENSION IF NOT EXISTS vector")').replaceAll('\n', '\n    ')}`,
      ),
      expect: [`warning ${file}:10:13 CREATE EXTENSION stands in a try: ${over}`],
    },
    'some errors are raised again': {
      ...migration(
        tried(
          'op.create_table("orders", sa.Column("id", sa.Integer()))',
          'except sa.exc.ProgrammingError as error:\n    if "already exists" not in str(error):\n        raise',
        ),
      ),
      expect: [`warning ${file}:9:9 create_table stands in a try: ${over}`],
    },
    'errors are suppressed': {
      ...migration(`with suppress(Exception):\n    ${column}`),
      expect: [`warning ${file}:9:9 add_column stands in a try: ${over}`],
    },
    'an older one': {
      ...old(tried('op.execute(sa.text("ALTER TABLE orders ADD note text"))')),
      expect: [`warning ${file}:9:9 ALTER TABLE stands in a try: ${over}`],
    },
  },
})
