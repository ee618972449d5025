import check from '../../../checks/migrations/unnamed-constraint.ts'
import {testCheck} from '../../harness.ts'
import {file, migration} from './project.ts'

testCheck(check, {
  clean: {
    'a name': migration('op.drop_constraint("orders_number_key", "orders")'),
    'a name that op.f gives': migration('op.drop_constraint(op.f("uq"), "orders")'),
    'creating one without a name': migration('op.create_unique_constraint(None, "orders", ["number"])'),
  },
  flagged: {
    None: {
      ...migration('op.drop_constraint(None, "orders", type_="unique")'),
      expect: [
        `error ${file}:8:5 drop_constraint has no name for the constraint of orders: SQLAlchemy stops with "it has no name"`,
      ],
    },
    'in a batch': {
      ...migration('with op.batch_alter_table("orders") as batch:\n    batch.drop_constraint(None)'),
      expect: [
        `error ${file}:9:9 drop_constraint has no name for the constraint of orders: SQLAlchemy stops with "it has no name"`,
      ],
    },
  },
})
