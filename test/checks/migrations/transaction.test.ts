import check from '../../../checks/migrations/transaction.ts'
import {testCheck} from '../../harness.ts'
import {file, migration, old} from './project.ts'

const index = 'op.create_index("ix", "orders", ["day"], postgresql_concurrently=True)'

testCheck(check, {
  clean: {
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
