import check from '../../../checks/migrations/bind-parameter.ts'
import {testCheck} from '../../harness.ts'
import {file, migration} from './project.ts'

testCheck(check, {
  clean: {
    'a cast': migration('op.execute("UPDATE a SET b = \'{}\'::jsonb")'),
    'a time': migration('op.execute("UPDATE a SET b = \'12 :30\'")'.replace('12 :30', '12:30')),
    'a value for it': migration('op.execute(sa.text("UPDATE a SET b = :b").bindparams(b=1))'),
    'values as a second argument': migration('op.get_bind().execute(sa.text("UPDATE a SET b = :b"), {"b": 1})'),
    escaped: migration('op.execute("UPDATE a SET b = \'x \\\\:y\'")'),
    'the driver knows no parameters': migration('op.get_bind().exec_driver_sql("UPDATE a SET b = \' :c\'")'),
  },
  flagged: {
    'within JSON': {
      ...migration(`op.execute("UPDATE a SET b = '{\\"on\\":true}'")`),
      expect: [
        `error ${file}:8:5 SQLAlchemy takes :true for a parameter, and stops: a value is required for bind parameter 'true'`,
      ],
    },
  },
})
