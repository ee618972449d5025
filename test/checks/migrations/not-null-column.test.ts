import check from '../../../checks/migrations/not-null-column.ts'
import {testCheck} from '../../harness.ts'
import {file, migration, old} from './project.ts'

const add = (column: string) => `op.add_column("orders", sa.Column("day", sa.Date()${column}))`

/** Added without a value, filled, and then never NULL. */
const filled = (update: string, column = '') =>
  `${add(column)}\nop.execute("${update}")\nop.alter_column("orders", "day", nullable=False)`

testCheck(check, {
  clean: {
    'filled for every row': migration(filled('UPDATE orders SET day = now()')),
    'filled where it is NULL': migration(filled('UPDATE orders SET day = now() WHERE day IS NULL')),
    'filled from another table': migration(
      filled('UPDATE orders SET day = d.day FROM days d WHERE d.id = orders.day_id'),
    ),
    'filled for some rows, the others having the default': migration(
      filled("UPDATE orders SET day = now() WHERE kind = 'a'", ', server_default="2020-01-01"'),
    ),
    'filled for some rows, and then for the others': migration(
      filled("UPDATE orders SET day = now() WHERE kind = 'a'").replace(
        'op.alter',
        'op.execute("UPDATE orders SET day = \'2020-01-01\' WHERE day IS NULL")\nop.alter',
      ),
    ),
    'a function of the project may fill the others': migration(
      filled("UPDATE orders SET day = now() WHERE kind = 'a'").replace('op.alter', 'fill(op.get_bind())\nop.alter'),
    ),
    'no row is left to be filled': migration(filled('DELETE FROM orders')),
    'a function of the database may fill it': migration(filled('SELECT fill_days()')),
    'NULL is allowed': migration(add('')),
    'a default of the database': migration(add(', nullable=False, server_default=sa.func.now()')),
    'a table that this migration makes': migration(`op.create_table("orders")\n${add(', nullable=False')}`),
    'it is deployed already, since another one follows': old(add(', nullable=False')),
    'SQL with a default': migration('op.execute("ALTER TABLE orders ADD day date NOT NULL DEFAULT now()")'),
    'a table that SQL makes': migration(
      `op.execute("CREATE TABLE IF NOT EXISTS orders (id int)")\n${add(', nullable=False')}`,
    ),
    'the database computes it': migration(
      'op.add_column("orders", sa.Column("n", sa.Integer(), sa.Identity(), nullable=False))',
    ),
  },
  flagged: {
    'never filled': {
      ...migration(
        `${add('')}\nop.create_index("by_day", "orders", ["day"])\nop.alter_column("orders", "day", nullable=False)`,
      ),
      expect: [
        `warning ${file}:10:5 orders.day is added and then made NOT NULL, and nothing gives it a value in between: where orders has rows, Postgres refuses it`,
      ],
    },
    'filled for some rows alone': {
      ...migration(filled("UPDATE orders SET day = now() WHERE kind = 'a'")),
      expect: [
        `warning ${file}:9:5 UPDATE gives orders.day a value only where kind = '…': the other rows have NULL, and Postgres refuses to make it NOT NULL`,
      ],
    },
    'filled for some rows alone, in SQL': {
      ...migration(
        "op.execute('ALTER TABLE orders ADD COLUMN day date')\nop.execute('UPDATE orders SET day = now() WHERE open = true')\nop.execute('ALTER TABLE orders ALTER COLUMN day SET NOT NULL')",
      ),
      expect: [
        `warning ${file}:9:5 UPDATE gives orders.day a value only where open = true: the other rows have NULL, and Postgres refuses to make it NOT NULL`,
      ],
    },
    'no value for the rows that exist': {
      ...migration(add(', nullable=False')),
      expect: [
        `warning ${file}:8:29 orders.day may not be NULL and has no server_default: where orders has rows, Postgres refuses the column`,
      ],
    },
    'several columns of one table': {
      ...migration(`${add(', nullable=False')}\n${add(', nullable=False').replace('"day"', '"hour"')}`),
      expect: [
        `warning ${file}:8:29 orders.day and hour may not be NULL and have no server_default: where orders has rows, Postgres refuses them`,
      ],
    },
    'a default of Python is none': {
      ...migration(add(', nullable=False, default=today')),
      expect: [
        `warning ${file}:8:29 orders.day may not be NULL and has no server_default: where orders has rows, Postgres refuses the column`,
      ],
    },
    'in SQL': {
      ...migration('op.execute("ALTER TABLE orders ADD COLUMN day date NOT NULL")'),
      expect: [
        `warning ${file}:8:5 orders.day may not be NULL and has no server_default: where orders has rows, Postgres refuses the column`,
      ],
    },
    'in a batch': {
      ...migration(
        'with op.batch_alter_table("orders") as b:\n    b.add_column(sa.Column("day", sa.Date(), nullable=False))',
      ),
      expect: [
        `warning ${file}:9:22 orders.day may not be NULL and has no server_default: where orders has rows, Postgres refuses the column`,
      ],
    },
  },
})
