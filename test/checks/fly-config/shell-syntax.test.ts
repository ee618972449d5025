import {expect, it} from 'vitest'
import shellSyntax from '../../../checks/fly-config/shell-syntax.ts'
import {checkOne, testCheck} from '../../harness.ts'

const release = (command: string, dockerfile?: string) => ({
  files: {
    'fly.toml': `[deploy]\nrelease_command = ${JSON.stringify(command)}\n`,
    ...(dockerfile && {Dockerfile: dockerfile}),
  },
})
const worker = (command: string, dockerfile?: string, rest = '') => ({
  files: {
    'fly.toml': `${rest}[processes]\nworker = ${JSON.stringify(command)}\n`,
    ...(dockerfile && {Dockerfile: dockerfile}),
  },
})
const python = 'FROM python:3.12-slim\n'
const script = `${python}WORKDIR /app\nCOPY . .\nENTRYPOINT ["/app/entrypoint.sh"]\n`

testCheck(shellSyntax, {
  clean: {
    'the number of the process in a name': worker("sh -c 'celery -A app worker --pidfile /tmp/$$.pid'", python),
    'a shell that is started': worker("sh -c 'cd /app && celery -A app worker'", python),
    'an operator in an argument': worker('npx concurrently "a && b" c', python),
    'a URL': worker('curl http://x/?a=1&b=$2', python),
    'env, which is a program': worker('env A=1 celery -A app worker', python),
    'an ENTRYPOINT that is a shell': worker('cd /app && a', `${python}ENTRYPOINT ["/bin/sh", "-c"]\n`),
    'an ENTRYPOINT without brackets, which is one too': worker('cd /app && a', `${python}ENTRYPOINT exec "$@"\n`),
    'an entrypoint of [experimental] that is one': worker(
      'cd /app && a',
      python,
      '[experimental]\nentrypoint = ["bash", "-lc"]\n',
    ),
    'a script that hands the command to a shell': {
      files: {...worker('cd /app && a', script).files, 'entrypoint.sh': '#!/bin/sh\neval "$@"\n'},
    },
    'commands that exec replaces': worker('cd /app && a', python, '[experimental]\nexec = ["a"]\n'),
    'what flyctl cannot split': release("a 'b && c"),
  },
  flagged: {
    'two $, as Compose wants them': {
      ...worker('sh -c "gunicorn --bind 0.0.0.0:$${PORT:-8080} main:app"', python),
      expect: [
        'warning fly.toml:2:1 processes.worker has $${PORT:-8080}, of which the shell takes $$ for the number of its process: the rest stays as it is',
      ],
    },
    'two $, in a shell of its own': {
      ...release("/bin/bash -lc 'echo $$DATABASE_URL'", python),
      expect: [
        'warning fly.toml:2:1 deploy.release_command has $$DATABASE_URL, of which the shell takes $$ for the number of its process: the rest stays as it is',
      ],
    },
    'cd, which is no program': {
      ...worker('cd /app && celery -A app worker', python),
      expect: [
        'error fly.toml:2:1 processes.worker begins with cd, which only a shell understands: Fly.io takes it for the program to start, and there is none of that name',
      ],
    },
    'a variable before the program': {
      ...worker('SECRET=hunter2 celery -A app worker', python),
      expect: [
        'error fly.toml:2:1 processes.worker begins with SECRET=…, which only a shell understands: Fly.io takes it for the program to start, and there is none of that name',
      ],
    },
    'behind tini, which starts what it gets': {
      ...release('exec alembic upgrade head', `${python}ENTRYPOINT ["/usr/bin/tini", "--"]\n`),
      expect: [
        'error fly.toml:2:1 deploy.release_command begins with exec, which only a shell understands: Fly.io takes it for the program to start, and there is none of that name',
      ],
    },
    'an image that may bring an ENTRYPOINT': {
      ...worker('cd /app && node a.js', 'FROM node:20\n'),
      expect: [
        'warning fly.toml:2:1 processes.worker begins with cd, which only a shell understands: Fly.io takes it for the program to start, and there is none of that name',
      ],
    },
    'no Dockerfile': {
      ...worker('cd /app && a'),
      expect: [
        'warning fly.toml:2:1 processes.worker begins with cd, which only a shell understands: Fly.io takes it for the program to start, and there is none of that name',
      ],
    },
    'a script that starts what it gets': {
      files: {...worker('cd /app && a', script).files, 'entrypoint.sh': '#!/bin/sh\nset -e\nexec "$@"\n'},
      expect: [
        'warning fly.toml:2:1 processes.worker begins with cd, which only a shell understands: Fly.io takes it for the program to start, and there is none of that name',
      ],
    },
    'containers, of which one may be another image': {
      ...worker('cd /app && a', python, 'machine_config = "machines.json"\n'),
      expect: [
        'warning fly.toml:3:1 processes.worker begins with cd, which only a shell understands: Fly.io takes it for the program to start, and there is none of that name',
      ],
    },
    '&& behind a program that refuses it': {
      ...release('uv run alembic upgrade head && python seed.py', python),
      expect: [
        'error fly.toml:2:1 deploy.release_command has &&, but no shell reads it: uv gets it as an argument, and what follows it is never run',
      ],
    },
    '&& behind Django': {
      ...worker('python manage.py migrate --noinput && gunicorn app', python),
      expect: [
        'error fly.toml:2:1 processes.worker has &&, but no shell reads it: python gets it as an argument, and what follows it is never run',
      ],
    },
    '&& behind a program that may take it': {
      ...release('npx prisma generate && npx prisma migrate deploy', python),
      expect: [
        'warning fly.toml:2:1 deploy.release_command has &&, but no shell reads it: npx gets it as an argument, and what follows it is never run',
      ],
    },
    'a ; at the end of its word': {
      ...release('python manage.py migrate; python seed.py', python),
      expect: [
        'error fly.toml:2:1 deploy.release_command has ;, but no shell reads it: python gets it as an argument, and what follows it is never run',
      ],
    },
    'a ; at the end of the program': {
      ...release('./migrate.sh; ./seed.sh', python),
      expect: [
        'error fly.toml:2:1 deploy.release_command begins with ./migrate.sh;, which only a shell understands: Fly.io takes it for the program to start, and there is none of that name',
      ],
    },
    'a ; in what may be a setting': {
      ...release('rake db:migrate VERBOSE=true; rake db:seed', python),
      expect: [
        'warning fly.toml:2:1 deploy.release_command has ;, but no shell reads it: rake gets it as an argument, and what follows it is never run',
      ],
    },
    'a deploy that builds another Dockerfile': {
      files: {
        ...worker('cd /app && a', python).files,
        '.github/workflows/deploy.yml': 'run: flyctl deploy --dockerfile Dockerfile.prod\n',
      },
      expect: [
        'warning fly.toml:2:1 processes.worker begins with cd, which only a shell understands: Fly.io takes it for the program to start, and there is none of that name',
      ],
    },
    'a redirection': {
      ...worker('celery -A app worker 2>&1', python),
      expect: ['warning fly.toml:2:1 processes.worker has 2>&1, but no shell reads it: celery gets it as an argument'],
    },
    'a variable': {
      ...worker('uvicorn app:app --port $PORT', python),
      expect: [
        'warning fly.toml:2:1 processes.worker has $PORT, but no shell fills it in: the program gets the text $PORT as it is',
      ],
    },
    'sh -c without quotes': {
      ...release('sh -c alembic upgrade head', python),
      expect: [
        'warning fly.toml:2:1 deploy.release_command gives its shell only the word alembic to run, since the rest of it stands outside quotes',
      ],
    },
    'in JSON': {
      files: {'fly.json': '{"processes": {"worker": "a | b"}}'},
      expect: [
        'warning fly.json:1:16 processes.worker has |, but no shell reads it: a gets it as an argument, and what follows it is never run',
      ],
    },
    'in YAML': {
      files: {'fly.yaml': 'deploy:\n  release_command: a b; c\n'},
      expect: [
        'warning fly.yaml:2:3 deploy.release_command has ;, but no shell reads it: a gets it as an argument, and what follows it is never run',
      ],
    },
  },
})

