import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Node} from '../../documents/document.ts'
import type {Files} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {composeServices, entriesOf, textOf} from './compose-services.ts'

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
  const found: ComposeVolume[] = []
  for (const {name, entries, file, paths} of await composeServices(/\bvolumes\s*:/, reader, facts)) {
    const volumes = entries.get('volumes')
    for (const each of volumes?.type === 'array' ? volumes.items : []) {
      const target = targetOf(each, paths)
      if (target) found.push({service: name, target, at: file.span(...each.range)})
    }
  }
  return known(found.filter(({target}, index) => found.findIndex((each) => each.target === target) === index))
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
