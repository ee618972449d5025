import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'policy/release-command',
  title: 'there is a release command where the policy wants one',
  why: "The project's own rule in preflight.toml is broken: the code would run on a schema that was not migrated, or be migrated where it must not.",
  severity: 'error',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['settings', 'flyConfig'],
  uses: ['deployCommands'],
  *run({settings: {policy}, flyConfig, deployCommands}) {
    const {releaseCommand: rule} = policy
    if (!rule) return '[policy] says nothing of a release command'
    const command = flyConfig.config.deploy?.release_command
    if (Boolean(command) !== rule.value) {
      yield {
        message: rule.value
          ? `${flyConfig.file} has no release_command, [policy] demands one`
          : `${flyConfig.file} has a release_command, [policy] allows none`,
        at: flyConfig.at('deploy', 'release_command'),
        related: [rule.at],
        hint: rule.value
          ? `Under [deploy] write ${flyConfig.setting('release_command', 'COMMAND')}, such as the one that migrates the database.`
          : 'Take it out of the file.',
      }
    }
    for (const {at, flags} of rule.value ? (deployCommands?.commands ?? []) : []) {
      if (!flags.has('--skip-release-command')) continue
      yield {
        message: 'this deploy has --skip-release-command, [policy] demands that the release command runs',
        at,
        related: [rule.at],
        hint: 'Deploy without the flag.',
      }
    }
  },
})
