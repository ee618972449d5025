import {defineCheck, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/flyctl-command',
  title: 'flyctl has the commands that workflows call',
  why: 'For a command that it does not have, flyctl prints a help text and ends well, or stops at the first flag.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {command, misspelt, positional, subcommands, written, at, doubled} of workflows.calls) {
      if (misspelt !== undefined) {
        yield {
          message: `flyctl has no command ${misspelt}: it stops with "unknown command"`,
          at,
          failsAt: 'gate',
          hint: `Write flyctl ${command}`,
        }
        continue
      }
      if (doubled) {
        yield {
          message: `superfly/flyctl-actions puts flyctl before args: flyctl ${doubled} ${command} stops with "unknown command"`,
          at,
          failsAt: 'gate',
          hint: `Begin args with ${command.split(' ')[0]}`,
        }
        continue
      }
      const [word] = positional
      if (!settled.has(command) || word === undefined || !/^[a-z][a-z-]*$/.test(word)) continue
      const meant = suggest(word, subcommands)
      // Whose flags a group has none of.
      const stops = /\s--?[a-z]/.test(written.replace(/\s--(?:verbose|debug|help)\b/g, ''))
      yield {
        message: `flyctl ${command} has no command ${word}: ${stops ? 'it stops at the first flag' : 'it prints its help, and the workflow goes on'}`,
        at,
        hint: meant
          ? `Write flyctl ${command} ${meant}`
          : `The commands of flyctl ${command}: ${[...subcommands].sort().join(', ')}.`,
        ...(stops && {failsAt: 'gate'}),
      }
    }
  },
})

/** Groups that have had the same commands for years; another one may get some that this version does not know of. */
const settled = new Set(['apps', 'auth', 'config', 'ips', 'regions', 'scale', 'secrets', 'volumes'])
