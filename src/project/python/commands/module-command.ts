import {posix} from 'node:path'

/** What a command says of the Python module that it starts. */
export interface ModuleCommand {
  program: string
  /** `a.b.c`; a path for `fastapi run` and for a script. */
  name: string
  /** What must be in the module, where the command says so. */
  attribute: string | undefined
  /** It is a function that the server calls, to be given the application. */
  isFactory: boolean
  /**
   * `attribute`: the last part may be a name in the module before it. `main`: a package must have a __main__.
   * `script`: Python looks for what it imports in the folder of the file, and not in that where it runs.
   */
  form: 'module' | 'attribute' | 'main' | 'path' | 'script'
  /** Folders that come first on Python's path: what `--app-dir`, `--chdir` and `--pythonpath` name. */
  folders: string[]
  /** Where a tool goes before it starts the module (`uv run --directory server`). */
  runsIn?: string
  /** gunicorn's `-c`: a file that may change all of it. */
  config: string | undefined
  /** Nothing names it: flask takes wsgi.py, or app.py. */
  isGuessed?: true
}

/** What flask starts where no option says so. */
export interface FlaskApp {
  /** FLASK_APP; undefined where it is not set. */
  named: string | undefined
  /** Where that is not set: the module that flask finds by itself. */
  guessed: 'wsgi' | 'app'
}

const servers = /^(?:uvicorn|gunicorn|hypercorn|daphne|granian)$/
/** Programs that run another one, with the environment it has. */
const wrappers = /^(?:ddtrace-run|opentelemetry-instrument|newrelic-admin|run-program|run|poetry|uv|pdm|pipenv|hatch)$/
/** Options of these, by which they run it in another folder, or in one that cannot be told. */
const goesElsewhere = /^(?:--directory|--cwd|-C|-P)(?:=|$)/
/** Options of `uv run` whose value is the next word, and that change nothing of what is looked for. */
const takesValue = /^--(?:extra|group|only-group|no-group|no-extra|python)$/

const option = (words: readonly string[], ...names: string[]): string | undefined => {
  for (const [index, word] of words.entries()) {
    if (names.includes(word)) return words[index + 1]
    const name = names.find((each) => each.startsWith('--') && word.startsWith(`${each}=`))
    if (name) return word.slice(name.length + 1)
  }
  return undefined
}

