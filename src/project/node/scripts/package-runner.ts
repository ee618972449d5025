/** Command lines of npm, pnpm, yarn, bun and npx, as far as they start scripts and programs of a project. */

export type Manager = 'npm' | 'pnpm' | 'yarn' | 'bun'

/** What a command line asks of a package manager. */
export interface Request {
  manager: Manager
  /** `script` also where it may be a program of node_modules/.bin instead: `yarn build`. */
  kind: 'script' | 'install' | 'program'
  /** The script; empty for an install. */
  name: string
  /** What the script or the program is handed. */
  args: readonly string[]
  /** --prefix, -C, --cwd: relative to where it runs. */
  folder: string | undefined
  /** --filter, --workspace: one package of the workspace, by name or folder. */
  member: string | undefined
  /** Whether there must be such a script: it is asked for by `run`, without --if-present, and not by pnpm's /pattern/. */
  mustExist: boolean
  flags: readonly string[]
}

type Meaning = 'folder' | 'member' | 'other'

/** The flags that take a value. */
const valued: Readonly<Record<Manager, ReadonlyMap<string, Meaning>>> = {
  npm: new Map([
    ['--prefix', 'folder'],
    ['-C', 'folder'],
    ['--workspace', 'member'],
    ['-w', 'member'],
    ['--loglevel', 'other'],
    ['--omit', 'other'],
    ['--include', 'other'],
    ['--cache', 'other'],
    ['--registry', 'other'],
  ]),
  pnpm: new Map([
    ['--dir', 'folder'],
    ['-C', 'folder'],
    ['--filter', 'member'],
    ['-F', 'member'],
    ['--reporter', 'other'],
    ['--loglevel', 'other'],
  ]),
  yarn: new Map([
    ['--cwd', 'folder'],
    ['--network-timeout', 'other'],
    ['--mutex', 'other'],
    ['--cache-folder', 'other'],
  ]),
  bun: new Map([
    ['--cwd', 'folder'],
    ['--filter', 'member'],
    ['-F', 'member'],
    ['--backend', 'other'],
  ]),
}

/** Their own commands: another first word is a script, or a program of node_modules/.bin. */
const ownCommands: Readonly<Record<Manager, RegExp>> = {
  npm: /./,
  pnpm: /^(add|approve-builds|audit|bin|cache|config|create|dedupe|deploy|dlx|env|fetch|i|import|init|install|licenses|link|list|ln|ls|outdated|pack|patch|prune|publish|rb|rebuild|remove|rm|root|self-update|server|setup|store|un|uninstall|unlink|up|update|upgrade|why)$/,
  yarn: /^(add|audit|autoclean|bin|cache|config|constraints|create|dedupe|dlx|explain|generate-lock-entry|global|help|import|info|init|install|licenses|link|list|login|node|npm|outdated|owner|pack|patch|plugin|policies|publish|rebuild|remove|set|stage|tag|team|unlink|unplug|up|upgrade|upgrade-interactive|version|versions|why|workspaces)$/,
  bun: /^(add|audit|build|completions|create|info|init|link|outdated|patch|pm|publish|remove|repl|rm|test|unlink|update|upgrade|why)$/,
}

/** Whether a first word is a command of the package manager itself. */
export const isOwnCommand = (manager: Manager, word: string): boolean => ownCommands[manager].test(word)

/**
 * Whether `run` takes nothing but a script for this name. Those of yarn and bun also take a program of
 * node_modules/.bin, and bun a file; no program is called start or has a colon in its name.
 */
export const isScriptAlone = (manager: Manager, name: string): boolean =>
  manager === 'npm' || manager === 'pnpm' || name === 'start' || /^[\w-]+(:[\w-]+)+$/.test(name)

/** What npm and pnpm run as `start` without a script of that name; npm and yarn have an `env` of their own. */
export const hasDefault = (name: string, hasServer: boolean): boolean =>
  name === 'env' || name === 'restart' || (name === 'start' && hasServer)

/** `pnpm -w`, `--workspace-root`: the package at the top of the workspace is meant. npm names a member by -w. */
export const isForTop = ({manager, flags}: Request): boolean =>
  manager === 'pnpm' && flags.some((flag) => /^(?:-w|--workspace-root)$/.test(flag))

