import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {hasSecretName} from '../../secret-forms.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {emptySecretKey} from '../python/django/secret-key.ts'
import {type ConfigurationRead, configurationReads} from './configuration-reads.ts'
import {exampleVariables} from './example-variables.ts'
import {setVariables} from './set-variables.ts'

/** A variable that the app stops without, and that neither [env] nor the image sets: a secret, or forgotten. */
export interface RequiredVariable {
  /** One of them would do. */
  names: string[]
  at: FileLocation
  /** The deploy surely runs what reads it, and nothing else can set it than [env] and the secrets. */
  proven: boolean
  /** It belongs in [env]: another configuration of the project has it there, or [env] has others of the same file. */
  forgotten: {elsewhere: FileLocation} | {beside: string} | undefined
  /** Where .env.example or the like tells people to set it. */
  example: FileLocation | undefined
  /** A workflow or a script of the project sets the secret. */
  setByCommand: boolean
  /** The code has an empty default, which is refused as none would be. */
  isEmpty?: boolean
}

/** What the generators of frameworks ask for themselves: to set it says nothing of the project's ways. */
const usual = /^(?:PHX_\w+|PORT|HOST|POOL_SIZE|MIX_ENV|RAILS_\w+|RACK_ENV|DATABASE_\w+|ECTO_IPV6|DNS_CLUSTER_QUERY)$/

/** What is set together with a secret: who logs in with it. */
const isHalf = (name: string): boolean =>
  /_(?:ID|SID|USER|USERNAME|LOGIN|EMAIL|FROM|ACCOUNT)$|(?:^|_)CLIENT_/.test(name)

/** What the code and the configuration of the framework read without a default, one of each variable. */
export async function loadRequiredVariables({reader}: Inputs, facts: FactStore): Promise<Fact<RequiredVariable[]>> {
  const [environment, files, image, others = [], secrets = [], flyConfig, deploys, buildsElse, set, configuration] =
    await Promise.all([
      facts.value('environment'),
      facts.value('files'),
      facts.value('image'),
      facts.value('otherConfigs'),
      facts.value('secretNames'),
      facts.value('flyConfig'),
      facts.value('deployCommands'),
      facts.value('buildsElse'),
      setVariables(facts),
      configurationReads(reader, facts),
    ])
  // Another image, its containers, or what is said at the deploy alone may set what no file of the project does.
  const isWhole =
    image?.final.base !== undefined && !flyConfig?.hasContainers && !deploys?.bringsVariables && !buildsElse
  const examples = await exampleVariables(reader, files ?? noFiles)
  const read = (environment?.needed ?? []).map(({name, at, without}) => ({
    names: [name],
    at,
    proven: without === 'fails' && isWhole,
    forgotten: undefined,
  }))
  const empty = await emptyKey(facts)
  const configured = configuration.map((each) => ({...each, proven: false, forgotten: forgotten(each)}))
  const told = new Set<string>()
  return known(
    [...configured, ...read, ...empty].flatMap((each) => {
      const {names} = each
      if (names.some((name) => set.inTheOpen(name) || told.has(name))) return []
      for (const name of names) told.add(name)
      const setByCommand = secrets.some(({name, by}) => by === 'command' && names.includes(name))
      return [
        {
          ...each,
          proven: each.proven && !setByCommand,
          setByCommand,
          example: names.map((name) => examples.get(name)).find(Boolean),
        },
      ]
    }),
  )

  function forgotten({names, at}: ConfigurationRead): RequiredVariable['forgotten'] {
    if (names.some((name) => set.mayBeSet(name))) return undefined
    const elsewhere = others.flatMap(({env}) => names.flatMap((name) => env.get(name) ?? []))[0]
    if (elsewhere) return {elsewhere}
    // Some projects set every variable as a secret.
    if (names.every((name) => hasSecretName(name) || isHalf(name))) return undefined
    const siblings = configuration.flatMap((other) => (other.at.file === at.file ? other.names : []))
    const beside = siblings.find((name) => !usual.test(name) && set.inFlyConfig(name))
    return beside === undefined ? undefined : {beside}
  }
}

async function emptyKey(
  facts: FactStore,
): Promise<(ConfigurationRead & Pick<RequiredVariable, 'proven' | 'forgotten' | 'isEmpty'>)[]> {
  const machine = await facts.value('machineSettings')
  const key = machine && emptySecretKey(machine.settings)
  return key ? [{...key, proven: false, forgotten: undefined, isEmpty: true}] : []
}
