import type {FileLocation} from '../../check.ts'
import type {Command} from './shell.ts'

/** A command that installs Python packages, as it is written. */
export interface PythonInstall {
  tool: 'pip' | 'pip wheel' | 'uv sync' | 'poetry' | 'pipenv' | 'pdm'
  at: FileLocation
  /** Requirements files, as paths in the image. */
  files: string[]
  /** Requirements on the command line. */
  packages: string[]
  /** `.` and the like: the project itself with its dependencies. */
  project: boolean
  /** Something is installed that cannot be known: a variable, a URL, a wheel. */
  opaque: boolean
  /** Only built packages are taken: nothing is compiled here. */
  wheelsOnly: boolean
  /** Groups for development are left out. */
  onlyMain: boolean
  /** It may not run. */
  conditional: boolean
}

/** pip's options that take their value from the next word (pip install --help). */
const valued = new Set(
  `-c --constraint -i --index-url --extra-index-url -f --find-links -t --target --prefix --root --src --platform --python-version
  --implementation --abi --no-binary --only-binary --progress-bar --timeout --retries --trusted-host --cert --cache-dir
  --config-settings --upgrade-strategy --report -w --wheel-dir --python -p --link-mode --index --default-index`.split(
    /\s+/,
  ),
)

/** The project managers: what installs, and what leaves the groups for development out (their own --help). */
const managers = [
  {program: 'poetry', verbs: ['install', 'sync'], tool: 'poetry', onlyMain: /--only[= ]main\b|--no-dev\b/},
  {program: 'uv', verbs: ['sync'], tool: 'uv sync', onlyMain: /--no-dev\b|--no-default-groups\b/},
  {program: 'pipenv', verbs: ['install', 'sync'], tool: 'pipenv', onlyMain: /^(?!.*--dev)/},
  {program: 'pdm', verbs: ['install', 'sync'], tool: 'pdm', onlyMain: /--prod\b|--production\b|--no-dev\b/},
] as const satisfies readonly {
  program: string
  verbs: readonly string[]
  tool: PythonInstall['tool']
  onlyMain: RegExp
}[]

/** The install that a command is, if it is one. */
export function pythonInstall({words, at, conditional}: Command): PythonInstall | undefined {
  const rest = withoutRunner(words)
  const [program, verb, ...args] = rest
  const empty = {
    at,
    files: [],
    packages: [],
    project: false,
    opaque: false,
    wheelsOnly: false,
    onlyMain: false,
    conditional,
  }
  const manager = managers.find(
    (each) => each.program === program && each.verbs.some((candidate) => candidate === verb),
  )
  if (manager) {
    const flags = args.map((word) => word ?? '').join(' ')
    // An extra brings packages that are not read.
    const opaque = /(^|\s)(-E|--extras?|--all-extras|--with|--group|--all-groups)\b/.test(flags)
    return {...empty, tool: manager.tool, project: true, onlyMain: manager.onlyMain.test(flags), opaque}
  }
  if (program === 'pip' && (verb === 'install' || verb === 'wheel')) {
    return pipArguments({...empty, tool: verb === 'wheel' ? 'pip wheel' : 'pip'}, args)
  }
  return undefined
}

/** `python -m pip`, `uv pip` and `/opt/venv/bin/pip3` are all pip. */
function withoutRunner(words: readonly (string | undefined)[]): (string | undefined)[] {
  const [first, ...rest] = words
  const program = first?.split('/').at(-1)
  if (/^python3?(\.\d+)?$/.test(program ?? '') && rest[0] === '-m') return rest.slice(1)
  if (program === 'uv' && rest[0] === 'pip') return rest
  return [program?.replace(/^pip3?(\.\d+)?$/, 'pip'), ...rest]
}

function pipArguments(install: PythonInstall, args: readonly (string | undefined)[]): PythonInstall {
  for (let index = 0; index < args.length; index++) {
    const word = args[index]
    if (word === undefined) install.opaque = true
    else if (word === '-r' || word === '--requirement' || word === '--requirements') {
      const file = args[++index]
      if (file === undefined || file === '-') install.opaque = true
      else install.files.push(file)
    } else if (/^(-r|--requirements?=)/.test(word)) install.files.push(word.replace(/^(-r|--requirements?=)/, ''))
    else if (word === '-e' || word === '--editable') {
      addProject(args[++index])
    } else if (word === '--no-index' || /^--only-binary(=|$)/.test(word)) install.wheelsOnly = true
    else if (valued.has(word)) index++
    else if (word.startsWith('-')) continue
    else if (isProject(word)) addProject(word)
    else if (/[/*$]|\.whl$|:/.test(word) && !/^[\w.[\],-]+\s*@/.test(word)) install.opaque = true
    else install.packages.push(word)
  }
  function addProject(word: string | undefined): void {
    if (isProject(word)) install.project = true
    // An extra brings packages that are not read.
    if (!isProject(word) || word?.includes('[')) install.opaque = true
  }
  // Wheels that another step built: `pip install /wheels/*`.
  if (args.some((word) => word?.includes('.whl') || /wheels?\/\*$/.test(word ?? ''))) install.wheelsOnly = true
  return install
}

const isProject = (word: string | undefined): boolean => /^\.\/?(\[.*\])?$/.test(word ?? '')
