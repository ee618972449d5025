import {posix} from 'node:path'
import type {FactStore} from '../../../facts.ts'
import type {Node, TableNode} from '../../documents/document.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {samePath} from '../../files/same-path.ts'
import type {TextFile} from '../../files/text.ts'
import {composeNames} from '../../fly-config/compose.ts'

/** A service of a compose file that is built of the Dockerfile that flyctl builds, too. */
export interface ComposeService {
  name: string
  entries: ReadonlyMap<string, Node>
  file: TextFile
  paths: Files
}

/** Those of the files at the top in which `holds` stands. */
export async function composeServices(
  holds: RegExp,
  reader: ProjectReader,
  facts: FactStore,
): Promise<ComposeService[]> {
  const built = (await facts.need('dockerfile')).file.path
  const paths = (await facts.value('files')) ?? noFiles
  const names = [...composeNames, 'docker-compose.prod.yml', 'docker-compose.production.yml']
  const found: ComposeService[] = []
  for (const each of names.filter((name) => paths.has(name))) {
    const file = await reader.text(each)
    if (!file || !holds.test(file.text)) continue
    const {parseYaml} = await import('../../documents/yaml.ts')
    const document = parseYaml(file)
    if ('message' in document) continue
    for (const [name, node] of entriesOf(document.root.entries.get('services'))) {
      const entries = new Map(entriesOf(node))
      if (buildsSame(entries.get('build'), built)) found.push({name, entries, file, paths})
    }
  }
  return found
}

export const entriesOf = (node: Node | undefined): Iterable<[string, Node]> =>
  node?.type === 'table' ? (node as TableNode).entries : []

export const textOf = (node: Node | undefined): string | undefined => (node?.type === 'string' ? node.value : undefined)

/** `build: .`, or the context and Dockerfile that flyctl builds, too. */
function buildsSame(build: Node | undefined, dockerfile: string): boolean {
  const entries = new Map(entriesOf(build))
  const context = textOf(build) ?? textOf(entries.get('context'))
  if (context === undefined || posix.normalize(`${context}/`) !== './') return false
  return samePath(textOf(entries.get('dockerfile')) ?? 'Dockerfile', dockerfile)
}
