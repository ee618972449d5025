import stagedSecrets from '../../../checks/live/staged-secrets.ts'
import {testCheck} from '../../harness.ts'
import {neverDeployed} from '../../machines.ts'

const files = {'fly.toml': 'app = "shop"\n'}
const secrets = (...status: (string | undefined)[]) => ({
  'secrets list -a shop': JSON.stringify(status.map((each, index) => ({name: `S${index}`, digest: 'x', status: each}))),
})

testCheck(stagedSecrets, {
  clean: {
    'all are deployed': {files, answers: secrets('Deployed', 'Deployed')},
    'all are called staged, as when flyctl cannot list releases': {files, answers: secrets('Staged', 'Staged')},
    'an old flyctl tells no status': {files, answers: secrets(undefined)},
    'nothing runs yet': {files, answers: {...secrets('Staged', 'Deployed'), ...neverDeployed}},
  },
  flagged: {
    'a staged secret': {
      files,
      answers: secrets('Deployed', 'Staged'),
      expect: ['info secrets(S1) this deploy also brings the staged secret S1 to the machines'],
    },
    'one that only some machines have': {
      files,
      answers: secrets('Deployed', 'Partial'),
      expect: ['warning secrets(S1) only some machines of shop have S1: an earlier deploy has not reached all of them'],
    },
  },
})
