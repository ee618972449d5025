import {absent, type Fact, failed, known} from '../../facts.ts'
import {git} from './git.ts'

/** What `git status` tells of the working directory and of the upstream. */
export interface Status {
  /** undefined before the first commit. */
  commit: string | undefined
  /** undefined with a detached HEAD, as in a CI checkout. */
  branch: string | undefined
  upstream: string | undefined
  /** Commits that the upstream lacks; undefined when there is no upstream or it is gone. */
  ahead: number | undefined
  /** Files in the working directory that differ from the commit, relative to it. */
  changed: string[]
  /** Of these, tracked files that are not there. */
  gone: string[]
  /** A folder that git tracks nothing of is named in place of its files, with a `/`; '.' is the working directory. */
  untracked: string[]
}

/** What git knows of the working directory. */
export interface Git extends Status {
  hasRemote: boolean
}

/** `foldsCase`: git was told that the disk does not tell upper and lower case apart. */
export interface StatusRead {
  status: Fact<Git>
  foldsCase: boolean
}

/** Without the untracked files, each path from the top of the repository. */
export async function readStatus(root: string): Promise<StatusRead> {
  const options = ['--porcelain=v2', '--branch', '--untracked-files=no', '--no-renames', '-z']
  // Of a submodule only the commit counts: to look into it, git would go by its configuration.
  const args = ['status', ...options, '--ignore-submodules=dirty', '--', '.']
  const {hasRemote, foldsCase, withoutFilters} = await readConfig(root)
  const answer = await git(root, args, {config: withoutFilters})
  return {status: statusOf(answer, hasRemote), foldsCase}
}

function statusOf({code, stdout, stderr}: Awaited<ReturnType<typeof git>>, hasRemote: boolean): Fact<Git> {
  if (code === 'ENOENT') return failed('git is not installed')
  if (code === 0) return known({...parseStatus(stdout), hasRemote})
  // 128 without "not a git repository" is a broken or foreign repository: unknown, not absent.
  if (/not a git repository/i.test(stderr)) return absent('the folder is no git repository')
  return failed(`git status failed: ${stderr.trim().split('\n')[0] || reasonOf(code)}`)
}

/** Why git said nothing: it was not started, or ended after its time. */
const reasonOf = (code: number | string): string =>
  code === 'killed' ? 'it gave no answer within 30 s' : typeof code === 'string' ? code : `exit code ${code}`

/**
 * What the configuration says that must be known before git looks at files: whether there is a remote, whether the disk
 * tells upper and lower case apart (`git init` and `git clone` write where it does not), and the programs by which the repository's own configuration would have files read, each taken out. A filter of the user's own
 * configuration (git-lfs) stays: it is not the project's.
 */
async function readConfig(
  root: string,
): Promise<{hasRemote: boolean; foldsCase: boolean; withoutFilters: [key: string, value: string][]}> {
  const pattern = '^(core\\.ignorecase|filter\\..*\\.(clean|process)|remote\\..*\\.(url|fetch))$'
  const {stdout} = await git(root, ['config', '--show-scope', '--name-only', '-z', '--get-regexp', pattern])
  const words = stdout.split('\0')
  const entries = words.flatMap((name, index) => (index % 2 === 1 ? [{name, scope: words[index - 1] as string}] : []))
  return {
    hasRemote: entries.some(({name}) => name.startsWith('remote.')),
    // The value is left out, as that of a remote can be secret. Where it is false, nothing is spelled otherwise.
    foldsCase: entries.some(({name}) => name === 'core.ignorecase'),
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

/** Reads `git status --porcelain=v2 --branch -z` (git-status(1), "Porcelain Format Version 2"). */
export function parseStatus(output: string): Status {
  const result: Status = {
    commit: undefined,
    branch: undefined,
    upstream: undefined,
    ahead: undefined,
    changed: [],
    gone: [],
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
    else if (key === '1') change(rest.slice(7), rest[4])
    else if (key === 'u') change(rest.slice(9), rest[5])
    else if (key === '2') {
      change(rest.slice(8), rest[4])
      index++ // a rename carries its old path in the next entry
    } else if (key === '?') result.untracked.push(rest.join(' '))
  }
  return result

  function change(words: readonly string[], modeInFolder: string | undefined): void {
    const path = words.join(' ')
    result.changed.push(path)
    if (modeInFolder === '000000') result.gone.push(path)
  }
}
