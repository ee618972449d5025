import check from '../../../checks/migrations/several-statements.ts'
import {testCheck} from '../../harness.ts'
import {file, migration} from './project.ts'

const two = 'op.execute("UPDATE a SET b = 1; UPDATE c SET d = 1")'
const env = 'from sqlalchemy.ext.asyncio import async_engine_from_config\n'

testCheck(check, {
  clean: {
    'a string with escapes': migration("op.execute(\"UPDATE orders SET note = E'it\\\\'s; so'\")", {
      env: 'from sqlalchemy.ext.asyncio import create_async_engine\n',
      requires: 'asyncpg',
    }),
    'psycopg takes several': migration(two),
    'one, with a semicolon at its end': migration('op.execute("UPDATE a SET b = 1;")', {requires: 'asyncpg', env}),
    'semicolons within strings and functions': migration(
      'op.execute("CREATE FUNCTION f() RETURNS int AS $$ BEGIN; RETURN 1; END $$ LANGUAGE plpgsql")',
      {requires: 'asyncpg', env},
    ),
    'semicolons within the body of a function': migration(
      'op.execute("CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;")',
      {requires: 'asyncpg', env},
    ),
    'semicolons within the brackets of a rule': migration(
      'op.execute("CREATE RULE log AS ON DELETE TO users DO ALSO (INSERT INTO a VALUES (1); INSERT INTO b VALUES (2))")',
      {requires: 'asyncpg', env},
    ),
    'env.py connects with another driver': migration(two, {requires: 'asyncpg\npsycopg2-binary', env}),
  },
  flagged: {
    asyncpg: {
      ...migration(two, {requires: 'asyncpg', env}),
      expect: [
        `error ${file}:8:5 execute gets 2 SQL statements, and asyncpg takes one: "cannot insert multiple commands into a prepared statement"`,
      ],
    },
  },
})
