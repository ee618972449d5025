import check from '../../../checks/migrations/plain-string.ts'
import {testCheck} from '../../harness.ts'
import {file, migration} from './project.ts'

testCheck(check, {
  clean: {
    'op.execute takes a string': migration('op.execute("SELECT 1")'),
    wrapped: migration('op.get_bind().execute(sa.text("SELECT 1"))'),
    'exec_driver_sql takes one': migration('op.get_bind().exec_driver_sql("SELECT 1")'),
    'SQLAlchemy 1.4': migration('op.get_bind().execute("SELECT 1")', {requires: 'psycopg2-binary\nsqlalchemy<2'}),
    'a cursor of the driver takes one': migration(
      'cursor = op.get_bind().connection.cursor()\ncursor.execute("SELECT 1")',
      {requires: 'psycopg2-binary\nsqlalchemy==2.0.30'},
    ),
    'a batch takes one, too': migration('with op.batch_alter_table("orders") as batch:\n    batch.execute("SELECT 1")'),
    'a value that is not known': migration('op.get_bind().execute(statement())'),
  },
  flagged: {
    'SQLAlchemy 2 is pinned': {
      ...migration('op.get_bind().execute("SELECT 1")', {requires: 'psycopg2-binary\nsqlalchemy==2.0.30'}),
      expect: [
        `warning ${file}:8:5 op.get_bind().execute gets a plain string, which SQLAlchemy 2 does not run: Not an executable object`,
      ],
    },
    'no version is named': {
      ...migration('connection = op.get_bind()\nconnection.execute("SELECT 1")'),
      expect: [
        `warning ${file}:9:5 connection.execute gets a plain string, which SQLAlchemy 2 does not run: Not an executable object`,
      ],
    },
  },
})
