import {execFile} from 'node:child_process'
import {dirname, posix} from 'node:path'
import {absent, type Fact, failed, known} from '../facts.ts'
import type {Inputs} from './inputs.ts'

/** The working tree and its upstream, as `git status` tells them. */
export interface Git {
  /** undefined before the first commit. */
  commit: string | undefined
  /** undefined with a detached HEAD, as in a CI checkout. */
  branch: string | undefined
  upstream: string | undefined
  /** Commits that the upstream lacks; undefined when there is no upstream or it is gone. */
  ahead: number | undefined
  hasRemote: boolean
  /** Files in the working directory that differ from the commit, relative to it. */
  changed: string[]
  untracked: string[]
}

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
      const child = execFile(
        'git',
        [...options, ...args],
        {
          // Windows looks for a program in this folder first: so it is not the project's.
          cwd: dirname(process.execPath),
          timeout: 30_000,
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
        (error, stdout, stderr) => done({code: error ? (error.code ?? 'killed') : 0, stdout, stderr}),
      )
      child.on('error', fail)
      if (input !== undefined) child.stdin?.on('error', () => undefined).end(input)
    } catch (error) {
      // A name with a NUL, more names than a command line may have, no process left.
      fail(error)
    }
  })
}

/**
 * What the configuration says that must be known before git looks at files: whether there is a remote, and the programs
 * by which the repository's own configuration would have files read, each taken out. A filter of the user's own
 * configuration (git-lfs) stays: it is not the project's.
 */
async function readConfig(root: string): Promise<{hasRemote: boolean; withoutFilters: [key: string, value: string][]}> {
  const pattern = '^(filter\\..*\\.(clean|process)|remote\\..*\\.(url|fetch))$'
  const {stdout} = await git(root, ['config', '--show-scope', '--name-only', '-z', '--get-regexp', pattern])
  const words = stdout.split('\0')
  const entries = words.flatMap((name, index) => (index % 2 === 1 ? [{name, scope: words[index - 1] as string}] : []))
  return {
    hasRemote: entries.some(({name}) => name.startsWith('remote.')),
    withoutFilters: entries.flatMap(({name, scope}): [string, string][] =>
      name.startsWith('filter.') && /^(local|worktree)$/.test(scope)
        ? [
            [name, ''],
            [`${name.slice(0, name.lastIndexOf('.'))}.required`, 'false'],
          ]
        : [],
    ),
  }
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

/** Those of the paths that git ignores, or would. One that git cannot say anything about does not spoil the others. */
export async function ignoredPaths(root: string, paths: readonly string[]): Promise<Set<string>> {
  if (paths.length === 0) return new Set()
  const {code, stdout, stderr} = await git(root, ['check-ignore', '-z', '--stdin'], {input: paths.join('\0')})
  if (code === 0 || code === 1) return new Set(stdout.split('\0').filter(Boolean))
  const isOneOfThem = /beyond a symbolic link|outside repository/.test(stderr)
  if (paths.length === 1 || !isOneOfThem) return new Set()
  const middle = Math.ceil(paths.length / 2)
  const halves = [paths.slice(0, middle), paths.slice(middle)].map((half) => ignoredPaths(root, half))
  return new Set((await Promise.all(halves)).flatMap((each) => [...each]))
}

export async function loadGit({reader}: Inputs): Promise<Fact<Git>> {
  const options = ['--porcelain=v2', '--branch', '--untracked-files=normal', '--no-renames', '-z']
  // Of a submodule only the commit counts: to look into it, git would go by its configuration.
  const args = ['status', ...options, '--ignore-submodules=dirty', '--', '.']
  const {hasRemote, withoutFilters} = await readConfig(reader.root)
  const status = await git(reader.root, args, {config: withoutFilters})
  if (status.code === 'ENOENT') return failed('git is not installed')
  if (status.code !== 0) {
    // 128 without "not a git repository" is a broken or foreign repository: unknown, not absent.
    if (/not a git repository/i.test(status.stderr)) return absent('the folder is no git repository')
    return failed(`git status failed: ${status.stderr.trim().split('\n')[0] || reasonOf(status.code)}`)
  }
  const parsed = parseStatus(status.stdout)
  // Paths come from the top of the repository, whatever folder git runs in. The usual clean tree needs no second call.
  const dirty = parsed.changed.length + parsed.untracked.length > 0
  const prefix = dirty ? (await git(reader.root, ['rev-parse', '--show-prefix'])).stdout.replace(/\n$/, '') : ''
  const here = (path: string) => posix.relative(prefix, path) || '.'
  return known({
    ...parsed,
    changed: parsed.changed.map(here),
    untracked: parsed.untracked.map(here),
    hasRemote,
  })
}

/** Why git said nothing: it was not started, or ended after its time. */
const reasonOf = (code: number | string): string =>
  code === 'killed' ? 'it gave no answer within 30 s' : typeof code === 'string' ? code : `exit code ${code}`

/** Reads `git status --porcelain=v2 --branch -z` (git-status(1), "Porcelain Format Version 2"). */
export function parseStatus(output: string): Omit<Git, 'hasRemote'> {
  const result: Omit<Git, 'hasRemote'> = {
    commit: undefined,
    branch: undefined,
    upstream: undefined,
    ahead: undefined,
    changed: [],
    untracked: [],
  }
  const entries = output.split('\0')
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index] as string
    const [key, ...rest] = entry.split(' ')
    if (entry.startsWith('# branch.oid ')) result.commit = rest[1] === '(initial)' ? undefined : rest[1]
    else if (entry.startsWith('# branch.head ')) result.branch = rest[1] === '(detached)' ? undefined : rest[1]
    else if (entry.startsWith('# branch.upstream ')) result.upstream = rest[1]
    else if (entry.startsWith('# branch.ab ')) result.ahead = Number(rest[1])
    else if (key === '1') result.changed.push(rest.slice(7).join(' '))
    else if (key === 'u') result.changed.push(rest.slice(9).join(' '))
    else if (key === '2') {
      result.changed.push(rest.slice(8).join(' '))
      index++ // a rename carries its old path in the next entry
    } else if (key === '?') result.untracked.push(rest.join(' '))
  }
  return result
}
