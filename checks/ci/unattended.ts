import {defineCheck} from '../../src/check.ts'

/** What flyctl asks for when it can, and refuses to go on without where nobody can answer. */
const questions: ReadonlyMap<string, {flags: readonly string[]; name?: boolean}> = new Map([
  ['scale count', {flags: ['yes']}],
  ['apps destroy', {flags: ['yes']}],
  ['apps create', {flags: ['org'], name: true}],
  ['volumes create', {flags: ['yes', 'region']}],
])

export default defineCheck({
  id: 'ci/unattended',
  title: 'workflows answer what flyctl would ask',
  why: 'A workflow has nobody to answer: where flyctl would ask, it stops.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {command, flags, positional, at, decisive} of workflows.calls) {
      const question = questions.get(command)
      // A word that is not known may bring any flag.
      if (!question || !decisive || positional.includes(undefined)) continue
      const missing = question.flags.filter(
        (flag) => !flags.has(flag) && !(flag === 'yes' && flags.has('auto-confirm')),
      )
      const isNameless = question.name && positional.length === 0 && !flags.has('name') && !flags.has('generate-name')
      if (missing.length === 0 && !isNameless) continue
      const needed = [...(isNameless ? ['a name'] : []), ...missing.map((flag) => `--${flag}`)]
      yield {
        message: `flyctl ${command} asks for ${needed.join(' and ')}, and stops where nobody can answer`,
        at,
        hint: `Write flyctl ${command} ${[...(isNameless ? ['NAME'] : []), ...missing.map((flag) => (flag === 'yes' ? '--yes' : `--${flag} ${flag.toUpperCase()}`))].join(' ')}`,
      }
    }
  },
})
