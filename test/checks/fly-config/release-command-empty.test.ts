import releaseCommandEmpty from '../../../checks/fly-config/release-command-empty.ts'
import {testCheck} from '../../harness.ts'

const deploy = (text: string) => ({files: {'fly.toml': `[deploy]\n${text}\n`}})
const message = (what: string) =>
  `deploy.release_command is ${what}, which is not the same as none: the image's own command runs in its place, and the deploy waits for it to end until the timeout`

testCheck(releaseCommandEmpty, {
  clean: {
    'an empty text, which is none': deploy('release_command = ""'),
    'a command with a comment': deploy('release_command = "a # b"'),
    'a comment in TOML': deploy('# release_command = "a"'),
    'one empty word': deploy('release_command = "\'\'"'),
    'what flyctl cannot split': deploy('release_command = "\'"'),
  },
  flagged: {
    blanks: {...deploy('release_command = "  "'), expect: [`warning fly.toml:2:1 ${message('blank')}`]},
    'a comment': {
      ...deploy('release_command = "# alembic upgrade head"'),
      expect: [`warning fly.toml:2:1 ${message('only a comment')}`],
    },
    'in YAML': {
      files: {'fly.yaml': 'deploy:\n  release_command: "\\n"\n'},
      expect: [`warning fly.yaml:2:3 ${message('blank')}`],
    },
  },
})
