import {defineCheck, type ShellSyntax, shellSyntax, shorten, withShell} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/console-shell',
  title: 'what flyctl ssh console runs needs no shell',
  why: 'The machine starts the command of -C without a shell: && is an argument, and cd is no program.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {command, flags, at} of workflows.calls) {
      const run = command === 'ssh console' ? flags.get('command') : undefined
      const syntax = run && shellSyntax(run)
      if (!syntax) continue
      const what = messages[syntax.kind]?.(syntax)
      if (what)
        yield {message: `flyctl ssh console ${what}`, at, hint: `Let it start one: -C ${quoted(withShell(run))}`}
    }
  },
})

/** Where it is no more than `$NAME` or an odd word, the program may know what to make of it. */
const messages: Partial<Record<ShellSyntax['kind'], (syntax: ShellSyntax) => string>> = {
  assignment: ({text}) => `is to run ${text}=…, which only a shell understands: there is no program of that name`,
  builtin: ({text}) => `is to run ${shorten(text)}, which only a shell understands: there is no program of that name`,
  operator: ({text, before: [program = '']}) => {
    const rest = /^(&&|\|\|?|\|&|;)$/.test(text) ? ', and what follows it is never run' : ''
    return `hands ${text} to ${program} as an argument, since no shell reads it${rest}`
  },
}

/** Within the script of a step. */
const quoted = (text: string): string => (text.includes('"') ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`)
