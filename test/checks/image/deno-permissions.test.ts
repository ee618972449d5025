import denoPermissions from '../../../checks/image/deno-permissions.ts'
import {testCheck} from '../../harness.ts'

const server = "Deno.serve({port: 8080}, () => new Response('hello'))\n"
const kv = 'export const kv = await Deno.openKv()\n'
const project = (cmd: string, code = server, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM denoland/deno:2.5.0\nWORKDIR /app\nCOPY . .\nCMD ${cmd}\n`,
    'main.ts': code,
    ...more,
  },
})
const tasks = (task: string) => ({'deno.json': `{"tasks": {"start": ${task}}}`})

testCheck(denoPermissions, {
  clean: {
    'the network is allowed': project('["run", "--allow-net", "main.ts"]'),
    'some of it is': project('["deno", "run", "--allow-net=0.0.0.0:8080", "main.ts"]'),
    'by one letter': project('deno run -N main.ts'),
    'by several letters': project('deno run -RNE main.ts', `const key = Deno.env.get('KEY')\n${server}`),
    everything: project('["run", "-A", "main.ts"]'),
    'a set of deno.json': project('deno run -P main.ts'),
    'deno serve may listen': project('["serve", "main.ts"]'),
    'the task allows it': project('deno task start', server, tasks('"deno run --allow-net main.ts"')),
    'a call in a comment': project('deno run main.ts', `// ${server}`),
    'nothing that needs to be allowed': project('deno run main.ts', "console.log('hello')\n"),
    'a database that a flag asks for': project('["run", "-A", "--unstable-kv", "main.ts"]', kv),
    'a database that deno.json asks for': project('deno run -A main.ts', kv, {
      'deno.jsonc': '{"unstable": ["kv", "cron"],}',
    }),
    'a database that the program asks for first': project(
      'deno run -A main.ts',
      'const kv = Deno.openKv ? await Deno.openKv() : undefined\n',
    ),
    'a database of a module that nothing imports, or as a type alone': project(
      'deno run -A main.ts',
      `import type {Kv} from "./db.ts"\n${server}`,
      {'db.ts': kv, 'other.ts': kv},
    ),
    'a database that another module brings': project(
      'deno run -A main.ts',
      `import "./shim.ts"\nconst kv = await Deno.openKv()\n`,
      {'shim.ts': 'import {openKv} from "npm:@deno/kv"\nDeno.openKv = openKv\n'},
    ),
    'a database that a text tells of': project(
      'deno run -A main.ts',
      `${server}const help = "Deno.openKv() opens it"\n`,
    ),
    'a variable of fly.toml in place of the flag': {
      files: {...project('deno run -A main.ts', kv).files, 'fly.toml': 'app = "shop"\n[env]\nDENO_UNSTABLE_KV = "1"\n'},
    },
    'all that is unstable': project('deno run -A --unstable main.ts', kv),
    'another file starts it': project('deno run other.ts', server, {'other.ts': ''}),
  },
  flagged: {
    'a database that nothing asks for': {
      ...project('["run", "-A", "main.ts"]', `import {kv} from "./db.ts"\n${server}`, {'db.ts': kv}),
      expect: [
        'error Dockerfile:4:1 CMD runs main.ts without --unstable-kv: Deno.openKv ends it with "Deno.openKv is not a function"',
      ],
    },
    'a task that is to run by the clock': {
      ...project(
        'deno run -A --unstable-kv main.ts',
        `Deno.cron("mail", "* * * * *", () => {})\nfunction open() {\n  return Deno.openKv()\n}\n`,
      ),
      expect: [
        'error Dockerfile:4:1 CMD runs main.ts without --unstable-cron: Deno.cron ends it with "Deno.cron is not a function"',
      ],
    },
    'a database of what runs alone': {
      ...project('deno run -A main.ts', 'if (import.meta.main) {\nconst kv = await Deno.openKv()\n}\n'),
      expect: [
        'warning Dockerfile:4:1 CMD runs main.ts without --unstable-kv: Deno.openKv may end it with "Deno.openKv is not a function"',
      ],
    },
    'a database that is opened later': {
      ...project('deno run -A main.ts', `export async function open() {\n  return await Deno.openKv()\n}\n`),
      expect: [
        'warning Dockerfile:4:1 CMD runs main.ts without --unstable-kv: Deno.openKv may end it with "Deno.openKv is not a function"',
      ],
    },
    'no flag': {
      ...project('["run", "main.ts"]'),
      expect: ['error Dockerfile:4:1 CMD runs main.ts without --allow-net: Deno.serve ends it with NotCapable'],
    },
    'the flag stands behind the file': {
      ...project('deno run main.ts --allow-net'),
      expect: ['error Dockerfile:4:1 CMD runs main.ts without --allow-net: Deno.serve ends it with NotCapable'],
    },
    'in a task': {
      ...project('deno task start', server, tasks('{"command": "deno run --allow-read main.ts"}')),
      expect: ['error Dockerfile:4:1 CMD runs main.ts without --allow-net: Deno.serve ends it with NotCapable'],
    },
    'a variable': {
      ...project('deno run --allow-net main.ts', `const port = Number(Deno.env.get('PORT'))\n${server}`),
      expect: ['error Dockerfile:4:1 CMD runs main.ts without --allow-env: Deno.env.get ends it with NotCapable'],
    },
    'in a function': {
      ...project('deno run main.ts', `function start() {\n  ${server}}\nif (import.meta.main) start()\n`),
      expect: ['warning Dockerfile:4:1 CMD runs main.ts without --allow-net: Deno.serve may end it with NotCapable'],
    },
  },
})
