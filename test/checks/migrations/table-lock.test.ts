import check from '../../../checks/migrations/table-lock.ts'
import {testCheck} from '../../harness.ts'
import {file, migration, old} from './project.ts'

const add = (column: string) => `op.add_column("orders", sa.Column("x", ${column}))`
const sql = (text: string) => migration(`op.execute("${text}")`)
const at = `info ${file}:8:5`

testCheck(check, {
  clean: {
    'an index that is built beside the writes': migration(
      'with op.get_context().autocommit_block():\n    op.create_index("ix", "orders", ["day"], postgresql_concurrently=True)',
    ),
    'a table that this migration makes': migration(
      'op.create_table("orders")\nop.create_index("ix", "orders", ["day"])\nop.create_unique_constraint("u", "orders", ["day"])',
    ),
    'a table that its SQL makes': migration(
      'op.execute("CREATE TABLE public.orders (day date)")\nop.create_index("ix", "orders", ["day"])',
    ),
    'an older migration, which has run': old('op.create_index("ix", "orders", ["day"])'),
    'a default that is the same for every row': migration(add('sa.DateTime(), server_default=sa.func.now()')),
    'a column that may be NULL': sql('ALTER TABLE orders ADD COLUMN x text, ADD y integer DEFAULT 0'),
    'a constraint that is validated later': sql(
      'ALTER TABLE orders ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES items (a, b) NOT VALID',
    ),
    'a constraint with an index that exists': sql('ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX ix'),
    'a text that gets longer': migration(
      'op.alter_column("orders", "x", existing_type=sa.String(20), type_=sa.String(length=40))',
    ),
    'a number of the same size by another name': migration(
      'op.alter_column("orders", "x", existing_type=sa.BIGINT(), type_=sa.BigInteger())',
    ),
    'some rows': sql('UPDATE orders SET x = 1 WHERE x IS NULL'),
    'only where something says so': migration(
      'if context.get_x_argument():\n    op.create_index("ix", "orders", ["day"])',
    ),
  },
  flagged: {
    'an index': {
      ...migration('op.create_index("ix", "orders", ["day"])'),
      expect: [`${at} the index on orders is built while nobody can write to it`],
    },
    'several of a kind are one finding': {
      ...migration(
        'op.create_index("a", "orders", ["day"])\nop.create_index("b", "items", ["day"])\nop.execute("CREATE INDEX ON ONLY items (x)")',
      ),
      expect: [`${at} the index on orders is built while nobody can write to it; 2 more of this migration do the like`],
    },
    'a column with an index': {
      ...migration(add('sa.Integer(), index=True')),
      expect: [`info ${file}:8:29 the index on orders.x is built while nobody can write to it`],
    },
    'a column with another value in each row': {
      ...migration(add('sa.UUID(), server_default=sa.text("gen_random_uuid()")')),
      expect: [
        `info ${file}:8:29 orders.x gets gen_random_uuid() in each row: the table is written anew, and nobody reads or writes it meanwhile`,
      ],
    },
    'a column that counts': {
      ...sql('ALTER TABLE IF EXISTS orders ADD COLUMN x bigserial'),
      expect: [
        `${at} orders.x gets a number of its own in each row: the table is written anew, and nobody reads or writes it meanwhile`,
      ],
    },
    'foreign keys': {
      ...migration(
        `${add('sa.Integer(), sa.ForeignKey("items.id")')}\nop.create_foreign_key("f", "orders", "items", ["a"], ["id"])`,
      ),
      expect: [
        `info ${file}:8:29 the foreign key of orders.x is compared with each row, and nobody can write to either table meanwhile; 1 more of this migration does the like`,
      ],
    },
    'NOT NULL': {
      ...migration('op.alter_column("orders", "day", nullable=False)'),
      expect: [
        `${at} orders.day becomes NOT NULL: each row is looked at, nobody reads or writes it meanwhile, and one NULL ends the migration`,
      ],
    },
    'another type': {
      ...migration('op.alter_column("orders", "x", existing_type=sa.Integer(), type_=sa.BigInteger())'),
      expect: [`${at} orders.x gets another type: the table is written anew, and nobody reads or writes it meanwhile`],
    },
    'a shorter text': {
      ...migration('op.alter_column("orders", "x", existing_type=sa.Text(), type_=sa.String(20))'),
      expect: [`${at} orders.x gets another type: the table is written anew, and nobody reads or writes it meanwhile`],
    },
    'all in one statement': {
      ...sql(
        'ALTER TABLE ONLY shop.orders ADD CONSTRAINT c CHECK (a IN (1, 2)), ADD UNIQUE (a, b), ALTER COLUMN x TYPE uuid USING x::uuid',
      ),
      expect: [
        `${at} orders.x gets another type: the table is written anew, and nobody reads or writes it meanwhile`,
        `${at} the constraint of orders has its index built, and nobody reads or writes it meanwhile`,
        `${at} the constraint of orders is compared with each row, and nobody reads or writes it meanwhile`,
      ],
    },
    'all rows': {
      ...sql("UPDATE orders SET note = 'where'"),
      expect: [
        `${at} every row of orders is changed in one transaction, and stays locked until the last migration is done`,
      ],
    },
  },
})
