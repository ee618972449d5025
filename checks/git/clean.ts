import {defineCheck, plural} from '../../src/check.ts'

export default defineCheck({
  id: 'git/clean',
  title: 'the working tree is clean',
  why: 'flyctl deploys the files of the folder, so what is not committed goes live and no commit can reproduce it.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['git'],
  *run({git}) {
    const files = [...git.changed, ...git.untracked]
    const [first, ...others] = files
    if (first === undefined) return
    const parts = [
      git.changed.length > 0 && plural(git.changed.length, 'changed file'),
      git.untracked.length > 0 &&
        plural(git.untracked.length, git.untracked.some(isFolder) ? 'untracked path' : 'untracked file'),
    ].filter(Boolean)
    yield {
      message: `${parts.join(' and ')}, so no commit says what is deployed: ${files.slice(0, 3).map(nameOf).join(', ')}${files.length > 3 ? ' …' : ''}`,
      at: {file: first},
      related: others.slice(0, 9).map((file) => ({file})),
      hint: 'Commit them; what does not belong in the image goes into .gitignore and .dockerignore.',
    }
  },
})

/** git names a folder of which it tracks nothing, not its files. */
const isFolder = (path: string) => path === '.' || path.endsWith('/')
const nameOf = (path: string) => (path === '.' ? 'this whole folder' : path)
