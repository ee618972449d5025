import {checks as allChecks} from '../checks/index.ts'
import type {AnyCheck} from './check.ts'
import {loadSettings} from './config/load.ts'
import {factsOf} from './engine/plan.ts'
import {applies} from './engine/run-check.ts'
import {type Fact, FactStore, failed, isLive, known, type LiveFactName, liveFacts} from './facts.ts'
import type {FlyCall} from './fly/client.ts'
import {type Askers, flyLoaders} from './fly/index.ts'
import {type Options, openFlyctl, openFolder, type Seams} from './preflight.ts'
import {Repository} from './project/git/repository.ts'
import {projectLoaders} from './project/index.ts'

/** What was asked of Fly.io: the calls, the facts that wait for them, and the checks that need these. */
export interface LiveRun {
  calls: readonly FlyCall[]
  askers: Askers
  facts: ReadonlyMap<LiveFactName, Fact<unknown>>
  checks: readonly AnyCheck[]
  app: string | undefined
}

/** Asks Fly.io what the checks need of it, and judges nothing. */
export async function askFly(options: Options, seams: Seams = {}): Promise<LiveRun> {
  const all = seams.checks ?? allChecks
  const reader = await openFolder(options, seams.fs)
  const {settings, checks: withOwn} = await loadSettings(reader, all, () => 'inspect runs no checks')
  const env = options.env ?? process.env
  const flyctl = openFlyctl(options)
  const client = seams.fly ?? flyctl
  const askers: Askers = new Map()
  const store = new FactStore({
    ...projectLoaders({reader, repository: new Repository(reader, seams.repository), options, env}),
    ...flyLoaders(client, {env, now: seams.now ?? (() => new Date())}, askers),
    settings: async () => known(settings),
    ignores: async () => failed('inspect judges nothing'),
    ...seams.facts,
  })
  try {
    const live = withOwn.filter((check) => !settings.off.has(check.id) && factsOf(check).some(isLive))
    const asking = await Promise.all(
      live.map(async (check) => {
        if (!(await applies(check, store))) return []
        await Promise.all(factsOf(check).map((name) => isLive(name) && store.get(name)))
        return [check]
      }),
    )
    const checks = asking.flat()
    const names = liveFacts.filter((name) => checks.some((check) => factsOf(check).includes(name)))
    const facts = await Promise.all(names.map(async (name) => [name, await store.get(name)] as const))
    return {calls: client.calls, askers, facts: new Map(facts), checks, app: (await store.value('appName'))?.name}
  } finally {
    await flyctl.close()
  }
}
