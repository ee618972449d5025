import {defineCheck} from '../../src/check.ts'

/** Words in file names, and the environment that each means. */
const environments = new Map(
  Object.entries({
    production: ['production', 'prod', 'live'],
    staging: ['staging', 'stage', 'stg'],
    test: ['test', 'testing', 'qa', 'uat'],
    development: ['development', 'develop', 'dev'],
    preview: ['preview', 'review'],
    demo: ['demo'],
    sandbox: ['sandbox'],
  }).flatMap(([environment, words]) => words.map((word) => [word, environment] as const)),
)

export default defineCheck({
  id: 'fly-config/same-app',
  title: 'each environment has its own app',
  why: 'A deploy that is meant for one environment replaces what runs in the other.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'appName', 'otherConfigs'],
  *run({flyConfig, appName, otherConfigs}) {
    const {name, at, passed} = appName
    const own = describe(flyConfig.file)
    // A name from the command line counts instead, and one that no app can have is yet to be filled in.
    if (!at || passed || !own.environment || !/^[a-z0-9-]+$/.test(name)) return
    const named = wordsOf(name).flatMap((word) => environments.get(word) ?? [])
    // shop is production's name, and shop-staging staging's, in whatever file they stand.
    if (named.includes(own.environment) || (own.environment === 'production' && named.length === 0)) return
    const same = otherConfigs.filter(({app, file}) => {
      const other = describe(file)
      return app === name && other.part === own.part && other.environment !== own.environment
    })
    if (!same[0]) return
    yield {
      message: `${flyConfig.file} deploys to ${name}, and so does ${same[0].file}: a ${own.environment} deploy replaces what runs there`,
      at,
      related: same.map((other) => other.at),
      hint: `Make an app for it, and name that: flyctl apps create, then write ${flyConfig.setting('app', `${name}-${own.environment}`)}`,
      // Deploys of pull requests are given their names by an action.
      ...(own.environment === 'preview' && {severity: 'info'}),
    }
  },
})

const wordsOf = (text: string) => text.toLowerCase().split(/[^a-z0-9]+/)

/** `fly.worker.staging.toml`: the environment staging of the part `worker`. */
function describe(file: string): {environment: string | undefined; part: string} {
  const words = wordsOf((file.split('/').at(-1) as string).replace(/^fly|\.\w+$/g, '')).filter(Boolean)
  const environment = words.map((word) => environments.get(word)).find(Boolean)
  return {environment, part: words.filter((word) => !environments.has(word)).join('.')}
}
