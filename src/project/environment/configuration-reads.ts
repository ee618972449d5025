import type {FileLocation} from '../../check.ts'
import type {FactStore} from '../../facts.ts'
import {envScripts} from '../elixir/mix-config.ts'
import {requiredVariables} from '../elixir/required-variables.ts'
import {noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import {springValues, springVariables} from '../java/spring-variables.ts'
import {railsVariables} from '../ruby/rails-variables.ts'
import {setVariables} from './set-variables.ts'

/** A variable that the configuration of a framework stops without when the app starts. */
export interface ConfigurationRead {
  /** One of them would do. */
  names: string[]
  at: FileLocation
}

/** What config/runtime.exs, the initializers of Rails and application.properties demand in the image. */
export async function configurationReads(reader: ProjectReader, facts: FactStore): Promise<ConfigurationRead[]> {
  const [files, image, mix, flyConfig, build, {complete}] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    facts.value('mixConfig'),
    facts.value('flyConfig'),
    facts.value('build'),
    setVariables(facts),
  ])
  // A base image that is not known may set any of them.
  if (!complete) return []
  const paths = (files ?? noFiles).only((path) => !image || image.copies(path))
  const variable = (name: string) => {
    const value = flyConfig?.config.env?.[name] ?? build?.final.config.env.get(name)
    return value === undefined ? undefined : {value: String(value)}
  }
  const runtime = mix?.complete ? mix.files.filter(({atRuntime}) => atRuntime) : []
  const reads: ConfigurationRead[] = [
    ...runtime.flatMap(({code}) => requiredVariables(code, mix?.env ?? 'prod')),
    ...(await railsVariables(paths, reader)).map(({name, at}) => ({names: [name], at})),
    ...(await springVariables(paths, reader)),
    ...(await springValues(files ?? noFiles, reader, variable)),
  ]
  const scripts = mix ? envScripts(paths) : []
  const texts = await Promise.all(scripts.map(async (path) => (await reader.text(path))?.text ?? ''))
  // What the release's own script sets is there before it starts.
  return reads.filter(({names}) => !names.some((name) => texts.some((text) => text.includes(`${name}=`))))
}
