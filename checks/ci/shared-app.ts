import {defineCheck, type Facts} from '../../src/check.ts'

/** Flags by which a deploy leaves other machines of the app alone, or changes none. */
const partly = [
  'process-groups',
  'only-machines',
  'exclude-machines',
  'only-regions',
  'regions',
  'exclude-regions',
  'build-only',
  'update-only',
]
/** Of these fly-config/same-app tells. */
const environment = /(^|[^a-z])(prod|live|stag|stg|test|qa|uat|dev|preview|review|demo|sandbox)/i

export default defineCheck({
  id: 'ci/shared-app',
  title: 'each configuration that is deployed has its own app',
  why: 'A deploy replaces all machines of the app: of two configurations the one that is deployed last is left.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['workflows', 'flyConfig', 'appName'],
  *run({workflows, flyConfig, appName}) {
    const {name, at} = appName
    if (!at) return
    const whole = workflows.deploys.filter(
      ({call, app}) => app === name && partly.every((flag) => !call.flags.has(flag)),
    )
    const own = whole.find(({config}) => config === flyConfig.file)
    const other = whole.find(
      ({config}) => config !== undefined && config !== flyConfig.file && !environment.test(fileName(config)),
    )
    if (!own || !other?.config || environment.test(fileName(flyConfig.file))) return
    // The one whose folder has the name of the app is right, and the other was copied.
    if (isNamedFor(own, name) && !isNamedFor(other, name)) return
    yield {
      message: `workflows deploy ${flyConfig.file} and ${other.config} to one app, ${name}: each deploy replaces what the other one left there`,
      at,
      related: [own.call.at, other.call.at],
      hint: `Make an app of its own for one of them: flyctl apps create, then write ${flyConfig.setting('app', `${name}-2`)}`,
    }
  },
})

type Deploy = Facts['workflows']['deploys'][number]

const fileName = (path: string): string => path.split('/').at(-1) as string

function isNamedFor({config = ''}: Deploy, app: string): boolean {
  const words = [...config.split('/').slice(0, -1), ...fileName(config).split('.').slice(1, -1)]
  return words.some((word) => word.length > 2 && app.split('-').includes(word))
}
