import {defineCheck, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/flyctl-flags',
  title: 'flyctl knows the flags that workflows give it',
  why: 'flyctl stops at the first flag that it does not know, before it does anything.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const call of workflows.calls) {
      const {command, unknown, valueless, twice, knownFlags, flags, positional, at, job, ends, cutOff} = call
      if (cutOff) {
        yield {
          message: `${cutOff.flag} begins a command of its own, as the line before ends without a \\: flyctl ${command} goes without it, and the step stops with "command not found"`,
          at: cutOff.at,
          related: [at],
          hint: 'End the line before with \\.',
        }
      }
      if (twice) {
        yield {
          message: `flyctl ${command} is given ${twice.flag} twice: ${twice.last} counts, and ${twice.first} does not`,
          at: call.wordAt(twice.flag),
          failsAt: 'silent',
          hint: `Leave one of them out.`,
        }
      }
      // In a branch it stops, too, whenever that runs.
      if (ends) continue
      // An older flyctl knew others.
      const pinned = job.steps.some(
        ({uses, inputs}) =>
          /setup-flyctl/.test(uses?.text ?? '') && inputs.has('version') && inputs.get('version')?.text !== 'latest',
      )
      const [flag] = unknown
      if (flag !== undefined && !pinned) {
        // The dashes are no part of the name: `--org` is no `--wg`.
        const meant = suggest(bare(flag), knownFlags.filter((each) => each.startsWith('--')).map(bare))
        yield {
          message: `flyctl ${command} has no flag ${flag}: it stops with "unknown flag"`,
          at: call.wordAt(flag),
          hint: meant
            ? `Write --${meant}, or leave it out.`
            : `Leave it out: flyctl ${command} --help lists the flags.`,
        }
      } else if (valueless) {
        const {flag: open, taken} = valueless
        yield {
          message: taken
            ? `flyctl ${command} takes ${taken} for the value of ${open}, which has none of its own`
            : `flyctl ${command} ends with ${open}, which needs a value: it stops with "flag needs an argument"`,
          at: call.wordAt(open),
          hint: `Write the value behind ${open}, or leave ${open} out. A script goes on in the next line only behind a \\.`,
        }
      } else if (command === 'deploy' && /^(true|false)$/.test(positional[0] ?? '')) {
        const before = [...flags].findLast(([, value]) => value === '')?.[0] ?? 'ha'
        yield {
          message: `flyctl takes the word ${positional[0]} for the folder to deploy, which does not exist: a flag that is on or off takes its value with =`,
          at,
          hint: `Write --${before}=${positional[0]}`,
        }
      } else if (command === 'deploy' && positional.length > 0) {
        const [name, before] = loneValue(call.written) ?? []
        if (!name) continue
        yield {
          message: `${before} takes one NAME=VALUE: flyctl takes ${name}=… behind it for the folder to deploy, which does not exist`,
          at,
          hint: `Write ${before} before ${name}=… once more.`,
        }
      }
    }
  },
})

const bare = (flag: string): string => flag.replace(/^-+/, '')

/** The first `NAME=value` that stands behind that of a flag, and that flag. */
function loneValue(written: string): [name: string, flag: string] | undefined {
  const [, flag, name] =
    /\s(--build-arg|--build-secret|--env|-e)[ =](?:"[^"]{0,300}"|'[^']{0,300}'|(?:\$\{\{[^}]{0,100}\}\}|[^\s"'$]){1,300})\s+([A-Z][A-Z0-9_]{1,60})=/.exec(
      written,
    ) ?? []
  return flag && name ? [name, flag] : undefined
}
