import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'git/pushed',
  title: 'the latest commit is pushed',
  why: 'A commit that only this machine has is overwritten by the next deploy from anywhere else.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['git'],
  *run({git}) {
    if (git.commit === undefined) return 'there is no commit yet'
    // A CI checkout has no branch: what it deploys came from the remote.
    if (git.branch === undefined) return 'HEAD is detached, as in CI'
    if (!git.hasRemote) return 'the repository has no remote'
    if (git.upstream === undefined) {
      yield {
        message: `the branch ${git.branch} is on no remote: nobody else has commit ${git.commit.slice(0, 7)}`,
        at: {file: '.'},
        hint: `git push -u origin ${git.branch}`,
      }
    } else if (git.ahead === undefined) {
      yield {
        message: `the branch ${git.branch} follows ${git.upstream}, which is gone`,
        at: {file: '.'},
        hint: `git push -u origin ${git.branch}`,
      }
    } else if (git.ahead > 0) {
      const commits = git.ahead === 1 ? '1 commit' : `${git.ahead} commits`
      yield {message: `${git.branch} has ${commits} that ${git.upstream} lacks`, at: {file: '.'}, hint: 'git push'}
    }
  },
})
