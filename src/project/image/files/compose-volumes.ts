import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Node, TableNode} from '../../documents/document.ts'
import {type Files, noFiles} from '../../files/files.ts'
import {samePath} from '../../files/same-path.ts'
import {composeNames} from '../../fly-config/compose.ts'
import type {Inputs} from '../../inputs.ts'

/** A folder that a compose file keeps outside the container that it makes of the same Dockerfile. */
export interface ComposeVolume {
  service: string
  /** Absolute, in the container. */
  target: string
  at: FileLocation
}

/** Folders by whose name somebody's data is kept. */
const keeps =
  /(?:^|[/_.-])\w{0,60}(?:data|uploads?|media|storage|files|db|database|sqlite|persist\w{0,60}|attachments|documents|images|content)$/i
/** What is made again, or is code. */
const madeAgain = /static|public|cache|node_modules|venv|\/tmp|logs?(?:\/|$)|metadata|testdata|locale|migrations|seed/i

export async function loadComposeVolumes({reader}: Inputs, facts: FactStore): Promise<Fact<ComposeVolume[]>> {
  const dockerfile = await facts.need('dockerfile')
  const built = dockerfile.file.path
  const paths = (await facts.value('files')) ?? noFiles
  const names = [...composeNames, 'docker-compose.prod.yml', 'docker-compose.production.yml']
  const found: ComposeVolume[] = []
  for (const name of names.filter((each) => paths.has(each))) {
    const file = await reader.text(name)
    if (!file || !/\bvolumes\s*:/.test(file.text)) continue
    const {parseYaml} = await import('../../documents/yaml.ts')
    const document = parseYaml(file)
    if ('message' in document) continue
    for (const [service, node] of entriesOf(document.root.entries.get('services'))) {
      const entries = new Map(entriesOf(node))
      if (!buildsSame(entries.get('build'), built)) continue
      const volumes = entries.get('volumes')
      for (const each of volumes?.type === 'array' ? volumes.items : []) {
        const target = targetOf(each, paths)
        if (target) found.push({service, target, at: file.span(...each.range)})
      }
    }
  }
  return known(found.filter(({target}, index) => found.findIndex((each) => each.target === target) === index))
}

const entriesOf = (node: Node | undefined): Iterable<[string, Node]> =>
  node?.type === 'table' ? (node as TableNode).entries : []

const textOf = (node: Node | undefined): string | undefined => (node?.type === 'string' ? node.value : undefined)

/** `build: .`, or the context and Dockerfile that flyctl builds, too. */
function buildsSame(build: Node | undefined, dockerfile: string): boolean {
  const entries = new Map(entriesOf(build))
  const context = textOf(build) ?? textOf(entries.get('context'))
  if (context === undefined || posix.normalize(`${context}/`) !== './') return false
  return samePath(textOf(entries.get('dockerfile')) ?? 'Dockerfile', dockerfile)
}

/** The folder in the container of `data:/data`, `./data:/app/data` and their long form. */
function targetOf(node: Node, paths: Files): string | undefined {
  const entries = new Map(entriesOf(node))
  const [from, to, mode] = textOf(node)?.split(':') ?? [textOf(entries.get('source')), textOf(entries.get('target'))]
  if (!from || !to?.startsWith('/') || /\bro\b/.test(mode ?? '') || !keeps.test(to) || madeAgain.test(to))
    return undefined
  // A folder of the repository is code, for development.
  const source = posix.normalize(from).replace(/\/$/, '')
  if (from.startsWith('.') && (source === '.' || source.startsWith('..') || paths.hasFolder(source))) {
    return undefined
  }
  return posix.normalize(to).replace(/(?<=.)\/$/, '')
}
