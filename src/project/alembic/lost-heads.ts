/** A head that the commit before had, and that no revision has any more: a database which is there cannot go on. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {TextFile} from '../files/text.ts'
import {git} from '../git/git.ts'
import type {Inputs} from '../inputs.ts'
import type {AlembicEnvironment} from './environment.ts'
import {type Revision, readRevision} from './revision.ts'

export interface LostHead {
  id: string
  /** The file that had it, from the working directory. */
  file: string
  /** `origin/main`; of the main branch itself `HEAD^`. */
  ref: string
  /** The revision that stands in its place. */
  at: FileLocation
  upgrade: NonNullable<AlembicEnvironment['upgrade']>
}

/** Two calls of git where the versions have changed since, and one where they have not. */
export async function loadLostHeads({reader, repository}: Inputs, facts: FactStore): Promise<Fact<LostHead[]>> {
  const alembic = await facts.need('alembic')
  if (!(await repository.exists())) return absent('the project is in no git repository')
  const since = await facts.value('since')
  const ref = since?.ref ?? 'HEAD^'
  const commit = since?.commit ?? ref
  const found: LostHead[] = []
  for (const environment of alembic.environments) {
    const {upgrade, graph, undetermined} = environment
    // What stamps the database anew knows of it.
    if (!upgrade?.runsAll || !graph || graph.problems.length > 0) continue
    const [now] = graph.heads
    if (undetermined.length > 0 || !now) continue
    const before = await headBefore(reader.root, commit, environment)
    if (before && !environment.revisions.some(({id}) => id === before.id))
      found.push({id: before.id, file: before.at.file, ref, at: replacement(environment, before) ?? now.at, upgrade})
  }
  return known(found)
}

/** The one head that a commit had; undefined where it had several, or where that cannot be told. */
async function headBefore(
  root: string,
  commit: string,
  {versions, revisions}: AlembicEnvironment,
): Promise<Revision | undefined> {
  if (versions.length === 0 || versions.some((path) => path.startsWith('..'))) return undefined
  const changes = await git(root, [
    'diff',
    '--name-status',
    '--no-renames',
    '--relative',
    '-z',
    commit,
    '--',
    ...versions,
  ])
  if (changes.code !== 0 || changes.stdout === '') return undefined
  const fields = changes.stdout.split('\0')
  const changed = new Map<string, string>()
  for (let index = 0; index + 1 < fields.length; index += 2)
    changed.set(fields[index + 1] as string, fields[index] as string)
  const gone = [...changed].filter(
    ([path, how]) => how !== 'A' && path.endsWith('.py') && posix.basename(path) !== '__init__.py',
  )
  if (gone.length === 0 || gone.length > mostChanged) return undefined
  const old = revisions.filter(({at}) => !changed.has(at.file))
  for (const [file] of gone) {
    const {code, stdout} = await git(root, ['show', `${commit}:./${file}`])
    const revision = code === 0 ? readRevision(new TextFile(file, file, stdout), anyVersion).revision : undefined
    if (!revision) return undefined
    old.push(revision)
  }
  const followed = new Set(old.flatMap(({down}) => down))
  const [head, another] = old.filter(({id}) => !followed.has(id))
  // Two files with one id, or several heads: no deploy of it came to an end.
  return head && !another && new Set(old.map(({id}) => id)).size === old.length ? head : undefined
}

/** The version in which a revision was written need not be the one that runs now: what holds in all is enough. */
const anyVersion = {exact: undefined, least: undefined}

/** A history that is written anew has more of them, and whoever does so knows of the databases. */
const mostChanged = 20

/** The revision that follows what the lost one followed. */
const replacement = ({revisions}: AlembicEnvironment, {down}: Revision): FileLocation | undefined =>
  revisions.find((each) => each.down.length > 0 && each.down.every((id) => down.includes(id)))?.at
