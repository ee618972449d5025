import check from '../../../checks/ci/console-shell.ts'
import {testCheck} from '../../harness.ts'
import {workflow} from './workflows.ts'

// As a block: the words have colons and quotes.
const run = (command: string) => workflow({run: `|\n          ${command}`})
const at = 'warning .github/workflows/deploy.yml:9:11 flyctl ssh console'

testCheck(check, {
  clean: {
    'one program': run('flyctl ssh console -C "/app/bin/migrate up"'),
    'a shell that is started': run(`flyctl ssh console -C "sh -c 'cd /app && ./migrate'"`),
    'a login shell': run(`flyctl ssh console --command 'bash -lc "FOO=1 ./migrate; ./seed"'`),
    'an operator of the step': run('flyctl ssh console -C "/app/migrate" && echo done'),
    'the end of what find runs': run('flyctl ssh console -C "find /tmp -name x -exec rm {} ;"'),
    'one within a word': run('flyctl ssh console -C "curl http://localhost:8080/?a=1&b=2"'),
    'a name that the program may fill in': run(`flyctl ssh console -C 'rake db:seed FILE=$FILE'`),
    'a command that is not known': run('flyctl ssh console -C "$COMMAND && ls"'),
    'code for another program': run(`flyctl ssh console -C "node -e 'a && b'"`),
    'no command': run('flyctl ssh console < script.sh'),
    'an image that flyctl asks for': run('flyctl deploy --image "a && b"'),
  },
  flagged: {
    'a builtin': {
      ...run('flyctl ssh console -a shop --command "cd /app && npm run migrate"'),
      expect: [`${at} is to run cd, which only a shell understands: there is no program of that name`],
    },
    'an assignment': {
      ...run('fly ssh console -C "NODE_ENV=production node seed.js"'),
      expect: [`${at} is to run NODE_ENV=…, which only a shell understands: there is no program of that name`],
    },
    'two commands': {
      ...run('flyctl ssh console -C "/app/migrate && /app/seed"'),
      expect: [
        `${at} hands && to /app/migrate as an argument, since no shell reads it, and what follows it is never run`,
      ],
    },
    'a redirection': {
      ...run('flyctl ssh console -C "pg_dump shop > /data/dump.sql"'),
      expect: [`${at} hands > to pg_dump as an argument, since no shell reads it`],
    },
  },
})
