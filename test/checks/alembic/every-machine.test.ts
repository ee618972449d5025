import everyMachine from '../../../checks/alembic/every-machine.ts'
import {testCheck} from '../../harness.ts'

const start = (fly: string, command = 'alembic upgrade head && gunicorn shop:app') => ({
  files: {
    'fly.toml': `app = "shop"\n${fly}`,
    Dockerfile: `FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ${command}\n`,
    'alembic.ini': '[alembic]\nscript_location = alembic\n',
  },
})

testCheck(everyMachine, {
  clean: {
    'in the release command': start('[deploy]\nrelease_command = "alembic upgrade head"\n', 'gunicorn shop:app'),
    'a database on a volume is of one machine': start('[mounts]\nsource = "data"\ndestination = "/data"\n'),
    'a script that runs them for the release command alone': {
      files: {
        ...start('[deploy]\nrelease_command = "migrate"\n[processes]\nweb = "web"\nworker = "worker"\n').files,
        Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./start.sh"]\n',
        'start.sh':
          '#!/bin/sh\nset -e\ncase "$1" in\n  migrate) exec alembic upgrade head ;;\n  worker) exec celery -A shop worker ;;\n  *) exec gunicorn shop:app ;;\nesac\n',
      },
    },
    'nothing runs them': start('', 'gunicorn shop:app'),
  },
  flagged: {
    'at each start': {
      ...start(''),
      expect: [
        'info Dockerfile:4:1 CMD runs the migrations at each start of a machine: two that start together run them twice at once',
      ],
    },
    'several machines keep running': {
      ...start('[http_service]\ninternal_port = 80\nmin_machines_running = 3\n'),
      expect: [
        'warning Dockerfile:4:1 CMD runs the migrations at each start of a machine, and 3 machines keep running: two that start together run them twice at once',
      ],
    },
    'an entrypoint of two process groups': {
      files: {
        ...start('[processes]\nweb = "gunicorn shop:app"\nworker = "celery -A shop worker"\n').files,
        Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./start.sh"]\n',
        'start.sh': '#!/bin/sh\nset -e\nflask db upgrade\nexec "$@"\n',
      },
      expect: [
        'warning start.sh:3:1 ENTRYPOINT runs the migrations at each start of a machine, and 2 process groups start it: two that start together run them twice at once',
      ],
    },
  },
})
