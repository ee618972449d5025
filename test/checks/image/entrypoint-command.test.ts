import entrypointCommand from '../../../checks/image/entrypoint-command.ts'
import {testCheck} from '../../harness.ts'

const project = (entrypoint: string, fly = '', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${fly}`,
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nENTRYPOINT ${entrypoint}\n`,
    'server.js': '',
    ...more,
  },
})
const release = '[deploy]\nrelease_command = "node migrate.js"\n'
const worker = '[processes]\nweb = "node server.js"\nworker = "node worker.js --all"\n'
/** A program of Go with another one for the migrations. */
const compiled = (entrypoint: string, release: string, base = 'golang:1.24') => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${release}"\n`,
    Dockerfile: `FROM ${base} AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app/shop ./cmd/shop && go build -o /app/migrate ./cmd/migrate\nFROM alpine:3.20\nCOPY --from=build /app/shop /app/shop\nCOPY --from=build /app/migrate /app/migrate\n${entrypoint}\n`,
    'go.mod': 'module shop\n',
    'cmd/shop/main.go': 'package main\nfunc main() {}\n',
    'cmd/migrate/main.go': 'package main\nfunc main() {}\n',
  },
})
/** A program that pyproject.toml makes. */
const python = (command: string, entrypoint = 'shop') => ({
  files: {
    'fly.toml': `app = "shop"\n[processes]\napp = "${command}"\n`,
    Dockerfile: `FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install .\nENTRYPOINT ["${entrypoint}"]\nCMD ["hello"]\n`,
    'pyproject.toml':
      '[project]\nname = "shop"\nversion = "0.1.0"\n\n[project.scripts]\nshop-admin = "shop.admin:app"\nshop = "shop.cli:app"\n',
    'shop/cli.py': 'def app(): ...\n',
  },
})
/** A Rails app whose script prepares the database, on a condition. */
const rails = (
  condition: string,
  {fly = '', cmd = 'CMD ["./bin/rails", "server"]', files = {} as Record<string, string>} = {},
) => ({
  files: {
    'fly.toml': `app = "shop"\n${fly}`,
    Dockerfile: `FROM ruby:3.4-slim\nWORKDIR /rails\nCOPY . .\nENTRYPOINT ["/rails/bin/docker-entrypoint"]\n${cmd}\n`,
    'bin/docker-entrypoint': `#!/bin/bash -e\n\nif [ -z "\${LD_PRELOAD+x}" ]; then\n  export LD_PRELOAD=x\nfi\n\nif ${condition}; then\n  ./bin/rails db:prepare\nfi\n\nexec "\${@}"\n`,
    'bin/setup': '#!/usr/bin/env ruby\nsystem "bin/rails db:prepare"\n',
    'db/migrate/20250101000000_create_users.rb': 'class CreateUsers < ActiveRecord::Migration[8.0]\nend\n',
    ...files,
  },
})
const whole = '[ "${*}" == "./bin/rails server" ]'
const lastTwo = '[ "${@: -2:1}" == "./bin/rails" ] && [ "${@: -1:1}" == "server" ]'
const start = (text: string) => ({'start.sh': `#!/bin/sh\nset -e\n${text}\n`})

