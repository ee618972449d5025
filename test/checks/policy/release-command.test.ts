import releaseCommand from '../../../checks/policy/release-command.ts'
import {testCheck} from '../../harness.ts'
import {workflow} from '../ci/workflows.ts'

const migrates = '[deploy]\nrelease_command = "alembic upgrade head"\n'
const project = (rule: boolean, fly = '') => ({
  files: {'fly.toml': `app = "shop"\n${fly}`, 'preflight.toml': `[policy]\nrelease-command = ${rule}\n`},
})

testCheck(releaseCommand, {
  clean: {
    'one is demanded and there': project(true, migrates),
    'none is allowed and none is there': project(false),
    'an empty one is none': project(false, '[deploy]\nrelease_command = ""\n'),
    'what is not there may be skipped': {
      files: {...workflow({run: 'flyctl deploy --skip-release-command'}).files, ...project(false).files},
    },
  },
  flagged: {
    'one is demanded': {
      ...project(true),
      expect: ['error fly.toml:1:1 fly.toml has no release_command, [policy] demands one'],
    },
    'none is allowed': {
      ...project(false, migrates),
      expect: ['error fly.toml:3:1 fly.toml has a release_command, [policy] allows none'],
    },
    'a deploy leaves it out': {
      files: {...workflow({run: 'flyctl deploy --skip-release-command'}).files, ...project(true, migrates).files},
      expect: [
        'error .github/workflows/deploy.yml:8:14 this deploy has --skip-release-command, [policy] demands that the release command runs',
      ],
    },
  },
  skipped: {'no policy': {files: {'fly.toml': 'app = "shop"\n'}, reason: '[policy] says nothing of a release command'}},
})
