import {posix} from 'node:path'
import type {Tracked} from '../files/files.ts'
import {git} from '../git/git.ts'
import type {AlembicEnvironment} from './environment.ts'
import type {Revision} from './revision.ts'

/** Of several heads: where they come from, and what joins them. */
export interface SeveralHeads {
  /** The commit that brought each, in the order of the heads; undefined where git does not tell. */
  commits: (HeadCommit | undefined)[]
  /** To be run in the working directory. */
  mergeCommand: string
}

/** `1a2b3c4`, `2026-11-02`. */
export interface HeadCommit {
  hash: string
  date: string
}

/** undefined where there is one head or none. */
export async function severalHeads(
  environment: AlembicEnvironment,
  {root, paths}: {root: string; paths: Tracked},
): Promise<SeveralHeads | undefined> {
  const heads = environment.graph?.heads ?? []
  if (heads.length < 2) return undefined
  const commits = await Promise.all(heads.slice(0, 4).map(({at}) => commitThatAdded(root, at.file)))
  return {commits, mergeCommand: mergeCommand(environment, heads, paths)}
}

async function commitThatAdded(root: string, path: string): Promise<HeadCommit | undefined> {
  const {code, stdout} = await git(root, ['log', '-1', '--diff-filter=A', '--format=%h %cs %p', '--', path])
  const [hash, date, parent] = stdout.trim().split(' ')
  // The first commit has everything, and so has the last one that a shallow clone knows.
  return code === 0 && hash && date && parent ? {hash, date} : undefined
}

const runners = [
  ['uv.lock', 'uv run'],
  ['poetry.lock', 'poetry run'],
  ['pdm.lock', 'pdm run'],
  ['Pipfile', 'pipenv run'],
] as const

/** `uv run alembic merge -m "merge heads" a b`, as this project would call it. */
export function mergeCommand(
  {config, section, flask, cwd, upgrade}: Pick<AlembicEnvironment, 'config' | 'section' | 'flask' | 'cwd' | 'upgrade'>,
  heads: readonly Pick<Revision, 'id'>[],
  paths: Tracked,
): string {
  const folder = posix.dirname(config)
  // Flask-Migrate has its alembic.ini in the folder that it calls its directory.
  const from = flask ? posix.dirname(folder) : cwd
  const [, asDeployed] = /^((?:uv|poetry|pdm|pipenv) run)\s/.exec(upgrade?.command ?? '') ?? []
  const [, byLock] = runners.find(([lock]) => paths.has(posix.join(from, lock)) || paths.has(lock)) ?? []
  const runner = asDeployed ?? byLock
  const ini = posix.relative(from, config)
  const options = flask
    ? posix.basename(folder) === 'migrations'
      ? []
      : ['-d', posix.basename(folder)]
    : [
        ...(ini === 'alembic.ini' || ini.endsWith('pyproject.toml') ? [] : ['-c', ini]),
        ...(section === 'alembic' ? [] : ['-n', section]),
      ]
  const call = flask ? ['flask db merge', ...options] : ['alembic', ...options, 'merge']
  const ids = heads.map(({id}) => (/^[\w.]+$/.test(id) ? id : `'${id}'`))
  return [
    ...(from === '.' ? [] : [`cd ${from} &&`]),
    ...(runner ? [runner] : []),
    ...call,
    '-m "merge heads"',
    ...ids,
  ].join(' ')
}
