import pushed from '../../../checks/git/pushed.ts'
import {testCheck} from '../../harness.ts'

const commit = '# branch.oid 3f0c7a1d9be84c25f6a7b8c9d0e1f2a3b4c5d6e7\n'

testCheck(pushed, {
  clean: {
    'the upstream has it': {git: `${commit}# branch.head main\n# branch.upstream origin/main\n# branch.ab +0 -3`},
  },
  flagged: {
    'one commit ahead': {
      git: `${commit}# branch.head main\n# branch.upstream origin/main\n# branch.ab +1 -0`,
      expect: ['warning . main has 1 commit that origin/main lacks'],
    },
    'a branch that is on no remote': {
      git: `${commit}# branch.head fix`,
      expect: ['warning . the branch fix is on no remote: nobody else has commit 3f0c7a1'],
    },
    'an upstream that was deleted': {
      git: `${commit}# branch.head fix\n# branch.upstream origin/fix`,
      expect: ['warning . the branch fix follows origin/fix, which is gone'],
    },
  },
  skipped: {
    'before the first commit': {git: '# branch.oid (initial)\n# branch.head main', reason: 'there is no commit yet'},
    'a CI checkout': {git: `${commit}# branch.head (detached)`, reason: 'HEAD is detached, as in CI'},
    'no remote': {git: `${commit}# branch.head main`, hasRemote: false, reason: 'the repository has no remote'},
    'no repository': {reason: 'the folder is no git repository'},
  },
})
