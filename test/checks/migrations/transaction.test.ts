import check from '../../../checks/migrations/transaction.ts'
import {testCheck} from '../../harness.ts'
import {file, migration, old} from './project.ts'
import {goMod, numbered} from './sql-project.ts'

const index = 'op.create_index("ix", "orders", ["day"], postgresql_concurrently=True)'

/** Without a transaction, of dbmate, behind another migration. */
const free = (text: string) =>
  numbered(
    {'1_a.sql': '-- migrate:up\nSELECT 1;', '2_b.sql': `-- migrate:up transaction:false\n${text}\n-- migrate:down\n`},
    goMod('github.com/lib/pq'),
    'dbmate up',
  )

testCheck(check, {
  clean: {
    'alone, without a transaction': free('CREATE INDEX CONCURRENTLY ix ON orders (day);'),
    'commit() of a transaction of its own': migration(
      'bind = op.get_bind()\ntrans = bind.begin()\nop.execute("SELECT 1")\nbind.commit()',
    ),
    'commit() in a block that commits by itself': migration(
      'with op.get_context().autocommit_block():\n    op.get_bind().commit()',
    ),
    'commit(), and env.py commits what follows': migration('op.get_bind().commit()\nop.drop_table("orders")', {
      env: 'with engine.connect() as connection:\n    run(connection)\n    connection.commit()\n',
    }),
    'commit() of a cursor': migration('cursor = open_cursor()\ncursor.commit()'),
    'in an autocommit block': migration(`with op.get_context().autocommit_block():\n    ${index}`),
    'a connection of the migration itself that commits': migration(
      'with op.get_bind().engine.connect().execution_options(isolation_level="AUTOCOMMIT") as own:\n    own.execute(sa.text("CREATE INDEX CONCURRENTLY i ON orders (day)"))',
    ),
    'behind COMMIT': migration(`op.execute("COMMIT")\n${index}`),
    'an engine that commits by itself': migration(index, {
      env: 'engine = create_engine(url, isolation_level="AUTOCOMMIT")\n',
    }),
    'an index without CONCURRENTLY': migration('op.create_index("ix", "orders", ["day"])'),
    'the word in a comment of SQL': migration('op.execute("SELECT 1 -- VACUUM")'),
  },
  flagged: {
    'with another statement, which makes the two one to Postgres': {
      ...free('SELECT 1;\nCREATE INDEX CONCURRENTLY ix ON orders (day);'),
      expect: [
        'warning db/migrations/2_b.sql:3:1 CREATE INDEX CONCURRENTLY stands in the transaction of the migration, where Postgres refuses it',
      ],
    },
    'commit() in the transaction of alembic': {
      ...migration(
        'bind = op.get_bind()\nop.execute("ALTER TYPE mood ADD VALUE \'calm\'")\nbind.commit()\nop.drop_table("orders")',
      ),
      expect: [
        `warning ${file}:10:5 commit() ends the transaction in which alembic runs: with SQLAlchemy 2 nobody commits what follows, so it is rolled back, the number of the revision too, and upgrade exits 0`,
      ],
    },
    'an index': {
      ...migration(index),
      expect: [
        `error ${file}:8:5 create_index with postgresql_concurrently stands in the transaction of the migration, where Postgres refuses it`,
      ],
    },
    'as SQL': {
      ...migration('op.execute("CREATE UNIQUE INDEX CONCURRENTLY ix ON orders (day)")'),
      expect: [
        `error ${file}:8:5 CREATE UNIQUE INDEX CONCURRENTLY stands in the transaction of the migration, where Postgres refuses it`,
      ],
    },
    'in an old migration': {
      ...old('op.execute("VACUUM orders")'),
      expect: [`warning ${file}:8:5 VACUUM stands in the transaction of the migration, where Postgres refuses it`],
    },
  },
})
