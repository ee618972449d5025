import {execFile} from 'node:child_process'
import {dirname} from 'node:path'
import {afterWaiting} from '../../after-waiting.ts'
import {pipeOfGit} from './git-pipes.ts'

/**
 * What git would otherwise start or fetch because the repository configures it so: a monitor of files, hooks, and what
 * brings the objects that a partial clone lacks. `filter.NAME` has its own function, as the names must be known.
 */
const safe = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.quotePath=false',
  'protocol.allow=never',
  // It would run gpg, by a name that the configuration gives.
  'log.showSignature=false',
  // With all that, git need not refuse a repository of another user: a container's checkout has one mostly.
  'safe.directory=*',
]

/**
 * By which git tells a hook about its own repository (`git rev-parse --local-env-vars`, without the configuration). That
 * need not be the working directory's, and of a linked worktree it is wrong in every folder but the top one.
 */
const ofTheHook = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_SHALLOW_FILE',
]

/** Runs git in the working directory. Nothing that the checked repository configures may be executed. */
export function git(
  root: string,
  args: readonly string[],
  {config = [], input}: {config?: readonly (readonly [key: string, value: string])[]; input?: string} = {},
): Promise<{code: number | string; stdout: string; stderr: string}> {
  const options = ['-C', root, '--no-optional-locks', ...safe.flatMap((each) => ['-c', each])]
  return new Promise((done) => {
    const fail = (error: unknown) =>
      done({code: (error as NodeJS.ErrnoException).code ?? 'failed', stdout: '', stderr: String(error)})
    try {
      const pipe = pipeOfGit(root)
      if (pipe !== undefined) return fail(`${pipe} is a named pipe, and git would wait for somebody to write into it`)
      const child = execFile(
        'git',
        [...options, ...args],
        {
          // Windows looks for a program in this folder first: so it is not the project's.
          cwd: dirname(process.execPath),
          maxBuffer: 256 * 1024 * 1024,
          env: {
            ...process.env,
            ...Object.fromEntries(ofTheHook.map((name) => [name, undefined])),
            LC_ALL: 'C',
            GIT_TERMINAL_PROMPT: '0',
            GIT_NO_LAZY_FETCH: '1',
            GIT_ALLOW_PROTOCOL: '',
            ...settingsOf(config),
          },
        },
        (error, stdout, stderr) => {
          endWaiting()
          done({code: error ? (error.code ?? 'killed') : 0, stdout, stderr})
        },
      )
      const endWaiting = afterWaiting(30_000, () => child.kill())
      child.on('error', fail)
      if (input !== undefined) child.stdin?.on('error', () => undefined).end(input)
    } catch (error) {
      // A name with a NUL, more names than a command line may have, no process left.
      fail(error)
    }
  })
}

/** Settings for git by its environment, where a name may hold what it likes; behind those that are there. */
function settingsOf(config: readonly (readonly [key: string, value: string])[]): Record<string, string> {
  const first = Number(process.env.GIT_CONFIG_COUNT) || 0
  const pairs = config.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${first + index}`, key],
    [`GIT_CONFIG_VALUE_${first + index}`, value],
  ])
  return config.length === 0 ? {} : {GIT_CONFIG_COUNT: String(first + config.length), ...Object.fromEntries(pairs)}
}

/**
 * Those of the paths that git ignores, or would. One that git cannot say anything about does not spoil the others. All of
 * them where git ends without an answer, as on a machine that has too much to do: nothing is told of what it may ignore.
 */
export async function ignoredPaths(root: string, paths: readonly string[]): Promise<Set<string>> {
  if (paths.length === 0) return new Set()
  const {code, stdout, stderr} = await git(root, ['check-ignore', '-v', '-z', '--stdin'], {input: paths.join('\0')})
  if (code === 0 || code === 1) {
    // A negated pattern takes a path in again; an empty one, of a blank line with CR LF, means nothing though git finds it in `path/`.
    const rules = [...rulesIn(stdout)].filter(([, {pattern}]) => pattern !== '' && !pattern.startsWith('!'))
    return new Set(rules.map(([path]) => path))
  }
  if (typeof code === 'string' && code !== 'ENOENT') return new Set(paths)
  const isOneOfThem = /beyond a symbolic link|outside repository/.test(stderr)
  if (paths.length === 1 || !isOneOfThem) return new Set()
  const middle = Math.ceil(paths.length / 2)
  const halves = [paths.slice(0, middle), paths.slice(middle)].map((half) => ignoredPaths(root, half))
  return new Set((await Promise.all(halves)).flatMap((each) => [...each]))
}

/** What git ignores a path by: the file that says so, its line, and the pattern. */
export interface IgnoringRule {
  file: string
  line: number
  pattern: string
}

/** Of the paths that git ignores, by what (git-scm.com/docs/git-check-ignore, `--verbose -z`). None where git does not answer. */
export async function ignoringRules(root: string, paths: readonly string[]): Promise<Map<string, IgnoringRule>> {
  if (paths.length === 0) return new Map()
  const {code, stdout} = await git(root, ['check-ignore', '-v', '-z', '--stdin'], {input: paths.join('\0')})
  return rulesIn(code === 0 ? stdout : '')
}

/** What `check-ignore --verbose -z` tells, by the path: four words for each. */
function rulesIn(output: string): Map<string, IgnoringRule> {
  const found = new Map<string, IgnoringRule>()
  const words = output.split('\0')
  for (let index = 0; index + 3 < words.length; index += 4) {
    const [file = '', line = '', pattern = '', path = ''] = words.slice(index, index + 4)
    found.set(path, {file, line: Number(line), pattern})
  }
  return found
}
