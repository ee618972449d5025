import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import type {Inputs} from '../inputs.ts'
import {git} from './git.ts'
import type {Repository} from './repository.ts'

/** The commit that what is new counts from, as far as git knows: what the live app was deployed from, it does not. */
export interface Since {
  /** `origin/main`, or what --since names. */
  ref: string
  /** Where the branch left it; of a history that is cut off before, the ref's own commit. */
  commit: string
  isMergeBase: boolean
  /** Whether that commit has the file; one that has moved is known by the last two names of its path. */
  had(path: string): boolean
}

export async function loadSince({repository, options}: Inputs, facts: FactStore): Promise<Fact<Since>> {
  if (!(await repository.exists())) return absent('git knows no main branch to compare with')
  return repository.once(`since ${options.since}`, (root) => readSince(root))

  async function readSince(root: string): Promise<Fact<Since>> {
    const asked = options.since
    const found = asked === undefined ? await mainBranch(root) : {ref: asked, commit: await commitOf(asked, repository)}
    if (!found) return absent('git knows no main branch to compare with')
    const {ref, commit} = found
    // It is known already: a call of git takes longer than most checks.
    const head = (await facts.value('git'))?.commit
    if (commit === undefined || head === undefined) return absent(`git knows no commit ${ref}`)
    const base = commit === head ? head : await mergeBase(root, commit)
    if (asked === undefined) {
      if (base === undefined) return absent(`git finds no common commit with ${ref}, as in a shallow clone`)
      // What it was deployed from before, only Fly.io knows.
      if (base === head) return absent(`this commit is on ${ref} itself`)
    }
    const listed = await git(root, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', base ?? commit])
    if (listed.code !== 0) return absent(`git cannot list the files of ${ref}`)
    const had = new Set(listed.stdout.split('\0').map(lastNames))
    return known({
      ref,
      commit: base ?? commit,
      isMergeBase: base !== undefined,
      had: (path) => had.has(lastNames(path)),
    })
  }
}

const lastNames = (path: string): string => path.split('/').slice(-2).join('/')

/** The commit that a name means; undefined where there is none. */
export function commitOf(ref: string, repository: Repository): Promise<string | undefined> {
  return repository.once(`commit ${ref}`, async (root) => {
    // No ref begins with a hyphen; git would take it for an option.
    if (ref.startsWith('-')) return undefined
    const {code, stdout} = await git(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])
    return code === 0 ? stdout.trim() : undefined
  })
}

/** The branches and tags; undefined outside a repository. */
export async function refNames(root: string): Promise<string[] | undefined> {
  const {code, stdout} = await git(root, ['for-each-ref', '--format=%(refname:short)'])
  return code === 0 ? stdout.split('\n').filter(Boolean) : undefined
}

/** What the remote calls its main branch, where the clone knows; else a branch of the usual name. */
async function mainBranch(root: string): Promise<{ref: string; commit: string} | undefined> {
  const usual = ['remotes/origin/HEAD', 'remotes/origin/main', 'remotes/origin/master', 'heads/main', 'heads/master']
  const {stdout} = await git(root, [
    'for-each-ref',
    '--format=%(refname) %(objectname) %(symref:short)',
    ...usual.map((name) => `refs/${name}`),
  ])
  const lines = new Map(stdout.split('\n').map((line) => [line.split(' ', 1)[0], line.split(' ')]))
  for (const name of usual) {
    const [, commit, symbolic] = lines.get(`refs/${name}`) ?? []
    if (commit) return {ref: symbolic || name.replace(/^\w+\//, ''), commit}
  }
  return undefined
}

async function mergeBase(root: string, commit: string): Promise<string | undefined> {
  const {code, stdout} = await git(root, ['merge-base', 'HEAD', commit])
  return code === 0 ? stdout.trim() : undefined
}
