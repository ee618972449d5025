/** A file that makes an app and hands it to no server: what runs it comes to its end. */
import type {Code} from './code.ts'
import type {Entry} from './entry.ts'

export interface UnservedApp {
  /** `FastAPI`, `Hono`. */
  library: string
  /** A command, or a line of code, that serves it. */
  cure(port: number): string
}

interface Kind {
  kind: 'python' | 'node'
  library: string
  /** The group `name`. */
  makes: RegExp
  cure(module: string, name: string, port: number): string
}

const withUvicorn: Kind['cure'] = (module, name, port) => `uvicorn ${module}:${name} --host 0.0.0.0 --port ${port}`

const kinds: readonly Kind[] = [
  {
    kind: 'python',
    library: 'FastAPI',
    makes: /^(?<name>\w+)[ \t]*(?::[^=\n]{1,50})?=[ \t]*FastAPI\(/m,
    cure: withUvicorn,
  },
  {kind: 'python', library: 'Starlette', makes: /^(?<name>\w+)[ \t]*=[ \t]*Starlette\(/m, cure: withUvicorn},
  {
    kind: 'python',
    library: 'Flask',
    makes: /^(?<name>\w+)[ \t]*(?::[^=\n]{1,50})?=[ \t]*Flask\(/m,
    cure: (module, name, port) => `gunicorn ${module}:${name} --bind 0.0.0.0:${port}`,
  },
  {
    kind: 'node',
    library: 'Express',
    makes: /^(?:export )?(?:const|let|var) (?<name>\w+)(?:: [\w.]+)? = express\(\)/m,
    cure: (_, name, port) => `${name}.listen(process.env.PORT || ${port}, '0.0.0.0')`,
  },
  {
    kind: 'node',
    library: 'Hono',
    makes: /^(?:export )?(?:const|let|var) (?<name>\w+) = new Hono\b[^\n(]{0,200}\(/m,
    cure: (_, name, port) => `serve({fetch: ${name}.fetch, port: ${port}}) of @hono/node-server`,
  },
]

/** Whatever may go on, or hand the app to who does: in the file or in one that it loads, whether it is called or not. */
const goesOn = {
  python:
    /\b(?:run|serve|start|listen|launch|main|poll|cli|exec|spawn|popen|server|input)\w*\s*\(|forever|polling|asyncio|\bwhile\s+(?:True|1)\b|thread|process|subprocess|os\.system|\b(?:uvicorn|hypercorn|gunicorn|granian|waitress|daphne|werkzeug|gevent|eventlet|tornado|aiohttp|typer|click|fire)\b/i,
  node: /\b(?:listen|serve(?!Static)|start|createServer|run|launch|login|connect|main|init|bootstrap|setup|setInterval|setTimeout|schedule|exec|spawn|fork|import)\w*\s*\(|\bmodule\.parent\b|require\.main|import\.meta\.main|\bawait\b|\bnew\s+\w*(?:Server|Worker|Queue|Client|Cron\w*)\s*\(/i,
}

/** Of a program that a command starts; `files`: its entry, and what that loads of the project. */
export function unservedApp(entry: Entry | undefined, files: readonly Code[]): UnservedApp | undefined {
  const own = files.find(({file}) => file.path === entry?.path)
  if (!entry?.sure || !own) return undefined
  for (const {kind, library, makes, cure} of kinds) {
    const name = kind === entry.kind ? makes.exec(own.text)?.groups?.name : undefined
    if (name === undefined || files.some(({bare}) => goesOn[kind].test(bare))) continue
    const module = entry.path.replace(/\.py$/, '').replaceAll('/', '.')
    return {library, cure: (port) => cure(module, name, port)}
  }
  return undefined
}