testCheck(entrypointCommand, {
  clean: {
    'a script of PATH that starts what it is given, itself first': {
      files: {
        'fly.toml': 'app = "shop"\n[processes]\napp = "start.sh node server.js"\n',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCOPY start.sh /usr/local/bin/start.sh\nENTRYPOINT ["start.sh"]\n',
        'server.js': '',
        ...start('exec "$@"'),
      },
    },
    'a command of a program of Python': python('serve --port 8080'),
    'another program than that of pyproject.toml': python('sleep infinity', 'tini'),
    'a script of Rails that knows the command': rails(whole),
    'a script of Rails that knows the first words': rails('[ "${1}" == "./bin/rails" ] && [ "${2}" == "server" ]', {
      cmd: 'CMD ["./bin/rails", "server", "-b", "::"]',
    }),
    'a script of Rails that knows the last words': rails(lastTwo, {
      cmd: 'CMD ["./bin/thrust", "./bin/rails", "server"]',
    }),
    'a script of Rails that asks for one of two': rails('[ "$1" = "puma" ] || [ "$2" = "server" ]'),
    'a script of Rails that asks for something else': rails('[ "$RUN_MIGRATIONS" == "1" ]'),
    'a script of Rails beside a release command': rails(whole, {
      fly: '[deploy]\nrelease_command = "bin/rails db:migrate"\n[processes]\napp = "bin/rails server"\n',
    }),
    'a script of Rails, and a group for which it is': rails(whole, {
      fly: '[processes]\napp = "bundle exec puma"\nweb = "./bin/rails server"\n',
    }),
    'a script of Rails, and a workflow that migrates': rails(whole, {
      fly: '[processes]\napp = "bin/rails server"\n',
      files: {'.github/workflows/cd.yml': 'run: |\n  flyctl deploy\n  flyctl ssh console -C "bin/rails db:migrate"\n'},
    }),
    'a program that takes a command of its own': compiled('ENTRYPOINT ["/app/shop"]', 'migrate up'),
    'another program in the place of CMD': compiled('CMD ["/app/shop"]', '/app/migrate up'),
    'another program, behind one that starts it': compiled('ENTRYPOINT ["/app/init"]', '/app/migrate up'),
    'a script that hands the command to a shell': project(
      '["./start.sh"]',
      '[processes]\nweb = "node server.js"\n',
      start('echo "exec $@" | sh'),
    ),
    'a script that starts a command by its name': project(
      '["./start.sh"]',
      '[processes]\nweb = "web"\nworker = "worker"\n',
      start('case "$1" in\n  web) exec node server.js ;;\n  worker) exec node worker.js ;;\nesac'),
    ),
    'a script that starts the rest, having looked at the first': project(
      '["./start.sh"]',
      worker,
      start('if [ "$1" = "migrate" ]; then node migrate.js; fi\nexec "$@"'),
    ),
    'a script that gives an argument on': project('["./start.sh"]', worker, start('[ "$1" = node ] && node "$2"')),
    'a program of node that starts what it is given': project('["node", "entry.mjs"]', worker, {
      'entry.mjs':
        "import {spawn} from 'node:child_process'\nif (process.argv[2] === 'web') console.log(1)\nspawn(process.argv.slice(2).join(' '), {shell: true})\n",
    }),
    'a program of node that starts the command itself': project('["node", "entry.mjs"]', worker, {
      'entry.mjs':
        "import {execSync} from 'node:child_process'\nif (process.argv[2] === 'x') execSync('node server.js')\nelse execSync('node worker.js')\n",
    }),
    'a program of node with a package that may read its arguments': project('["node", "entry.mjs"]', worker, {
      'entry.mjs': "import {run} from 'commander'\nrun()\n",
    }),
    'a program of node that is the server': project('["node", "entry.mjs"]', '', {
      'entry.mjs': "import http from 'http'\nhttp.createServer().listen(8080)\n",
    }),
    'a script that starts what it is given': project('["./start.sh"]', release + worker, start('exec "$@"')),
    'a script that asks Fly.io what it is to do': project(
      '["./start.sh"]',
      release,
      start('[ -n "$RELEASE_COMMAND" ] && exec node migrate.js\nexec node server.js'),
    ),
    'a script for a shell line, and a program that a script starts, that ask Fly.io': project('./start.sh', release, {
      ...start('./prepare.sh\nexec node server.js'),
      'prepare.sh': '#!/bin/sh\ntest -z "$RELEASE_COMMAND" || node migrate.js\n',
    }),
    'a program that asks Fly.io': project('["./start.sh"]', release, {
      ...start('exec node server.js'),
      'server.js': 'if (process.env.RELEASE_COMMAND) migrate()',
    }),
    'a line for a shell whose script does it anyway': project(
      './start.sh',
      release,
      start('node migrate.js\nnode server.js'),
    ),
    'a loop through the arguments': project('["./start.sh"]', release, start('for each; do eval "$each"; done')),
    'pnpm, which runs any program': project('["pnpm"]\nCMD ["pnpm", "start"]'),
    'a script that another one may end': project('["./start.sh"]', release, start('. ./common.sh')),
    'a script that starts what the command says': project(
      '["./start.sh"]',
      '[processes]\nweb = "node server.js"\n',
      start('node migrate.js\nexec node server.js'),
    ),
    'a script that a RUN writes': project('["./start.sh"]\nRUN echo \'exec "$@"\' > start.sh', release, start('true')),
    'a script that is not the project’s': project('["docker-entrypoint.sh"]', release),
    'a line that hands on what stands behind it': project('["sh", "-c", "exec \\"$0\\" \\"$@\\""]', release),
    'nothing stands behind the line': project('node server.js'),
    'a shell that takes the command as its line': project('["sh", "-c"]\nCMD ["node server.js"]'),
    'tini in front': project('["tini", "--"]', release + worker),
    'the arguments of the program': project('["node"]\nCMD ["server.js"]'),
    'the program alone': project('["/app/shop"]\nCMD ["/app/shop"]'),
    'an argument of java -jar': project(
      '["java", "-jar", "app.jar"]',
      '[deploy]\nrelease_command = "migrate --force"\n',
    ),
    'java with a main class that may start others': project(
      '["java", "-cp", "app.jar", "shop.Launcher"]',
      '[deploy]\nrelease_command = "java -jar app.jar migrate"\n',
    ),
    'another program behind one with arguments': project('["doppler", "run", "--"]', worker),
    'no ENTRYPOINT of its own': {
      files: {'fly.toml': `app = "shop"\n${release}`, Dockerfile: 'FROM node:22-slim\nCMD node server.js\n'},
    },
  },
  flagged: {
    'a program of the system behind one of Python': {
      ...python('sleep infinity'),
      expect: [
        'warning fly.toml:3:1 [processes] app is sleep infinity, and never runs: it is handed to shop of ENTRYPOINT, as arguments',
      ],
    },
    'a script of Rails that waits for another command': {
      ...rails(whole, {fly: '[processes]\napp = "bin/rails server"\n'}),
      expect: [
        'warning fly.toml:3:1 [processes] app is bin/rails server, and bin/docker-entrypoint runs db:prepare for ./bin/rails server alone: no migration runs, and the new version finds the old tables',
      ],
    },
    'a script of Rails that waits for other last words': {
      ...rails(lastTwo, {cmd: 'CMD ["./bin/thrust", "./bin/rails", "server", "-b", "0.0.0.0"]'}),
      expect: [
        'warning Dockerfile:5:1 CMD is ./bin/thrust ./bin/rails server -b 0.0.0.0, and bin/docker-entrypoint runs db:prepare for ./bin/rails server alone: no migration runs, and the new version finds the old tables',
      ],
    },
    'another group, of programs that come with their folder': {
      files: {
        'fly.toml': 'app = "shop"\n[processes]\nweb = "--port 8080"\nworker = "/app/worker"\n',
        Dockerfile:
          'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/server ./cmd/server && go build -o /out/worker ./cmd/worker\nFROM debian:12\nCOPY --from=build /out/ /app/\nENTRYPOINT ["/app/server"]\n',
      },
      expect: [
        'warning fly.toml:4:1 [processes] worker is /app/worker, and never runs: it is handed to /app/server of ENTRYPOINT, as arguments',
      ],
    },
    'a word of the shell behind java -jar': {
      ...project('["java", "-jar", "app.jar"]', '[deploy]\nrelease_command = "echo \'Flyway runs at the start\'"\n'),
      expect: [
        'warning fly.toml:3:1 release_command is echo Flyway runs at the start, and never runs: it is handed to java of ENTRYPOINT, as arguments',
      ],
    },
    'a program of its own behind java -jar': {
      ...project('["java", "-jar", "app.jar"]', '[deploy]\nrelease_command = "java -jar app.jar migrate"\n'),
      expect: [
        'warning fly.toml:3:1 release_command is java -jar app.jar migrate, and never runs: it is handed to java of ENTRYPOINT, as arguments',
      ],
    },
    'another program, which the program of ENTRYPOINT gets as an argument': {
      ...compiled('ENTRYPOINT ["/app/shop"]', '/app/migrate up'),
      expect: [
        'warning fly.toml:3:1 release_command is /app/migrate up, and never runs: it is handed to /app/shop of ENTRYPOINT, as arguments',
      ],
    },
    'a script that looks at what it is given, and starts none of it': {
      ...project(
        '["./start.sh"]',
        worker,
        start('if [ "$1" = "migrate" ]; then\n  node migrate.js\nfi\necho "ready for $1"'),
      ),
      expect: [
        'warning fly.toml:3:1 [processes] web is node server.js, and never runs: ENTRYPOINT starts start.sh, which does not start what stands behind it',
        'warning fly.toml:4:1 [processes] worker is node worker.js --all, and never runs: ENTRYPOINT starts start.sh, which does not start what stands behind it',
      ],
    },
    'a program of node that starts none of it': {
      ...project('["node", "entry.mjs"]', worker, {
        'entry.mjs':
          "import {execSync} from 'node:child_process'\nif (process.argv.slice(2).join(' ') === 'node server.js') {\n  execSync('npx prisma migrate deploy')\n}\n",
      }),
      expect: [
        'warning fly.toml:3:1 [processes] web is node server.js, and never runs: ENTRYPOINT starts entry.mjs, which does not start what stands behind it',
        'warning fly.toml:4:1 [processes] worker is node worker.js --all, and never runs: ENTRYPOINT starts entry.mjs, which does not start what stands behind it',
      ],
    },
    'a line for a shell': {
      ...project('node server.js', release),
      expect: [
        'error fly.toml:3:1 release_command is node migrate.js, and never runs: ENTRYPOINT is a line for a shell, node server.js, and drops what stands behind it',
      ],
    },
    'a line for a shell, and two groups': {
      ...project('["sh", "-c", "node server.js"]', worker),
      expect: [
        'warning fly.toml:4:1 [processes] worker is node worker.js --all, and never runs: ENTRYPOINT is a line for a shell, node server.js, and drops what stands behind it',
      ],
    },
    'a script that starts the server whatever it is given': {
      ...project('["/app/start.sh"]', release, start('exec node server.js')),
      expect: [
        'error fly.toml:3:1 release_command is node migrate.js, and never runs: ENTRYPOINT starts start.sh, which does not start what stands behind it',
      ],
    },
    'a script that a shell reads, and CMD': {
      ...project('["sh", "start.sh"]\nCMD ["node", "server.js"]', '', {'start.sh': 'node migrate.js\n'}),
      expect: [
        'warning Dockerfile:5:1 CMD is node server.js, and never runs: ENTRYPOINT starts start.sh, which does not start what stands behind it',
      ],
    },
    'a line with a script that would start what it is given': {
      ...project('./start.sh\nCMD ["node", "server.js"]', '', start('exec "$@"')),
      expect: [
        'warning Dockerfile:5:1 CMD is node server.js, and never runs: ENTRYPOINT is a line for a shell, ./start.sh, and drops what stands behind it',
      ],
    },
    'a CMD that is left over': {
      ...project('["./start.sh"]\nCMD ["npm", "start"]', '', start('exec node server.js')),
      expect: [
        'info Dockerfile:5:1 CMD is npm start, and never runs: ENTRYPOINT starts start.sh, which does not start what stands behind it',
      ],
    },
    'a shell that takes one word': {
      ...project('["/bin/sh", "-c"]', '[processes]\nweb = "node server.js"\n'),
      expect: [
        'error fly.toml:3:1 [processes] web is node server.js, of which only node runs: ENTRYPOINT is /bin/sh -c, which takes one word for its line',
      ],
    },
    'the program of ENTRYPOINT once more': {
      ...project('["tini", "--", "/app/shop"]', '[processes]\nweb = "/app/shop serve"\n'),
      expect: [
        'warning fly.toml:3:1 [processes] web begins with /app/shop, which ENTRYPOINT starts already: it gets its own name as its first argument',
      ],
    },
    'a module that is called as its interpreter': {
      ...project('["node"]', release, {'node/index.js': ''}),
      expect: [
        'warning fly.toml:3:1 release_command begins with node, which ENTRYPOINT starts already: it gets its own name as its first argument',
      ],
    },
    'what may be a command of the program': {
      ...project('["/app/shop"]', '[processes]\nweb = "shop --all"\n'),
      expect: [
        'info fly.toml:3:1 [processes] web begins with shop, which ENTRYPOINT starts already: it gets its own name as its first argument',
      ],
    },
    'an interpreter once more': {
      ...project('["node"]', release),
      expect: [
        'error fly.toml:3:1 release_command begins with node, which ENTRYPOINT starts already: it gets its own name as its first argument',
      ],
    },
  },
})
