import {execFile} from 'node:child_process'
import {posix} from 'node:path'
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

/** Runs git in the working directory. Nothing that the checked repository configures may be executed. */
export function git(
  root: string,
  args: readonly string[],
): Promise<{code: number | string; stdout: string; stderr: string}> {
  const safe = [
    '--no-optional-locks',
    '-c',
    'core.fsmonitor=false',
    '-c',
    'core.hooksPath=/dev/null',
    '-c',
    'core.quotePath=false',
    // It would run gpg, by a name that the configuration gives.
    '-c',
    'log.showSignature=false',
  ]
  return new Promise((done) => {
    execFile(
      'git',
      [...safe, ...args],
      {
        cwd: root,
        timeout: 30_000,
        maxBuffer: 256 * 1024 * 1024,
        // A partial clone would fetch what it lacks, by commands and addresses that its configuration names.
        env: {...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: ''},
      },
      (error, stdout, stderr) => done({code: error ? (error.code ?? 'killed') : 0, stdout, stderr}),
    )
  })
}

export async function loadGit({reader}: Inputs): Promise<Fact<Git>> {
  const status = await git(reader.root, [
    'status',
    '--porcelain=v2',
    '--branch',
    '--untracked-files=normal',
    '-z',
    '--',
    '.',
  ])
  if (status.code === 'ENOENT') return failed('git is not installed')
  if (status.code !== 0) {
    // 128 without "not a git repository" is a broken or foreign repository: unknown, not absent.
    if (/not a git repository/i.test(status.stderr)) return absent('the folder is no git repository')
    return failed(`git status failed: ${status.stderr.trim().split('\n')[0] ?? ''}`)
  }
  const parsed = parseStatus(status.stdout)
  // Paths come from the top of the repository, whatever folder git runs in. The usual clean tree needs no second call.
  const dirty = parsed.changed.length + parsed.untracked.length > 0
  const prefix = dirty ? (await git(reader.root, ['rev-parse', '--show-prefix'])).stdout.trim() : ''
  const here = (path: string) => posix.relative(prefix, path) || '.'
  return known({
    ...parsed,
    changed: parsed.changed.map(here),
    untracked: parsed.untracked.map(here),
    hasRemote: parsed.upstream !== undefined || (await git(reader.root, ['remote'])).stdout.trim() !== '',
  })
}

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
