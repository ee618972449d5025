import {join} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import type {Node} from '../documents/document.ts'
import type {Inputs} from '../inputs.ts'
import {isConfigName} from './find.ts'
import {parseConfig} from './fly-config.ts'

/** Another configuration in the same folder: `fly.staging.toml` beside fly.toml. */
export interface OtherConfig {
  file: string
  app: string
  /** Where it names the app. */
  at: FileLocation
  /** The variables of its [env], with their places. */
  env: ReadonlyMap<string, FileLocation>
  /** The same of its [build.args]. */
  args: ReadonlyMap<string, FileLocation>
}

/** Those that parse and name an app. */
export async function loadOtherConfigs({reader}: Inputs, facts: FactStore): Promise<Fact<OtherConfig[]>> {
  const {folder, file: current} = await facts.need('flyConfig')
  const paths = (await reader.list(folder)).filter(isConfigName).map((name) => join(folder, name))
  const others: OtherConfig[] = []
  for (const path of paths.filter((each) => reader.display(each) !== current)) {
    const file = await reader.glance(path)
    const root = file && (await parseConfig(file))
    if (!root || 'message' in root) continue
    const app = root.entries.get('app')
    if (app?.type !== 'string' || !app.value) continue
    const placesIn = (table: Node | undefined) => {
      const variables = table?.type === 'table' ? [...table.entries] : []
      return new Map(variables.map(([name, {range}]) => [name, file.span(...range)] as const))
    }
    const build = root.entries.get('build')
    const args = placesIn(build?.type === 'table' ? build.entries.get('args') : undefined)
    others.push({
      file: file.path,
      app: app.value,
      at: file.span(...app.range),
      env: placesIn(root.entries.get('env')),
      args,
    })
  }
  return known(others)
}
