import type {FileLocation} from '../check.ts'
import {type Fact, type FactStore, known} from '../facts.ts'
import {requiredVariables} from './elixir/required-variables.ts'
import type {Inputs} from './inputs.ts'
import {springVariables} from './java/spring-variables.ts'
import {railsVariables} from './ruby/rails-variables.ts'
import {setVariables} from './set-variables.ts'

/** A variable that the configuration of the framework stops without when the app starts, and that nothing sets. */
export interface MissingSetting {
  /** One of them would do. */
  names: string[]
  at: FileLocation
  /** Where another configuration of the project sets one of them. */
  elsewhere: FileLocation | undefined
  /** Another one of the same file that [env] sets: so that is where the project keeps such settings. */
  beside: string | undefined
}

/** What the generators of frameworks ask for themselves: to set it says nothing of the project's ways. */
const usual = /^(?:PHX_\w+|PORT|HOST|POOL_SIZE|MIX_ENV|RAILS_\w+|RACK_ENV|DATABASE_\w+|ECTO_IPV6|DNS_CLUSTER_QUERY)$/

interface Required {
  names: string[]
  at: FileLocation
}

export async function loadMissingSettings({reader}: Inputs, facts: FactStore): Promise<Fact<MissingSetting[]>> {
  const [files, image, mix, others = [], variables] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    facts.value('mixConfig'),
    facts.value('otherConfigs'),
    setVariables(facts),
  ])
  // A base image that is not known may set any of them.
  if (!variables.complete) return known([])
  const paths = (files?.paths ?? []).filter((path) => !image || image.copies(path))
  const runtime = mix?.complete ? mix.files.filter(({atRuntime}) => atRuntime) : []
  const required: Required[] = [
    ...runtime.flatMap(({code}) => requiredVariables(code, mix?.env ?? 'prod')),
    ...(await railsVariables(paths, reader)).map(({name, at}) => ({names: [name], at})),
    ...(await springVariables(paths, reader)),
  ]
  const scripts = mix ? paths.filter((path) => /(^|\/)rel\/.*env\.sh(\.eex)?$/.test(path)) : []
  const texts = await Promise.all(scripts.map(async (path) => (await reader.text(path))?.text ?? ''))
  const told = new Set<string>()
  return known(
    required.flatMap(({names, at}) => {
      const isSet = (name: string) => variables.mayBeSet(name) || texts.some((text) => text.includes(`${name}=`))
      if (names.some((name) => isSet(name) || told.has(name))) return []
      for (const name of names) told.add(name)
      const elsewhere = others.flatMap(({env}) => names.flatMap((name) => env.get(name) ?? []))[0]
      const beside = required.flatMap((other) => (other.at.file === at.file ? other.names : []))
      return [{names, at, elsewhere, beside: beside.find((name) => !usual.test(name) && variables.inFlyConfig(name))}]
    }),
  )
}
