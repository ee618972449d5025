import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {normalizeName} from '../../python/packages/pep508.ts'
import {type Command, programOf} from '../shell/command.ts'

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
  /** Something is installed that cannot be told: a variable, a URL, an extra, a group, another project. */
  opaque: boolean
  /** The dependencies are left out: what is named is not what is installed. */
  withoutDependencies: boolean
  /** Built packages may be taken from another index or a folder: nothing is certain to be compiled here. */
  mayUseWheels: boolean
  /** Some of the plain dependencies are left out. */
  partial: boolean
  /** Groups for development are left out. */
  onlyMain: boolean
  /** Groups that are left out by their names: `--without dev`, `--no-group dev`. */
  without: string[]
  /** Another project or folder than the one where it runs may be meant. */
  elsewhere: boolean
  /** It takes the lock file as it is, whatever the manifest says. */
  frozen: boolean
  /** `--prefix`, `--target`, `--user` or the environment that the program belongs to, as it is written; undefined: where it is active. */
  location: string | undefined
  /** pip by its bare name: it holds requires-python against the Python that comes first on PATH. */
  checksPython: boolean
  /** It may not run. */
  conditional: boolean
  /** Its failure ends the build. */
  decisive: boolean
  /** pip itself. */
  byPip: boolean
  /** What runs git for what is `git+…`; Poetry has a git of its own. */
  cloner: 'pip' | 'uv' | 'pdm' | undefined
  /** Where it is told to clone a repository: on the command line, or in a requirements file. */
  clones: FileLocation[]
  /** The folder into which `pip wheel` lays what it builds, as it is written. */
  wheels: string | undefined
  /** Folders of which it installs all that is there, as they are written: `pip install /wheels/*`. */
  wheelhouses: string[]
}

const clonerOf = (program = ''): PythonInstall['cloner'] =>
  /^(?:pip|python)/.test(program) ? 'pip' : program === 'uv' || program === 'pdm' ? program : undefined

/** pip's options that take their value from the next word (pip install --help, uv pip install --help). */
const valued = new Set(
  `-c --constraint -i --index-url --extra-index-url -f --find-links -t --target --prefix --root --src --platform --python-version
  --implementation --abi --no-binary --only-binary --progress-bar --timeout --retries --trusted-host --cert --cache-dir
  --config-settings --upgrade-strategy --report -w --wheel-dir --python -p --link-mode --index --default-index --overrides
  --override --proxy --log --exists-action --client-cert --group --build-constraint`.split(/\s+/),
)

/** The project managers: what installs, and what leaves the groups for development out (their own --help). */
const managers = [
  {program: 'poetry', verbs: ['install', 'sync'], tool: 'poetry', onlyMain: /--only[= ]main(?=\s|$)|--no-dev\b/},
  {program: 'uv', verbs: ['sync'], tool: 'uv sync', onlyMain: /--no-dev\b|--no-default-groups\b/},
  {program: 'pipenv', verbs: ['install', 'sync'], tool: 'pipenv', onlyMain: /^(?!.*--dev)/},
  {program: 'pdm', verbs: ['install', 'sync'], tool: 'pdm', onlyMain: /--prod\b|--production\b|--no-dev\b/},
] as const satisfies readonly {
  program: string
  verbs: readonly string[]
  tool: PythonInstall['tool']
  onlyMain: RegExp
}[]

/** Flags that select something else than the plain dependencies of the project in this folder. */
const selects =
  /(^|\s)(-E|-G|-C|-P|--extras?|--all-extras|--with|--groups?|--all-groups|--only-group|--package|--all-packages|--project|--directory|--no-install-package|--only-root|--no-install-\w+)\b|--only[= ](?!main(?:\s|$))/

const leavesOut = /--only-(?:group|dev|root)\b|--only[= ](?!main\b)|--no-install-(?!project\b)/

const selectsProject = /(^|\s)(-C|-P|--project|--directory|--package|--all-packages)\b/

/** The install that a command is, if it is one. */
export function pythonInstall(command: Command): PythonInstall | undefined {
  const {words, checksPython, location} = withoutRunner(command.words)
  const [program, verb, ...args] = words
  const empty: PythonInstall = {
    tool: 'pip',
    at: command.at,
    files: [],
    packages: [],
    project: false,
    opaque: false,
    withoutDependencies: false,
    mayUseWheels: false,
    partial: false,
    onlyMain: false,
    without: [],
    elsewhere: false,
    frozen: false,
    location,
    checksPython,
    conditional: command.conditional,
    decisive: command.decisive,
    byPip: /^(pip|python)/.test(programOf(command) ?? ''),
    cloner: clonerOf(programOf(command)),
    clones: [],
    wheels: undefined,
    wheelhouses: [],
  }
  const flags = args.map((word) => word ?? '').join(' ')
  const manager = managers.find(
    (each) => each.program === program && each.verbs.some((candidate) => candidate === verb),
  )
  if (manager) {
    const {tool, onlyMain} = manager
    return {
      ...empty,
      tool,
      project: true,
      onlyMain: onlyMain.test(flags),
      without: [...flags.matchAll(/--(?:without|no-group)[= ]([\w.,-]{1,200})/g)].flatMap(([, names = '']) =>
        names.split(',').map(normalizeName),
      ),
      opaque: selects.test(flags),
      partial: leavesOut.test(flags),
      elsewhere: selectsProject.test(flags),
      frozen: tool === 'uv sync' && /--frozen\b/.test(flags),
    }
  }
  // `poetry add`, `uv add`: a project changed in the image.
  if (/^(poetry|uv|pdm|pipenv)$/.test(program ?? '') && verb === 'add') return {...empty, opaque: true}
  // Others that install, into environments of their own.
  if (/^(hatch|flit|rye|pixi|pip-sync)$/.test(program ?? '') || (program === 'uv' && verb === 'tool'))
    return {...empty, opaque: true}
  if (program === 'pip' && verb === 'sync') {
    // `uv pip sync requirements.txt`: what stands there are files.
    const {files, packages, ...install} = pipArguments(empty, args)
    return {...install, files: [...files, ...packages], packages: []}
  }
  if (program !== 'pip' || (verb !== 'install' && verb !== 'wheel')) return undefined
  const isWheel = verb === 'wheel'
  return pipArguments({...empty, tool: isWheel ? 'pip wheel' : 'pip', ...(isWheel && {wheels: '.'})}, args)
}

