import type {Severity} from '../check.ts'
import {parseMemory} from '../project/fly-config/size.ts'
import type {Layer} from './layer.ts'
import type {SettingsFile} from './schema.ts'
import type {Named, Rule, Settings} from './settings.ts'

type Keys = readonly string[]
type Satisfies = (version: string, specifier: string) => boolean | undefined

/**
 * The settings of all layers, the nearest first. Lists add up; of anything else the nearest layer that says it wins,
 * key by key. `idOf`: the id that a check has today, for one it had earlier. `python`: whether a version satisfies a
 * specifier; it must be given where a layer has one.
 */
export function mergeLayers(layers: readonly Layer[], idOf: (name: string) => string, python?: Satisfies): Settings {
  const levels = new Map(
    layers
      .toReversed()
      .flatMap(({data}) => Object.entries(data.checks ?? {}).map(([name, level]) => [idOf(name), level])),
  )
  return {
    severities: new Map([...levels].filter((entry): entry is [string, Severity] => entry[1] !== 'off')),
    off: new Set([...levels].filter(([, level]) => level === 'off').map(([id]) => id)),
    ignores: layers.flatMap(({data, at}, depth) =>
      (data.ignore ?? []).map(({check, path, reason, until}, index) => ({
        check: idOf(check),
        path,
        line: undefined,
        reason,
        until,
        at: at(['ignore', index]),
        shared: depth > 0,
      })),
    ),
    requiredSecrets: named(layers, ({secrets}) => secrets?.required, ['secrets', 'required']),
    recommendedSecrets: named(layers, ({secrets}) => secrets?.recommended, ['secrets', 'recommended']),
    envFile: nameOf(rule(layers, ({secrets}) => secrets?.['env-file'], ['secrets', 'env-file'])),
    postgres: {
      app: nameOf(rule(layers, ({postgres}) => postgres?.app, ['postgres', 'app'])),
      cluster: nameOf(rule(layers, ({postgres}) => postgres?.cluster, ['postgres', 'cluster'])),
    },
    policy: policyOf(layers, python),
  }
}

function policyOf(layers: readonly Layer[], satisfies?: Satisfies): Settings['policy'] {
  type Policy = NonNullable<SettingsFile['policy']>
  const one = <T>(pick: (policy: Policy) => T | undefined, ...keys: Keys) =>
    rule(layers, ({policy}) => policy && pick(policy), ['policy', ...keys])
  const all = (pick: (policy: Policy) => readonly string[] | undefined, ...keys: Keys): Rule<string[]> | undefined => {
    const [first, ...rest] = named(layers, ({policy}) => policy && pick(policy), ['policy', ...keys])
    const at = one(pick, ...keys)?.at
    return first && at && {value: [first, ...rest].map(({name}) => name), at}
  }
  const megabytes = (memory: Rule<string> | undefined): Rule<number> | undefined =>
    memory && {value: parseMemory(memory.value) as number, at: memory.at}
  const python = one((policy) => policy.python, 'python')
  return {
    regions: all(({regions}) => regions, 'regions'),
    sizes: all(({machines}) => machines?.sizes, 'machines', 'sizes'),
    minMemory: megabytes(one(({machines}) => machines?.['min-memory'], 'machines', 'min-memory')),
    maxMemory: megabytes(one(({machines}) => machines?.['max-memory'], 'machines', 'max-memory')),
    minCount: one(({machines}) => machines?.['min-count'], 'machines', 'min-count'),
    maxCount: one(({machines}) => machines?.['max-count'], 'machines', 'max-count'),
    forceHttps: one(({services}) => services?.['force-https'], 'services', 'force-https'),
    healthChecks: one(({services}) => services?.['health-checks'], 'services', 'health-checks'),
    autoStop: one(({services}) => services?.['auto-stop'], 'services', 'auto-stop'),
    minMachinesRunning: one(({services}) => services?.['min-machines-running'], 'services', 'min-machines-running'),
    releaseCommand: one((policy) => policy['release-command'], 'release-command'),
    forbiddenEnv: all((policy) => policy['forbidden-env'], 'forbidden-env'),
    baseImages: all((policy) => policy['base-images'], 'base-images'),
    python: python && {...python, allows: (version) => satisfies?.(version, python.value) !== false},
    stagePackages: layers.flatMap(({data, at}) =>
      Object.entries(data.policy?.packages ?? {}).map(([stage, packages]) => ({
        stage,
        packages,
        at: at(['policy', 'packages', stage]),
      })),
    ),
  }
}

/** The items of a list in every layer, each with its place. */
const named = (
  layers: readonly Layer[],
  pick: (file: SettingsFile) => readonly string[] | undefined,
  keys: Keys,
): Named[] =>
  layers.flatMap(({data, at}) => (pick(data) ?? []).map((name, index) => ({name, at: at([...keys, index])})))

/** What the nearest layer says that says it. */
function rule<T>(
  layers: readonly Layer[],
  pick: (file: SettingsFile) => T | undefined,
  keys: Keys,
): Rule<T> | undefined {
  for (const {data, at} of layers) {
    const value = pick(data)
    if (value !== undefined) return {value, at: at(keys)}
  }
  return undefined
}

const nameOf = (found: Rule<string> | undefined): Named | undefined => found && {name: found.value, at: found.at}
