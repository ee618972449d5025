import pkg from '../../package.json' with {type: 'json'}

/** What package.json may say of where its sources are. */
type Repository = string | {url: string; directory?: string}

/** Whether it is the page of a check that the project has of its own, relative to the working directory. */
export const isOfProject = (docs: string): boolean => docs.startsWith('./')

/**
 * The address of a page of the package (`checks/git/clean.md`), where its repository is one of GitHub or GitLab:
 * else undefined, and the page is found in the package alone (`preflight explain ID`).
 */
export function pageUrl(
  docs: string,
  repository: Repository | undefined = (pkg as {repository?: Repository}).repository,
): string | undefined {
  if (repository === undefined || isOfProject(docs)) return undefined
  const {url, directory = ''} = typeof repository === 'string' ? {url: repository} : repository
  const match = address.exec(url)
  if (!match) return undefined
  const [, host = 'github', path] = match
  const tree = `https://${host}.com/${path}/${host === 'gitlab' ? '-/' : ''}blob/HEAD`
  return [tree, directory, docs].filter(Boolean).join('/')
}

/** `https://github.com/owner/name.git`, `git@gitlab.com:owner/name`, `github:owner/name`, `owner/name` and the like. */
const address =
  /^(?:(?:git\+)?(?:https?|ssh|git):\/\/(?:[^/@]+@)?|git@)?(?:(github|gitlab)(?:\.com)?[:/])?([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/
