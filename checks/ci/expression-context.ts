import {
  absentEvents,
  defineCheck,
  misplacedExpressions,
  misplacedInAction,
  neverEqual,
  oneOf,
  quote,
} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/expression-context',
  title: 'expressions ask for what GitHub has at their place',
  why: 'GitHub refuses a workflow that asks for secrets where there are none yet; what a job does not wait for is empty there.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {name, text, meant, isOneOf, at} of workflows.workflows.flatMap(neverEqual)) {
      yield {
        message: `${name} is never ${quote(text)}: GitHub has ${name === 'github.ref' ? 'the whole name of the branch or tag' : 'the name alone'} there${isOneOf ? '' : ', and this deploys nothing'}`,
        at,
        hint: `Write '${meant}'${name === 'github.ref' && meant.startsWith('refs/heads/') ? `, or github.ref_name for ${quote(meant.slice('refs/heads/'.length))}` : ''}.`,
        failsAt: 'silent',
      }
    }
    for (const {name, text, event, at} of workflows.workflows.flatMap(absentEvents)) {
      yield {
        message: `${name} is never ${quote(text)}: only the event ${event} has it, which does not start this workflow, and this deploys nothing`,
        at,
        hint: `Take the condition out, or let ${event} start the workflow: on: ${event}`,
        failsAt: 'silent',
      }
    }
    for (const {key, value} of workflows.actions.flatMap(misplacedInAction)) {
      yield {
        message: `${key}: cannot read secrets in an action: GitHub refuses the action ("Unrecognized named-value: 'secrets'"), and its job fails`,
        at: value.at,
        hint: 'Give the action an input for it: inputs:, and hand it on where the action is used: with:',
      }
    }
    for (const {name, key, value, allowed, matters} of workflows.workflows.flatMap(misplacedExpressions)) {
      const isCondition = /(^|\.)if$/.test(key)
      if (allowed) {
        yield {
          message: `${key.split('.').at(-1) === 'if' ? 'if:' : `${key}:`} cannot read ${name}: GitHub refuses the whole workflow ("Unrecognized named-value: '${name}'")`,
          at: value.at,
          hint:
            name === 'secrets' && isCondition
              ? "Put the secret into env of the job, and let a step ask for that: if: env.NAME != ''"
              : allowed.length > 0
                ? `Ask for ${oneOf(allowed)} there, or write the value itself.`
                : meant(name),
        }
        continue
      }
      const [kind, id = ''] = name.split('.')
      if (kind === 'secrets' || kind === 'vars') {
        yield {
          message: `${name} is always empty: GitHub takes no ${kind === 'vars' ? 'variable' : 'secret'} whose name begins with GITHUB_`,
          at: value.at,
          failsAt: 'silent',
          ...(!matters && {severity: 'info'}),
          hint: `Give it another name, GH_${id.slice('GITHUB_'.length)}, on GitHub and here.`,
        }
        continue
      }
      if (kind === 'github') {
        yield {
          message: `${name} is empty: GitHub has nothing of that name there, and ${id} is a variable of the workflow`,
          at: value.at,
          failsAt: 'gate',
          ...(!matters && {severity: 'info'}),
          hint: `Write env.${id}`,
        }
        continue
      }
      if (kind === 'env') {
        yield {
          message: `${name} is empty here: nothing in the workflow sets it`,
          at: value.at,
          failsAt: 'gate',
          hint: `Set ${id} under env: of the workflow, the job or the step, or write the value itself.`,
        }
        continue
      }
      yield {
        message:
          kind === 'needs'
            ? `${name} is empty here: the job does not wait for ${id} (needs:)${isCondition ? ', and the condition is not what it seems' : ''}`
            : `${name} is empty here: no step before this one has the id ${id}`,
        at: value.at,
        failsAt: 'silent',
        ...(!matters && {severity: 'info'}),
        hint:
          kind === 'needs'
            ? `Add ${id} to needs: of the job.`
            : `Give the step that is meant id: ${id}, or correct the name.`,
      }
    }
  },
})

/** GitHub's own variables are properties of contexts; others are asked for by what they are. */
function meant(name: string): string {
  const [, context, property] = /^(GITHUB|RUNNER)_(\w+)$/.exec(name) ?? []
  return context && property
    ? `Write \${{ ${context.toLowerCase()}.${property.toLowerCase()} }}, or $${name} for the shell.`
    : `Write env.${name} for a variable, secrets.${name} for a secret, '${name}' for a text.`
}