const dotted = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/
const withAttribute = /^([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*):([A-Za-z_]\w*)(?:\.\w+)*(?:\(.*\)?)?$/
const wsgi = /^(?:[A-Za-z_]\w*\.)+wsgi$/
/** Options without a value, of uvicorn, gunicorn and granian: a word behind one is no value of it. */
const alone =
  /^(?:-[DR]|--(?:factory|reload|no-reload|proxy-headers|no-proxy-headers|preload|use-colors|no-use-colors|no-access-log|no-server-header|server-header|no-date-header|date-header|access-log|debug|ws-max-size=.*|spew|check-config|print-config|no-sendfile|reuse-port|daemon|enable-stdio-inheritance|capture-output|log-syslog|disable-redirect-access-to-syslog|initgroups|strip-header-spaces|proxy-protocol|[\w-]+=.*))$/

/** The module that a command starts; undefined for other programs, and where it cannot be told. */
export function moduleCommand(all: readonly string[], flaskApp?: FlaskApp): ModuleCommand | undefined {
  const words = [...all]
  while (words[0] && (wrappers.test(words[0]) || (words[0].startsWith('-') && words.length < all.length))) {
    const word = words.shift() as string
    const [, folder = ''] = /^--directory=(.*)$/.exec(word) ?? (word === '--directory' ? [word, words.shift()] : [])
    if (folder && all[0] === 'uv') {
      const found = moduleCommand(['uv', ...words], flaskApp)
      return found && {...found, runsIn: posix.join(folder, found.runsIn ?? '')}
    }
    if (goesElsewhere.test(word)) return undefined
    if (all[0] === 'uv' && takesValue.test(word)) words.shift()
  }
  const program = words.shift()?.split('/').at(-1) ?? ''
  const folders = (...names: string[]) => option(words, ...names)?.split(',') ?? []
  const base = {program, attribute: undefined, isFactory: false, folders: [] as string[], config: undefined}
  if (/^python[\d.]*$/.test(program)) {
    while (/^-[uBOIEs]+$/.test(words[0] ?? '')) {
      // -I and -E leave the folder or PYTHONPATH out.
      if (/[IE]/.test(words.shift() as string)) return undefined
    }
    if (/^[\w./-]+\.py$/.test(words[0] ?? '')) return {...base, name: words[0] as string, form: 'script'}
    if (words[0] !== '-m' || !words[1]) return undefined
    const found = moduleCommand(words.slice(1), flaskApp)
    if (found) return found
    return dotted.test(words[1]) ? {...base, program: `${program} -m`, name: words[1], form: 'main'} : undefined
  }
  if (servers.test(program)) {
    // gunicorn takes `application` where no name stands behind the module.
    const isAlone = (word: string) => program === 'gunicorn' && wsgi.test(word)
    const isApp = (word: string) => withAttribute.test(word) || isAlone(word)
    const index = words.findIndex((word, at) => {
      const before = words[at - 1]
      return isApp(word) && (before === undefined || !before.startsWith('-') || alone.test(before))
    })
    const given = words[index] ?? ''
    const [, name, attribute] = isAlone(given) ? [given, given, 'application'] : (withAttribute.exec(given) ?? [])
    if (!name) return undefined
    return {
      ...base,
      name,
      attribute,
      isFactory: words.includes('--factory') || given.endsWith('()'),
      form: 'module',
      folders: [
        ...folders('--app-dir'),
        ...folders('--pythonpath'),
        ...folders('--chdir'),
        ...folders('--working-dir'),
      ],
      config: program === 'gunicorn' ? option(words, '-c', '--config') : undefined,
    }
  }
  if (program === 'flask') {
    const given = option(words, '--app', '-A') ?? flaskApp?.named
    // Help, and the version, come without the app.
    if (given === undefined && (!flaskApp || !/^[a-z][\w-]*$/.test(words[0] ?? ''))) return undefined
    // `run.py` is the module run, and so is a package of that name (flask/cli.py, prepare_import).
    const app = (given ?? flaskApp?.guessed ?? '').replace(/^\.\/|\.py(?=:|$)/g, '')
    const [, name, attribute] = withAttribute.exec(app) ?? []
    if (!name && !dotted.test(app)) return undefined
    const found: ModuleCommand = {...base, name: name ?? app, attribute, form: 'module'}
    return given === undefined ? {...found, isGuessed: true} : found
  }
  if (program === 'celery') {
    const app = option(words, '-A', '--app')
    const [, name, attribute] = withAttribute.exec(app ?? '') ?? []
    const found = {...base, folders: folders('--workdir')}
    if (name) return {...found, name, attribute, form: 'module'}
    if (!app || !dotted.test(app)) return undefined
    return {...found, name: app, form: 'attribute'}
  }
  if (program === 'arq' || program === 'dramatiq') {
    const [first = ''] = words
    const [, name, attribute] = withAttribute.exec(first) ?? []
    if (program === 'dramatiq') {
      if (name) return {...base, name, attribute, form: 'module', folders: folders('--path', '-p')}
      return dotted.test(first) ? {...base, name: first, form: 'module', folders: folders('--path', '-p')} : undefined
    }
    return dotted.test(first) && first.includes('.') ? {...base, name: first, form: 'attribute'} : undefined
  }
  if (program === 'fastapi' && words[0] === 'run' && /^[\w./-]+\.py$/.test(words[1] ?? '')) {
    return {...base, name: words[1] as string, form: 'path'}
  }
  return undefined
}
