import check from '../../../checks/migrations/old-code.ts'
import {testCheck} from '../../harness.ts'
import {file, migration, old} from './project.ts'

testCheck(check, {
  clean: {
    'what is only added': migration('op.add_column("orders", sa.Column("note", sa.Text()))'),
    'it is deployed already': old('op.drop_column("orders", "note")'),
    'a table of this migration': migration('op.create_table("a")\nop.drop_column("a", "b")'),
    'nothing runs the migrations in the deploy': migration('op.drop_table("orders")', {release: 'echo'}),
  },
  flagged: {
    'a column': {
      ...migration('op.drop_column("orders", "note")'),
      expect: [
        `info ${file}:8:5 orders.note is dropped before the machines that still use the old one are replaced, and stays so when the new version does not become healthy`,
      ],
    },
    'in SQL': {
      ...migration('op.execute("ALTER TABLE orders DROP CONSTRAINT c, DROP COLUMN IF EXISTS note CASCADE")'),
      expect: [
        `info ${file}:8:5 orders.note is dropped before the machines that still use the old one are replaced, and stays so when the new version does not become healthy`,
      ],
    },
    'a name': {
      ...migration('op.alter_column("orders", "note", new_column_name="text")'),
      expect: [
        `info ${file}:8:5 orders.note gets another name before the machines that still use the old one are replaced, and stays so when the new version does not become healthy`,
      ],
    },
  },
})
