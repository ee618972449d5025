import {posix} from 'node:path'
import {onceOf} from '../../once.ts'
import type {Image} from '../image/image.ts'
import type {ReadWord} from '../image/shell/arguments.ts'
import {programOf} from '../image/shell/command.ts'
import type {CodeContext} from './code-context.ts'

/** What a command starts of the project's own code. */
export interface Entry {
  kind: 'node' | 'bun' | 'deno' | 'python' | 'go' | 'rust'
  /** The file; of Go the folder of the package. */
  path: string
  /** It is this one, and no other file could be meant. */
  sure: boolean
  /** The module of `python -m` that it is: its imports are looked for from the working directory. */
  module?: string
}

/** undefined where the command is no code of the project, or cannot be told which. */
export function entryOf(words: readonly ReadWord[], context: CodeContext): Entry | undefined {
  const [first, ...rest] = words.map(({text}) => text)
  const program = first?.split('/').at(-1) ?? ''
  if (/^(?:node|bun|deno|tsx|ts-node|nodemon)$/.test(program)) return scriptEntry(program, rest, context)
  if (/^python[\d.]*$/.test(program)) return pythonEntry(rest, context)
  if (words.length > 0 && first && /\.(?:[cm]?[jt]s|py|sh)$/.test(first)) return undefined
  return first === undefined ? undefined : (goEntry(program, context) ?? rustEntry(program, context))
}

/** Flags of node that take the next word. */
const takesWord =
  /^(?:-r|--require|--import|--loader|--experimental-loader|--env-file|--conditions|-C|--config|--tsconfig|--project|-P)$/

function scriptEntry(program: string, words: readonly (string | undefined)[], context: CodeContext): Entry | undefined {
  let at = 0
  if (/^(?:bun|deno)$/.test(program) && words[0] === 'run') at++
  if (program === 'deno' && words[0] !== 'run') return undefined
  for (let word = words[at]; word?.startsWith('-'); word = words[at]) {
    if (/^(?:-e|-p|--eval|--print|--test|-v|--version|--check|-c)$/.test(word)) return undefined
    at += takesWord.test(word) ? 2 : 1
  }
  const name = words[at]
  if (!name || !/^[\w@./-]+$/.test(name)) return undefined
  const kind = program === 'bun' || program === 'deno' ? program : 'node'
  const endings = ['', '.js', '.mjs', '.cjs', '.ts', '/index.js', '/index.ts']
  for (const ending of endings) {
    const path = context.source(name + ending)
    if (path && /\.[cm]?[jt]sx?$/.test(path)) return {kind, path, sure: true}
  }
  return compiled(name, kind, context)
}

/** `dist/src/main.js` is made from `src/main.ts`: the file of that name whose folders end the same way. */
function compiled(name: string, kind: Entry['kind'], {paths}: CodeContext): Entry | undefined {
  const folders = name
    .replace(/\.[cm]?js$/, '')
    .split('/')
    .filter((each) => each && each !== '.')
  const output = folders.findIndex((each) => /^(?:dist|build|out|lib|bin|output|\.output)$/.test(each))
  if (output < 0) return undefined
  const inside = folders.slice(output + 1)
  if (inside.length === 0) inside.push('index')
  // What stands before it is the package of a monorepo, or the folder of the image.
  const before = folders.slice(0, output)
  for (let skip = 0; skip <= before.length; skip++) {
    const packageFolder = before.slice(skip).join('/')
    const stems = [
      posix.join(packageFolder, 'src', ...inside.filter((each, index) => index > 0 || each !== 'src')),
      posix.join(packageFolder, ...inside),
    ]
    for (const stem of stems) {
      const path = ['.ts', '.mts', '.tsx', '.js', '.mjs'].map((ending) => stem + ending).find((each) => paths.has(each))
      if (!path) continue
      // In a repository of several packages it is that of another one as well, unless the command names the folder.
      const end = path.slice(packageFolder === '' ? 0 : packageFolder.length + 1)
      const same = paths.named(end).length
      if (packageFolder === '' && same > 1) return undefined
      return {kind, path, sure: packageFolder !== '' || same === 1}
    }
  }
  return undefined
}

