import check from '../../../checks/migrations/enum-value.ts'
import {testCheck} from '../../harness.ts'
import {file, migration, old} from './project.ts'

const add = `op.execute("ALTER TYPE status ADD VALUE IF NOT EXISTS 'done'")`
const use = `op.execute("UPDATE orders SET status = 'done'")`

testCheck(check, {
  clean: {
    'added and not used': migration(add),
    'used before it is added': migration(`${use}\n${add}`),
    'another value is used': migration(`${add}\nop.execute("UPDATE orders SET status = 'open'")`),
    'committed by a block': migration(`with op.get_context().autocommit_block():\n    ${add}\n${use}`),
    'committed by hand': migration(`${add}\nop.execute("COMMIT")\n${use}`),
  },
  flagged: {
    'in the next statement': {
      ...migration(`${add}\n${use}`),
      expect: [
        `error ${file}:9:5 'done' is used in the transaction that adds it to its type: Postgres wants it committed before`,
      ],
    },
    'as a default': {
      ...migration(`${add}\nop.add_column("orders", sa.Column("s", sa.Text(), server_default="done"))`),
      expect: [
        `error ${file}:9:5 'done' is used in the transaction that adds it to its type: Postgres wants it committed before`,
      ],
    },
    'in an old migration': {
      ...old(`${add}\n${use}`),
      expect: [
        `warning ${file}:9:5 'done' is used in the transaction that adds it to its type: Postgres wants it committed before`,
      ],
    },
  },
})
