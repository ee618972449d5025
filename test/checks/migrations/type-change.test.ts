import check from '../../../checks/migrations/type-change.ts'
import {testCheck} from '../../harness.ts'
import {file, migration} from './project.ts'

const change = (from: string, to: string, more = '') =>
  migration(`op.alter_column("orders", "total", existing_type=${from}, type_=${to}${more})`)

testCheck(check, {
  clean: {
    'told how': change('sa.String()', 'sa.Integer()', ', postgresql_using="total::integer"'),
    'text can be made of anything': change('sa.Integer()', 'sa.String()'),
    'an enum without a type of its own': change('sa.String(20)', 'sa.Enum("a", name="status", native_enum=False)'),
    'a UUID that is kept as text': change('sa.CHAR(32)', 'sa.Uuid(native_uuid=False)'),
    'another size': change('sa.String(10)', 'sa.String(20)'),
    'numbers among each other': change('sa.Integer()', 'sa.BigInteger()'),
    'a type of the project': change('sa.String()', 'app.models.Money()'),
    'what it was is not said': migration('op.alter_column("orders", "total", type_=sa.Integer())'),
  },
  flagged: {
    'text to a number': {
      ...change('sa.String()', 'sa.Integer()'),
      expect: [`error ${file}:8:5 orders.total becomes number and was text, which Postgres does not convert by itself`],
    },
    'text to an enum': {
      ...change('sa.VARCHAR(length=20)', 'sa.Enum("a", name="status")'),
      expect: [`error ${file}:8:5 orders.total becomes enum and was text, which Postgres does not convert by itself`],
    },
  },
})