/** Undefined where nothing of the project is started, or it cannot be known. */
export function readRequest(words: readonly (string | undefined)[]): Request | undefined {
  const [program, ...rest] = words
  const manager = program?.split('/').at(-1)
  if (rest.includes(undefined)) return undefined
  if (manager === 'npx' || manager === 'bunx' || manager === 'pnpx') return programRequest(rest as string[])
  if (manager !== 'npm' && manager !== 'pnpm' && manager !== 'yarn' && manager !== 'bun') return undefined
  return managerRequest(manager, rest as string[])
}

/** What stands between `npx` and the program, and changes nothing of what it runs. */
export const isRunnerFlag = (word: string): boolean => /^(?:-y|--yes|--no|--no-install|--bun|--)$/.test(word)

/** `npx -y vite build`. With a package of another name than the program, what runs is not known. */
function programRequest(words: readonly string[]): Request | undefined {
  const start = words.findIndex((word) => !isRunnerFlag(word))
  const args = words.slice(start)
  if (start < 0 || args[0]?.startsWith('-')) return undefined
  const how = {folder: undefined, member: undefined, mustExist: false, flags: []}
  return {manager: 'npm', kind: 'program', name: '', args, ...how}
}

function managerRequest(manager: Manager, words: readonly string[]): Request | undefined {
  const places: Partial<Record<Meaning, string>> = {}
  const flags: string[] = []
  const plain: string[] = []
  let args: readonly string[] = []
  /** What stands behind the name of a script is the script's; npm takes its own flags from there too. */
  const named = () => plain.length > (/^(run|run-script|exec|x|workspace)$/.test(plain[0] ?? '') ? 1 : 0)
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string
    const isInstall = /^(ci|clean-install|i|install)$/.test(plain[0] ?? '')
    if (word === '--' || (manager !== 'npm' && named() && plain[0] !== 'workspace' && !isInstall)) {
      args = words.slice(word === '--' ? index + 1 : index)
      break
    }
    if (!word.startsWith('-')) plain.push(word)
    else {
      const [flag = '', value] = word.split(/=(.*)/s)
      const meaning = valued[manager].get(flag)
      if (meaning) places[meaning] = value ?? words[++index] ?? ''
      flags.push(flag)
    }
  }
  const how = {manager, folder: places.folder, member: places.member, flags}
  // Of all packages, or of those that a pattern finds.
  if (flags.some((flag) => /^(-r|--recursive|--workspaces|-ws|-g|--global)$/.test(flag))) return undefined
  const [verb, second, ...others] = plain
  const script = (name: string | undefined, more: readonly string[], mustExist: boolean): Request | undefined =>
    name === undefined
      ? undefined
      : {
          ...how,
          kind: 'script',
          name,
          args: more,
          mustExist: mustExist && !flags.includes('--if-present') && !name.startsWith('/'),
        }
  if (verb === undefined)
    return manager === 'yarn' ? {...how, kind: 'install', name: '', args: [], mustExist: false} : undefined
  if (/^(i|install|ci|clean-install)$/.test(verb)) {
    return second === undefined ? {...how, kind: 'install', name: '', args: [], mustExist: false} : undefined
  }
  // bun runs a file, too.
  const isFile = manager === 'bun' && /\/|\.[cm]?[jt]sx?$/.test(second ?? '')
  if (/^(run|run-script)$/.test(verb)) return script(second, [...others, ...args], !isFile)
  if (/^(exec|x)$/.test(verb)) {
    const all = [...plain.slice(1), ...args]
    return all.length > 0 ? {...how, kind: 'program', name: '', args: all, mustExist: false} : undefined
  }
  if (manager === 'npm') return /^(test|start|stop|restart)$/.test(verb) ? script(verb, args, false) : undefined
  if (verb === 'workspace' && manager === 'yarn') {
    const [name, ...more] = others[0] === 'run' ? others.slice(1) : others
    const inner = script(name, [...more, ...args], others[0] === 'run')
    return inner && second !== undefined && !ownCommands.yarn.test(name ?? '') ? {...inner, member: second} : undefined
  }
  // No program of node_modules/.bin has a colon in its name; Yarn also runs such a script of another package.
  return ownCommands[manager].test(verb) ? undefined : script(verb, args, manager === 'pnpm' && verb.includes(':'))
}
