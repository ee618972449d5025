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
    for (const {word, at} of workflows.unknownCommands) {
      const cure = neverCommands.get(word)
      if (cure === undefined) continue
      yield {
        message: `flyctl has no command ${word}: it stops with "unknown command"`,
        at,
        failsAt: 'gate',
        hint: cure,
      }
    }
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

const machineHint = 'Write flyctl machine %, and the number of the machine behind it.'

/**
 * What other programs of the kind call so, or an older flyctl did; no release of today has them (internal/command/root).
 * Of other words that the table does not have nothing is said: a newer flyctl may have learnt them.
 */
const neverCommands: ReadonlyMap<string, string> = new Map([
  ['exec', 'Write flyctl ssh console -C "…"; or flyctl machine exec, with the number of the machine.'],
  ['wait', 'Take it out: flyctl deploy itself waits until the machines are healthy, as long as --wait-timeout says.'],
  ['restart', 'Write flyctl apps restart.'],
  ['rollback', 'Deploy the image of an earlier release, which flyctl releases --image names: flyctl deploy --image ….'],
  ...['run', 'start', 'stop', 'clone', 'update'].map((word) => [word, machineHint.replace('%', word)] as const),
  ['vm', 'Write flyctl machine.'],
  ['list', 'Write flyctl apps list.'],
  ['ls', 'Write flyctl apps list.'],
  ['ps', 'Write flyctl machine list, or flyctl status.'],
  ['monitor', 'Write flyctl logs, or flyctl status.'],
  ['build', 'Write flyctl deploy --build-only.'],
  ['builds', 'Take it out: flyctl does not list builds any more.'],
  ['push', 'Write flyctl deploy --build-only --push.'],
  ['up', 'Write flyctl deploy.'],
  ['init', 'Write flyctl launch --no-deploy.'],
  ['env', 'Write flyctl config env.'],
  ['autoscale', 'Say it in fly.toml, with min_machines_running; or write flyctl scale count.'],
])