it('writes the line that works', async () => {
  const hint = async (files: Record<string, string>) => (await checkOne({files}, shellSyntax)).findings[0]?.hint
  const processes = (line: string) => hint({'fly.toml': `[processes]\n${line}\n`})
  expect(await processes('worker = "cd /app && a"')).toBe(`Write worker = "sh -c 'cd /app && a'"`)
  expect(await processes(`"a b" = "x 'y' && z"`)).toBe(`Write "a b" = "sh -c \\"x 'y' && z\\""`)
  expect(await processes('worker = "A=1 a b"')).toBe('Write worker = "env A=1 a b"')
  // env alone prints the variables, and the machine ends.
  expect(await processes('worker = "A=1"')).toBe(
    'Write the program behind it: env A=… PROGRAM. A value for every machine belongs in [env].',
  )
  expect(await hint({'fly.json': '{"deploy": {"release_command": "a && b"}}'})).toBe(
    `Write "release_command": "sh -c 'a && b'"`,
  )
  expect(await hint({'fly.yaml': 'deploy:\n  release_command: a && b\n'})).toBe(
    `Write release_command: "sh -c 'a && b'"`,
  )
})

it('says when it would have failed', async () => {
  const {findings} = await checkOne(
    {files: {'fly.toml': '[deploy]\nrelease_command = "a && b"\n[processes]\nconstructor = "c && d"\n'}},
    shellSyntax,
  )
  expect(findings.map(({failsAt}) => failsAt)).toEqual(['release', 'boot'])
})
