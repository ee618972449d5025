import check from '../../../checks/migrations/enum-missing.ts'
import {testCheck} from '../../harness.ts'
import {file, migration} from './project.ts'

const add = 'op.add_column("orders", sa.Column("status", sa.Enum("a", name="order_status")))'

testCheck(check, {
  clean: {
    'created before': migration(`sa.Enum("a", name="order_status").create(op.get_bind())\n${add}`),
    'made by a table before': migration(
      `op.create_table("a", sa.Column("s", sa.Enum("a", name="order_status")))\n${add}`,
    ),
    'CREATE TYPE': migration(`op.execute("CREATE TYPE order_status AS ENUM ('a')")\n${add}`),
    'another revision has it': migration(add, {
      files: {'alembic/versions/0.py': 'revision = "bbbb"\ndown_revision = "aaaa"\nT = "order_status"\n'},
    }),
    'something creates types in a way that is not read': migration(`types.create(op.get_bind())\n${add}`),
    'no type of its own': migration(
      'op.add_column("orders", sa.Column("s", sa.Enum("a", name="s", native_enum=False)))',
    ),
  },
  flagged: {
    'nothing creates it': {
      ...migration(add),
      expect: [
        `error ${file}:8:29 add_column needs the type order_status, which no migration creates: type "order_status" does not exist`,
      ],
    },
  },
})
