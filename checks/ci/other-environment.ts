import {defineCheck} from '../../src/check.ts'

/** What names say of the place that a deploy goes to. */
const environments = {
  production: /(^|[^a-z])prod(uction)?([^a-z]|$)/i,
  test: /(^|[^a-z])(test|testing|staging|stage|dev|develop|development|preview|review|sandbox|qa)([^a-z]|$)/i,
} as const
type Environment = keyof typeof environments

function environmentOf(name: string | undefined): Environment | undefined {
  const found = (Object.keys(environments) as Environment[]).filter((each) => environments[each].test(name ?? ''))
  return found.length === 1 ? found[0] : undefined
}

export default defineCheck({
  id: 'ci/other-environment',
  title: 'each workflow deploys the environment that it is named for',
  why: 'The workflow is green, and the other environment got the new version.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['workflows'],
  uses: ['flyConfig'],
  *run({workflows, flyConfig}) {
    for (const {call, app, config} of workflows.ofConfig(flyConfig?.file)) {
      const {workflow, job} = call
      const named = workflow.file.path
        .split('/')
        .at(-1)
        ?.replace(/\.ya?ml$/, '')
      const said = [workflow.name, named].map(environmentOf)
      const [claimed] = said.filter((each) => each !== undefined)
      // Several environments in one workflow: its name is about none of them.
      const others = workflows.deploys.filter((each) => each.call.workflow.file === workflow.file)
      if (!claimed || said.includes(claimed === 'test' ? 'production' : 'test') || others.length > 1) continue
      if (environmentOf(job.id) && environmentOf(job.id) !== claimed) continue
      const deployed = environmentOf(app) ?? environmentOf(config)
      const meant = workflows.configs.filter((each) => each !== config)
      if (!deployed || deployed === claimed || !config || meant.length === 0) continue
      const fits = meant.find((each) => environmentOf(each) === claimed)
      yield {
        message: `the workflow ${workflow.name ?? named} deploys ${app ?? config}, which by its name is another environment`,
        at: call.at,
        related: flyConfig?.file === config ? [flyConfig.at('app')] : [],
        hint: `Name the configuration that is meant: flyctl deploy -c ${fits ?? 'PATH'}`,
      }
    }
  },
})
