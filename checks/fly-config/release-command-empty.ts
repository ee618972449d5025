import {defineCheck, splitWords} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/release-command-empty',
  title: 'the release command has a program to run',
  why: "With a blank release command flyctl starts the app itself in the release command's place, and waits for its end.",
  // It ends well where the image's own command ends by itself.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const command = flyConfig.config.deploy?.release_command
    if (!command || splitWords(command)?.length !== 0) return
    yield {
      message: `deploy.release_command is ${command.trim() ? 'only a comment' : 'blank'}, which is not the same as none: the image's own command runs in its place, and the deploy waits for it to end until the timeout`,
      at: flyConfig.at('deploy', 'release_command'),
      hint: `Delete the line, or write ${flyConfig.setting('release_command', '')}`,
    }
  },
})
