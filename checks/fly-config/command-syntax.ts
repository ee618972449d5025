import {defineCheck, keyPath, readWords} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/command-syntax',
  title: 'flyctl can split every command into words',
  why: 'flyctl refuses the whole file when a quote in one of its commands is never closed.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {console_command: consoleCommand, deploy, processes = {}} = flyConfig.config
    const commands: [path: string[], command: string | undefined][] = [
      [['console_command'], consoleCommand],
      [['deploy', 'release_command'], deploy?.release_command],
      ...Object.entries(processes).map(([group, command]): [string[], string] => [['processes', group], command]),
    ]
    for (const [path, command = ''] of commands) {
      const {open} = readWords(command)
      if (!open) continue
      yield {
        message:
          open === '\\'
            ? `${keyPath(path)} ends with a backslash, and nothing follows that it could stand for`
            : `${keyPath(path)} opens a ${open === '"' ? 'double' : 'single'} quote (${open}) that it never closes`,
        at: flyConfig.valueAt(...path),
        hint: {
          '\\': 'Delete the backslash, or write two of them.',
          '"': "Close it. A double quote that is meant as a character stands within single ones: '\"'",
          "'": 'Close it. An apostrophe that is meant as a character stands within double quotes: "don\'t"',
        }[open],
      }
    }
  },
})
