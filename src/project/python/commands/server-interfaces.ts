/** Applications of one interface, WSGI or ASGI, that a server of the other one is given. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Inputs} from '../../inputs.ts'
import type {StartedCommand} from '../../processes/processes.ts'
import {ImageModules} from '../imports/image-modules.ts'
import {moduleStarts} from './module-starts.ts'

export interface InterfaceFault {
  command: StartedCommand
  server: 'gunicorn' | 'uvicorn'
  /** `main:app`. */
  started: string
  /** What makes the application: `FastAPI`, `get_wsgi_application`. */
  made: string
  speaks: 'ASGI' | 'WSGI'
  /** Where it is made. */
  at: FileLocation
  /** Nothing in the build can have changed what was read. */
  proven: boolean
}

const interfaces: Readonly<Record<string, 'ASGI' | 'WSGI'>> = {
  FastAPI: 'ASGI',
  Starlette: 'ASGI',
  Quart: 'ASGI',
  Litestar: 'ASGI',
  get_asgi_application: 'ASGI',
  Flask: 'WSGI',
  Bottle: 'WSGI',
  get_wsgi_application: 'WSGI',
}

export async function loadServerInterfaces(inputs: Inputs, facts: FactStore): Promise<Fact<InterfaceFault[]>> {
  const starts = await moduleStarts(inputs, facts)
  if (starts.state !== 'ok') return starts
  const [build, files] = await facts.needAll('build', 'files')
  const modules = new ImageModules(build, inputs.reader, files)
  const found: InterfaceFault[] = []
  for (const {command, module, roots, folder} of starts.value) {
    const {program, name, attribute, form} = module
    if (form !== 'module' || !attribute || module.isFactory) continue
    // gunicorn's file of settings may name another worker.
    if (module.config || modules.has(posix.join(folder, 'gunicorn.conf.py')) !== 'no') continue
    const server = serverOf(program, command.text)
    const place = server && modules.find(name.split('.'), roots, false)
    if (!server || typeof place !== 'object' || place.entry.kind !== 'file') continue
    const file = await inputs.reader.text(place.entry.source)
    const application = file && applicationOf(file.text, attribute)
    if (!application || application.speaks === server.speaks) continue
    found.push({
      command,
      server: server.name,
      started: `${name}:${attribute}`,
      made: application.made,
      speaks: application.speaks,
      at: file.span(application.start, application.end),
      proven: modules.isUntouched(place.path),
    })
  }
  return known(found)
}

/** gunicorn's own workers speak WSGI (gunicorn/workers); of uvicorn's `--interface` all but `wsgi` are ASGI (uvicorn/config.py). */
function serverOf(
  program: string,
  text: string,
): {name: InterfaceFault['server']; speaks: 'ASGI' | 'WSGI'} | undefined {
  if (program === 'uvicorn') return /\s--interface\b/.test(text) ? undefined : {name: 'uvicorn', speaks: 'ASGI'}
  if (program !== 'gunicorn') return undefined
  const [, worker = 'sync'] = /\s(?:-k|--worker-class)[ =]?["']?(\S+?)["']?(?=\s|$)/.exec(text) ?? []
  return /^(?:sync|gthread|gevent|gevent_wsgi|gevent_pywsgi|eventlet)$/.test(worker)
    ? {name: 'gunicorn', speaks: 'WSGI'}
    : undefined
}

/** The application of that name, where one statement at the left margin makes it and nothing puts another in its place. */
function applicationOf(
  source: string,
  name: string,
): (Pick<InterfaceFault, 'made' | 'speaks'> & {start: number; end: number}) | undefined {
  const binds = `${name}(?:[ \\t]{0,20}:[^=\\n]{0,200})?[ \\t]{0,20}=(?!=)|(?:async[ \\t]+)?def[ \\t]+${name}\\b|(?:global|import|from[ \\t]+\\S{1,200}[ \\t]+import|with)\\b[^\\n]{0,300}\\b${name}\\b`
  const [binding, another] = source.matchAll(new RegExp(`^[ \\t]{0,100}(?:${binds})`, 'gm'))
  if (!binding || another || /^\s/.test(binding[0])) return undefined
  const rest = source.slice(binding.index + binding[0].length)
  const [whole, made = ''] = /^[ \t]*(?:\w+\.)?(\w+)\(/.exec(rest) ?? []
  const speaks = interfaces[made]
  // A class of the project's own of that name.
  if (!whole || !speaks || new RegExp(`^class[ \\t]+${made}\\b`, 'm').test(source)) return undefined
  return {made, speaks, start: binding.index, end: binding.index + binding[0].length + whole.length - 1}
}
