import {posix} from 'node:path'
import {once} from '../../../once.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'

/** Servers and frameworks look for files of these names by themselves. */
const foundByTools =
  /^(?:__\w+__|main|app|api|wsgi|asgi|manage|settings|config|gunicorn[\w.]*|celery|tasks|env|setup|models|views|urls|admin)$/
/** Modules by a name that is put together, and all files of a folder. */
const loadsAny = /\b(?:importlib|pkgutil|runpy|__import__|exec)\b|\*\.py\b/
/** More than that many files are not read for it. */
const most = 3000

/**
 * Tells whether no text of the project names a Python file: nobody imports it then, nor starts it. `files`: all of the
 * project, which are read when the first is asked for. Not said of a file in a package, which may load all of its modules.
 */
export function unnamedModules(files: Files, reader: ProjectReader): (path: string) => Promise<boolean> {
  const read = once<void, Promise<Texts | undefined>>(() => textsOf(files, reader))
  return async (path) => {
    const name = posix.basename(path, '.py')
    if (foundByTools.test(name) || files.has(posix.join(posix.dirname(path), '__init__.py'))) return false
    const texts = await read()
    return texts !== undefined && !texts.loaders.some((each) => each !== path) && !isNamed(name, path, texts)
  }
}

interface Texts {
  all: readonly TextFile[]
  /** Those that may load any module. */
  loaders: readonly string[]
  /** Each word, with the one file that has it; `several` else. */
  words: ReadonlyMap<string, string>
}

const several = ''

async function textsOf(files: Files, reader: ProjectReader): Promise<Texts | undefined> {
  const paths = [
    ...files.ending('.py', '.sh', '.toml', '.json', '.yml', '.yaml', '.cfg', '.ini', '.conf', '.ipynb'),
    ...files.named('Procfile', 'Makefile', 'justfile'),
    ...files.beginning('Dockerfile'),
  ]
  if (paths.length > most) return undefined
  const all = await reader.texts(new Set(paths))
  const words = new Map<string, string>()
  for (const {path, text} of all) {
    for (const word of new Set(text.match(/\w+/g))) words.set(word, words.has(word) ? several : path)
  }
  return {all, loaders: all.filter(({text}) => loadsAny.test(text)).map(({path}) => path), words}
}

function isNamed(name: string, own: string, {all, words}: Texts): boolean {
  const place = words.get(name)
  if (place !== undefined) return place !== own
  if (/^\w+$/.test(name)) return false
  const written = new RegExp(`(?<!\\w)${escapePattern(name)}(?!\\w)`)
  return all.some(({path, text}) => path !== own && written.test(text))
}
