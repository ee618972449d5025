import type {Since} from '../git/since.ts'
import type {AlembicEnvironment} from './environment.ts'
import type {Revision} from './revision.ts'

/**
 * The revisions that the next deploy most likely brings: those whose files the base lacks. Without a base, the heads:
 * nothing says how many of those below are deployed. So it is with files that git ignores, which no commit has.
 */
export function newRevisions(
  {revisions, ignored}: Pick<AlembicEnvironment, 'revisions' | 'ignored'>,
  since: Pick<Since, 'had'> | undefined,
): ReadonlySet<Revision> {
  const followed = new Set(revisions.flatMap(({down}) => down))
  return new Set(
    revisions.filter(({id, at}) => (since && !ignored.includes(at.file) ? !since.had(at.file) : !followed.has(id))),
  )
}
