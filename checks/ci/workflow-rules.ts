import {defineCheck, type Facts, type Location, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/workflow-rules',
  title: 'GitHub accepts the workflows that deploy',
  why: 'GitHub starts no job of a workflow that it refuses, and nothing is deployed.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {jobs} of workflows.workflows) {
      for (const job of jobs) {
        for (const condition of [job.if, ...job.steps.map((step) => step.if)]) {
          if (!condition || !/(^|[^\w.'"])secrets\./.test(condition.text)) continue
          yield {
            message:
              'if: cannot read secrets: GitHub refuses the whole workflow ("Unrecognized named-value: \'secrets\'")',
            at: condition.at,
            hint: "Put the secret into env of the job, and ask for that: if: env.NAME != ''",
          }
        }
        for (const needed of job.needs) {
          const ids = jobs.map(({id}) => id)
          if (needed.text.includes('${{') || ids.includes(needed.text)) continue
          const meant = suggest(needed.text, ids)
          yield {
            message: `the job ${job.id} needs ${needed.text}, which the workflow does not have: GitHub refuses the whole workflow`,
            at: needed.at,
            hint: meant ? `Write needs: ${meant}` : `Name one of its jobs: ${ids.join(', ')}`,
          }
        }
        for (const {message, hint, at} of expressionProblems(job)) yield {message, hint, at}
        for (const step of job.steps) {
          if (!step.uses || !step.run) continue
          yield {
            message: 'a step has either uses or run: GitHub refuses the whole workflow',
            at: step.at,
            hint: 'Make two steps of it.',
          }
        }
      }
    }
  },
})

type Script = NonNullable<Job['steps'][number]['run']>
type Job = Facts['workflows']['workflows'][number]['jobs'][number]

/** Expressions that do not end, which GitHub refuses, and those without $, which it leaves as they are. */
function expressionProblems({steps}: Job): {message: string; hint: string; at: Location}[] {
  const values = steps.flatMap(({run, inputs, env}) => [...(run ? [run] : []), ...inputs.values(), ...env.values()])
  return [...new Map(values.map((value) => [JSON.stringify(value.at), value])).values()].flatMap((value) => {
    const at = (index: number) => ('place' in value ? (value as Script).place(index, index) : value.at)
    const open = /\$\{\{(?:(?!\}\}|\$\{\{)[^\n])*(?:\$\{\{|\n|$)/.exec(value.text)
    if (open) {
      return [
        {
          message: `${/^\$\{\{[^}\n]*\}?/.exec(open[0])?.[0].trim()} does not end with }}: GitHub refuses the whole workflow`,
          hint: 'Close the expression with two braces: ${{ … }}',
          at: at(open.index),
        },
      ]
    }
    const bare = /(?<![${])\{\{\s*((?:secrets|vars|github|inputs|env)\.\w+)\s*\}\}/.exec(value.text)
    if (!bare) return []
    return [
      {
        message: `{{ ${bare[1]} }} has no $ before it: GitHub leaves it as it is, and the braces become the value`,
        hint: `Write \${{ ${bare[1]} }}`,
        at: at(bare.index),
      },
    ]
  })
}