/** `python -m pip`, `uv pip` and `/opt/venv/bin/pip3` are all pip; options before the verb are left out. */
function withoutRunner(words: readonly (string | undefined)[]) {
  const [first = '', ...rest] = words
  const name = first.split('/').at(-1) as string
  const location = /^(\/.+|(?:\.\/)?[\w.-]+)\/bin\//.exec(first)?.[1]
  const plain = (all: readonly (string | undefined)[]) => {
    const verb = all.findIndex((word) => word === undefined || !word.startsWith('-'))
    return verb > 0 ? [...all.slice(verb), ...all.slice(0, verb)] : [...all]
  }
  if (/^python3?(\.\d+)?$/.test(name)) {
    const module = rest.indexOf('-m')
    const [tool, ...args] = rest.slice(module + 1)
    if (module < 0) return {words: [name, ...rest], checksPython: false, location}
    if (tool === 'uv') return withoutRunner(['uv', ...args])
    return {words: [tool, ...plain(args)], checksPython: first === name && tool === 'pip', location}
  }
  // uv's own options come first: `uv --quiet pip install`.
  const [uvVerb, ...uvArgs] = name === 'uv' ? plain(rest) : []
  if (uvVerb === 'pip') return {words: ['pip', ...plain(uvArgs)], checksPython: false, location}
  const pip = /^pip3?(\.\d+)?$/.test(name)
  return {words: [pip ? 'pip' : name, ...plain(rest)], checksPython: pip && first === name, location}
}

function pipArguments(install: PythonInstall, args: readonly (string | undefined)[]): PythonInstall {
  for (let index = 0; index < args.length; index++) {
    const word = args[index]
    const [option = '', attached] = word?.startsWith('--') ? word.split(/=(.*)/s) : [word]
    if (word === undefined) install.opaque = true
    else if (isClone(word)) addClone()
    else if (/^-[a-zA-Z]*r$/.test(word) || word === '--requirement' || word === '--requirements') addFile(args[++index])
    else if (/^-r./.test(word) || /^--requirements?$/.test(option)) addFile(attached ?? word.slice(2))
    else if (/^-[a-zA-Z]*e$/.test(word) || word === '--editable') addProject(args[++index])
    else if (
      /^(--find-links|--index-url|--extra-index-url|--index|--default-index)$/.test(option) ||
      /^-[fi]/.test(word)
    ) {
      install.mayUseWheels = true
      if (attached === undefined && word.length <= option.length && valued.has(word)) index++
    } else if (/^(--no-index|--only-binary)$/.test(option)) {
      install.mayUseWheels = true
      if (option === '--only-binary' && attached === undefined) index++
    } else if (option === '--no-deps') install.withoutDependencies = true
    else if (option === '--ignore-requires-python') install.checksPython = false
    else if (option === '--python-version') {
      // For another Python than its own.
      install.checksPython = false
      if (attached === undefined) index++
    } else if (option === '--user') install.location = '/root/.local'
    else if (option === '--prefix') install.location = attached ?? args[++index]
    else if (option === '--target' || word === '-t') {
      install.location = attached ?? args[++index]
    } else if (option === '--group') {
      install.opaque = true
      if (attached === undefined) index++
    } else if (install.tool === 'pip wheel' && /^(?:-w|--wheel-dir)$/.test(option)) {
      install.wheels = attached ?? args[++index]
    } else if (valued.has(word)) index++
    else if (word.startsWith('-')) continue
    else if (isProject(word)) addProject(word)
    else if (wheelhouse.test(word)) install.wheelhouses.push(posix.dirname(word))
    else if (/[/*$]|\.whl$|:/.test(word) && !/^[\w.[\],-]+\s*@/.test(word)) install.opaque = true
    else install.packages.push(word)
  }
  // Wheels that another step built: `pip install /wheels/*`.
  if (args.some((word) => word?.includes('.whl') || /wheels?\/\*$/.test(word ?? ''))) install.mayUseWheels = true
  return install

  function addClone(): void {
    install.opaque = true
    if (install.cloner) install.clones.push(install.at)
  }

  function addFile(file: string | undefined): void {
    if (file === undefined || file === '-') install.opaque = true
    else install.files.push(file)
  }

  function addProject(word: string | undefined): void {
    if (isClone(word)) {
      addClone()
      return
    }
    if (isProject(word)) install.project = true
    // An extra brings packages that are not read.
    if (!isProject(word) || word?.includes('[')) install.opaque = true
  }
}

/** `/wheels/*`, `wheels/*.whl`. */
const wheelhouse = /^[\w./-]*\w\/\*(?:\.whl)?$/

/** `git+https://…`, `name@git+ssh://…`, `name @ git+…`. */
const isClone = (word: string | undefined): boolean =>
  /^([\w.-]+(\[[\w,.-]*\])?\s*@\s*)?git\+(https?|ssh|git|file):/.test(word ?? '')

const isProject = (word: string | undefined): boolean => /^\.\/?(\[.*\])?$/.test(word ?? '')