function pythonEntry(words: readonly (string | undefined)[], {source, paths}: CodeContext): Entry | undefined {
  let at = 0
  while (/^-[uBOIEs]+$/.test(words[at] ?? '')) at++
  const module = words[at] === '-m' ? words[at + 1] : undefined
  const names = module
    ? [`${module.replaceAll('.', '/')}.py`, `${module.replaceAll('.', '/')}/__main__.py`]
    : [words[at]]
  for (const name of names) {
    if (!name || !/^[\w./-]+\.py$/.test(name)) continue
    const path = source(name)
    const of = module === undefined ? {} : {module}
    if (path) return {kind: 'python', path, sure: true, ...of}
    // By one name alone it is mostly a program of a package.
    if (module !== undefined && !module.includes('.')) continue
    const ends = paths.named(name.replace(/^(?:\.\/|\/app\/|\/)/, ''))
    if (ends.length === 1) return {kind: 'python', path: ends[0] as string, sure: false, ...of}
  }
  return undefined
}

/** Asked for each command that is started. */
const goBuilds = onceOf(({stages}: Image) =>
  stages.flatMap(({commands, stage}) =>
    commands.flatMap(({words}) =>
      programOf({words}) === 'go' && /^(?:build|install)$/.test(words[1] ?? '') ? [{words: words.slice(2), stage}] : [],
    ),
  ),
)
const runsCargo = onceOf(({stages}: Image) =>
  stages.some(({commands}) => commands.some((command) => programOf(command) === 'cargo')),
)

/** The package of the only `go build`, where the program is what it makes. */
function goEntry(program: string, {image, paths}: CodeContext): Entry | undefined {
  const builds = image ? goBuilds(image) : []
  const [only] = builds
  if (!only || builds.length > 1) return undefined
  const {words, stage} = only
  const output = words.indexOf('-o')
  const made = output >= 0 ? words[output + 1] : undefined
  const named = words.at(-1)
  const target = words.length === 0 || named === undefined || named === made || named.startsWith('-') ? '.' : named
  if (/\.\.\.|[^\w./-]/.test(target)) return undefined
  const makes = made?.split('/').at(-1) || posix.basename(target === '.' ? program : target)
  const copied = image?.final.stage.instructions.some(
    ({keyword, words: copy}) =>
      keyword === 'COPY' &&
      copy.slice(0, -1).some((word) => word.split('/').at(-1) === makes) &&
      copy.at(-1)?.split('/').at(-1) === program,
  )
  if (makes !== program && !copied) return undefined
  const inside = target.endsWith('.go') ? posix.dirname(target) : target
  // The folder that holds go.mod is where the RUN works, unless the whole of a larger repository is copied.
  const roots = paths.named('go.mod').map((path) => posix.dirname(path))
  const workdir = posix.basename(stage.instructions.findLast(({keyword}) => keyword === 'WORKDIR')?.words[0] ?? '')
  const folders = new Set(roots.map((root) => posix.join(root, inside)))
  const fitting = [...folders].filter((folder) => paths.in(folder).some((path) => path.endsWith('.go')))
  const [folder, another] = fitting.length > 1 ? fitting.filter((each) => each.split('/').includes(workdir)) : fitting
  return folder !== undefined && another === undefined ? {kind: 'go', path: folder, sure: true} : undefined
}

/** The binary that cargo makes of a package: by the package's name, or by that of a file in src/bin. */
function rustEntry(program: string, {image, paths}: CodeContext): Entry | undefined {
  if (!image || !runsCargo(image)) return undefined
  const brought = image.final.stage.instructions.some(
    ({keyword, words}) =>
      keyword === 'COPY' &&
      // The name may stand in a variable.
      words.some((word) => word.split('/').at(-1) === program || /\/\$\{?\w+\}?$/.test(word)),
  )
  if (!brought && image.stages.length !== 1) return undefined
  const name = program.replaceAll('_', '-')
  const bins = paths
    .ending('.rs')
    .filter((path) => new RegExp(`(?:^|/)src/bin/${name.replace(/\W/g, '.')}(?:\\.rs|/main\\.rs)$`).test(path))
  if (bins.length === 1) return {kind: 'rust', path: bins[0] as string, sure: true}
  const mains = paths.named('src/main.rs')
  const own = mains.filter((path) => mains.length === 1 || path.split('/').at(-3)?.replaceAll('_', '-') === name)
  const cargo = own[0]?.replace(/src\/main\.rs$/, 'Cargo.toml')
  return own.length === 1 &&
    cargo !== undefined &&
    paths.has(cargo) &&
    !/^(?:sh|bash|nginx|caddy|java|dotnet|php|ruby|bundle|npm|yarn|pnpm|mix|elixir)$/.test(program)
    ? {kind: 'rust', path: own[0] as string, sure: mains.length === 1}
    : undefined
}
