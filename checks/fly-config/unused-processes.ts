import {defineCheck, keyPath, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/unused-processes',
  title: 'every list of process groups has an effect',
  why: 'A file that was meant for one process group is on the machines of all of them.',
  severity: 'info',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {config, groups} = flyConfig
    for (const [index, {processes = []}] of (config.files ?? []).entries()) {
      // flyctl merges the files of all groups before it looks at groups (appconfig/config.go, MergeFiles).
      if (processes.length === 0 || groups.every((group) => processes.includes(group))) continue
      yield {
        message: `${keyPath(['files', index, 'processes'])} has no effect: the file goes to the machines of every group`,
        at: flyConfig.at('files', index, 'processes'),
        hint: `Delete the line. What only ${processes.map(quote).join(', ')} may have does not belong in [[files]].`,
      }
    }
    if (config.deploy?.release_command_vm?.processes?.length) {
      yield {
        message: 'deploy.release_command_vm.processes has no effect: one machine runs the release command',
        at: flyConfig.at('deploy', 'release_command_vm', 'processes'),
        hint: 'Delete the line.',
      }
    }
  },
})
