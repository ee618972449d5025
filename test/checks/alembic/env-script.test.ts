import envScriptCheck from '../../../checks/alembic/env-script.ts'
import {testCheck} from '../../harness.ts'
import {withFiles} from './projects.ts'

const online = `def run_migrations_online():
    with engine.connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
`
const script = (text: string, files: Readonly<Record<string, string>> = {}) =>
  withFiles({'alembic/env.py': `from alembic import context\n${text}`, ...files})
const last = 'if context.is_offline_mode():\n    run_migrations_offline()\nelse:\n    run_migrations_online()\n'
const select = online.replace(
  '        context.configure',
  '        connection.execute(text("select 1"))\n        context.configure',
)

testCheck(envScriptCheck, {
  clean: {
    'as alembic init writes it': script(`${online}\n${last}`),
    'with an async engine': script(
      `import asyncio\n\ndef do_run(connection):\n    context.configure(connection=connection)\n    with context.begin_transaction():\n        context.run_migrations()\n\nasync def run_async():\n    async with engine.connect() as connection:\n        await connection.run_sync(do_run)\n\ndef run_online():\n    asyncio.run(run_async())\n\nrun_online()\n`,
    ),
    'a module of the project may run them': script('from shop.migrations import run\n\nrun(context)\n'),
    'a statement that is committed': script(
      `${select.replace('select 1"))', 'select 1"))\n        connection.commit()')}\nrun_migrations_online()\n`,
    ),
    'a statement on a connection that commits by itself': script(
      `${select.replace('engine.connect()', 'engine.begin()')}\nrun_migrations_online()\n`,
    ),
    'a statement, with an older SQLAlchemy': script(`${select}\nrun_migrations_online()\n`, {
      'requirements.txt': 'sqlalchemy==1.4.46\nalembic==1.8.1\n',
    }),
    'a statement in the offline function': script(
      `def other(connection):\n    connection.execute("x")\n\n${online}\nrun_migrations_online()\n`,
    ),
  },
  flagged: {
    'nobody calls the function': {
      ...script(online),
      expect: [
        'error alembic/env.py:6:13 nothing calls run_migrations_online(), which would run the migrations: upgrade exits 0 and does nothing',
      ],
    },
    'nobody calls the function, but something else is imported: a warning': {
      ...script(`import shop.setup\n${online}`),
      expect: [
        'warning alembic/env.py:7:13 nothing calls run_migrations_online(), which would run the migrations: upgrade exits 0 and does nothing',
      ],
    },
    'under if __name__': {
      ...script(`${online}\nif __name__ == "__main__":\n    run_migrations_online()\n`),
      expect: [
        'error alembic/env.py:8:1 the migrations run only under if __name__ == "__main__", which is never true here: upgrade exits 0 and does nothing',
      ],
    },
    'not at all': {
      ...script('context.configure(url="sqlite://")\n'),
      expect: ['error alembic/env.py env.py never calls context.run_migrations(): upgrade exits 0 and does nothing'],
    },
    'in no transaction': {
      ...script(
        'with engine.connect() as connection:\n    context.configure(connection=connection)\n    context.run_migrations()\n',
      ),
      expect: [
        'warning alembic/env.py:4:5 context.run_migrations() stands in no transaction: with SQLAlchemy 2 nothing is committed, and upgrade exits 0',
      ],
    },
    'a statement before context.configure()': {
      ...script(`${select}\nrun_migrations_online()\n`),
      expect: [
        'warning alembic/env.py:4:9 connection executes a statement before context.configure(): with SQLAlchemy 2 that opens a transaction which nobody commits, so upgrade exits 0 and all is rolled back',
      ],
    },
    'a statement before run_sync()': {
      ...script(
        `def do_run(connection):\n    context.configure(connection=connection)\n    with context.begin_transaction():\n        context.run_migrations()\n\nasync def run_async():\n    async with engine.connect() as conn:\n        await conn.execute(text("set search_path to shop"))\n        await conn.run_sync(do_run)\n\nasyncio.run(run_async())\n`,
      ),
      expect: [
        'warning alembic/env.py:9:9 conn executes a statement before run_sync(): with SQLAlchemy 2 that opens a transaction which nobody commits, so upgrade exits 0 and all is rolled back',
      ],
    },
  },
})
