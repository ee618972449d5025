/** What the user names is there: each throws a UsageError where it is not. */
import type {AnyCheck} from './check.ts'
import {factsOf, groupOf, names} from './engine/plan.ts'
import type {Loaders} from './facts.ts'
import type {Repository} from './project/git/repository.ts'
import {didYouMean} from './suggest.ts'
import {UsageError} from './usage-error.ts'

/** Every word of --only and --skip names a check or a group. */
export function assertNamed(words: readonly string[], checks: readonly AnyCheck[]): void {
  // A project need not have checks of its own to be told to go without them.
  const unknown = words.find((word) => word !== 'custom' && !checks.some((check) => names(word, check)))
  if (unknown === undefined) return
  const known = [...new Set(checks.map(groupOf)), ...checks.map(({id}) => id)]
  const meant = didYouMean(unknown, known)
  throw new UsageError(`there is no check or group ${unknown}.${meant}`, 'See them all: preflight list')
}

/** Every fact that a check asks for is there: of the built-in ones the compiler makes sure. */
export function assertFacts(checks: readonly AnyCheck[], loaders: Loaders): void {
  for (const check of checks) {
    const unknown = factsOf(check).find((name) => !Object.hasOwn(loaders, name))
    if (unknown === undefined) continue
    throw new UsageError(
      `${check.docs ?? check.id}: there is no fact ${unknown}.${didYouMean(unknown, Object.keys(loaders))}`,
    )
  }
}

/** --since names a commit. */
export async function assertCommit(ref: string | undefined, root: string, repository: Repository): Promise<void> {
  if (ref === undefined) return
  const {commitOf, refNames} = await import('./project/git/since.ts')
  if (await commitOf(ref, repository)) return
  const names = await refNames(root)
  if (!names) throw new UsageError(`--since ${ref} needs a git repository, and ${root} is in none`)
  throw new UsageError(
    `git knows no commit ${ref}, which --since names.${didYouMean(ref, names)}`,
    'In a shallow clone, fetch it first: with actions/checkout, fetch-depth: 0',
  )
}
