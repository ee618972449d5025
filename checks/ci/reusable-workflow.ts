import {defineCheck, excessOf, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/reusable-workflow',
  title: 'a workflow that is called gets what it asks for',
  why: 'GitHub refuses the workflow that calls another one which is not there, or with other inputs and secrets than it declares.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {workflow, job, uses, path, called, isThere, isOutside} of workflows.reuses) {
      if (isOutside) {
        yield {
          message: `the job ${job.id} calls ${path}: GitHub refuses the whole workflow, for a workflow is called by ./.github/workflows/ and its name`,
          at: uses.at,
          hint: path.startsWith('.github')
            ? `Write ./${path}`
            : `Lay the file into .github/workflows, and write ./.github/workflows/${path.replace(/^.*\//, '')}`,
        }
      }
      if (!isThere) {
        yield {
          message: `the job ${job.id} calls ${path}, which the repository does not have: GitHub refuses the whole workflow`,
          at: uses.at,
          hint: `Commit ${path}, or correct the name: it stands in .github/workflows itself, in no folder below.`,
        }
      }
      // What GitHub takes for a list of events is unknown here.
      if (!called?.triggers) continue
      const call = called.triggers.get('workflow_call')
      if (!call) {
        yield {
          message: `the job ${job.id} calls ${path}, which is not made for it: GitHub refuses a workflow without on: workflow_call there`,
          at: uses.at,
          related: [called.file.whole],
          hint: `Write to ${path}: on: workflow_call, with the inputs and secrets that it asks for.`,
        }
        continue
      }
      const [excess] = excessOf({job, workflow}, called)
      if (excess) {
        yield {
          message: `the job ${excess.job} of ${path} asks for ${excess.asked}, and the job ${job.id}, which calls it, is allowed ${excess.allowed}: GitHub refuses the whole workflow`,
          at: uses.at,
          related: [excess.at],
          hint: `Give the job ${job.id} what it asks for, beside uses: permissions: with all that ${path} names. A job that has permissions of its own has no others.`,
        }
      }
      const {secrets} = job
      const kinds = [
        {kind: 'input', key: 'with', declared: call.inputs, given: job.inputs},
        ...(secrets === 'inherit' ? [] : [{kind: 'secret', key: 'secrets', declared: call.secrets, given: secrets}]),
      ]
      for (const {kind, key, declared, given} of kinds) {
        for (const [name, value] of given) {
          if ([...declared.keys()].some((each) => isSame(each, name))) continue
          const meant = suggest(name, [...declared.keys()])
          yield {
            message: `${path} has no ${kind} ${name}: GitHub refuses the whole workflow ("Invalid ${kind}, ${name} is not defined in the referenced workflow")`,
            at: value.at,
            related: [call.at],
            hint: meant
              ? `Write ${meant}:`
              : `Leave it out, or declare it there: on: workflow_call: ${kind}s: ${name}:`,
          }
        }
        for (const [name, {required, at, default: otherwise}] of declared) {
          if (!required || [...given.keys()].some((each) => isSame(each, name)) || otherwise !== undefined) continue
          yield {
            message: `${path} requires the ${kind} ${name}, which the job ${job.id} does not give: GitHub refuses the whole workflow`,
            at: uses.at,
            related: [at],
            hint: `Add to the job: ${key}: ${name}: ${kind === 'secret' ? `\${{ secrets.${name} }}, or secrets: inherit` : '…'}`,
          }
        }
      }
      // What a build reads beside the deploy, flyctl does without.
      if (secrets === 'inherit' || call.secrets.size > 0 || !workflows.workflows.includes(called)) continue
      const [read] = secretsIn(called.file.text).filter(
        (name) => ![...secrets.keys()].some((each) => isSame(each, name)),
      )
      if (read === undefined) continue
      yield {
        message: `${path} reads the secret ${read}, and the job ${job.id} hands no secrets over: it is empty there`,
        at: uses.at,
        related: [call.at],
        hint: 'Add to the job, beside uses: secrets: inherit',
      }
    }
  },
})

/** What a workflow reads in the open, without a default; an environment that a job names may bring secrets of its own. */
function secretsIn(text: string): string[] {
  if (/^[ \t]*environment:/m.test(text)) return []
  return [...text.matchAll(/^(?![ \t]{0,200}#).{0,2000}?\$\{\{\s{0,200}secrets\.(\w{1,200})\s{0,200}\}\}/gm)].flatMap(
    ([, name]) => (name === undefined || /^GITHUB_TOKEN$/i.test(name) ? [] : [name]),
  )
}

/** GitHub takes no notice of capital letters in them. */
const isSame = (name: string, other: string): boolean => name.toLowerCase() === other.toLowerCase()
