import {absent, type Fact, known} from '../facts.ts'
import {git} from './git.ts'
import type {Inputs} from './inputs.ts'

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

export async function loadSince({reader: {root}, options}: Inputs): Promise<Fact<Since>> {
  const asked = options.since
  const main = asked === undefined ? await mainBranch(root) : undefined
  if (asked === undefined && !main) return absent('git knows no main branch to compare with')
  const ref = asked ?? (main as string)
  const commit = await commitOf(root, ref)
  const head = await commitOf(root, 'HEAD')
  if (commit === undefined || head === undefined) return absent(`git knows no commit ${ref}`)
  const base = await mergeBase(root, commit)
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

const lastNames = (path: string): string => path.split('/').slice(-2).join('/')

/** The commit that a name means; undefined where there is none. */
export async function commitOf(root: string, ref: string): Promise<string | undefined> {
  // No ref begins with a hyphen; git would take it for an option.
  if (ref.startsWith('-')) return undefined
  const {code, stdout} = await git(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])
  return code === 0 ? stdout.trim() : undefined
}

/** The branches and tags; undefined outside a repository. */
export async function refNames(root: string): Promise<string[] | undefined> {
  const {code, stdout} = await git(root, ['for-each-ref', '--format=%(refname:short)'])
  return code === 0 ? stdout.split('\n').filter(Boolean) : undefined
}

/** What the remote calls its main branch, where the clone knows; else a branch of the usual name. */
async function mainBranch(root: string): Promise<string | undefined> {
  const usual = ['remotes/origin/HEAD', 'remotes/origin/main', 'remotes/origin/master', 'heads/main', 'heads/master']
  const {stdout} = await git(root, [
    'for-each-ref',
    '--format=%(refname) %(symref:short)',
    ...usual.map((name) => `refs/${name}`),
  ])
  const found = new Map(stdout.split('\n').map((each) => each.split(' ') as [string, string]))
  const name = usual.find((each) => found.has(`refs/${each}`))
  return name && (found.get(`refs/${name}`) || name.replace(/^\w+\//, ''))
}

async function mergeBase(root: string, commit: string): Promise<string | undefined> {
  const {code, stdout} = await git(root, ['merge-base', 'HEAD', commit])
  return code === 0 ? stdout.trim() : undefined
}
