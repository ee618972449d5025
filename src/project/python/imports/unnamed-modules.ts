import {posix} from 'node:path'
import {escapePattern} from '../../escape-pattern.ts'
import type {Files} from '../../files.ts'
import type {ProjectReader} from '../../reader.ts'

/** Servers and frameworks look for files of these names by themselves. */
const foundByTools =
  /^(?:__\w+__|main|app|api|wsgi|asgi|manage|settings|config|gunicorn[\w.]*|celery|tasks|env|setup|models|views|urls|admin)$/
/** Modules by a name that is put together, and all files of a folder. */
const loadsAny = /\b(?:importlib|pkgutil|runpy|__import__|exec)\b|\*\.py\b/

/**
 * Whether no text of the project names a Python file: nobody imports it then, nor starts it. `files`: all of the project.
 * Not said of a file in a package, which may load all of its modules.
 */
export async function isUnnamed(path: string, files: Files, reader: ProjectReader): Promise<boolean> {
  const name = posix.basename(path, '.py')
  if (foundByTools.test(name) || files.has(posix.join(posix.dirname(path), '__init__.py'))) return false
  const others = [
    ...files.ending('.py', '.sh', '.toml', '.json', '.yml', '.yaml', '.cfg', '.ini', '.conf', '.ipynb'),
    ...files.named('Procfile', 'Makefile', 'justfile'),
    ...files.beginning('Dockerfile'),
  ]
  const texts = await reader.texts(others.filter((each) => each !== path).slice(0, most))
  const names = new RegExp(`(?<!\\w)${escapePattern(name)}(?!\\w)`)
  return others.length <= most && !texts.some(({text}) => names.test(text) || loadsAny.test(text))
}

/** More than that many files are not read for it. */
const most = 3000
