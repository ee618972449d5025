import pkg from '../../package.json' with {type: 'json'}

/** What package.json may say of where its sources are. */
export type Repository = string | {url: string; directory?: string}

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
  const place = repositoryOf(repository)
  if (!place) return undefined
  const {host, path} = place
  const directory = typeof repository === 'string' ? '' : repository.directory
  const tree = `https://${host}.com/${path}/${host === 'gitlab' ? '-/' : ''}blob/HEAD`
  return [tree, directory, docs].filter(Boolean).join('/')
}

/** What package.json names, where it is one of GitHub or GitLab: `github`, `owner/name`. */
export function repositoryOf(repository: Repository): {host: string; path: string} | undefined {
  const [match, host = 'github', path = ''] =
    address.exec(typeof repository === 'string' ? repository : repository.url) ?? []
  return match === undefined ? undefined : {host, path}
}

/** `https://github.com/owner/name.git`, `git@gitlab.com:owner/name`, `github:owner/name`, `owner/name` and the like. */
const address =
  /^(?:(?:git\+)?(?:https?|ssh|git):\/\/(?:[^/@]+@)?|git@)?(?:(github|gitlab)(?:\.com)?[:/])?([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/
