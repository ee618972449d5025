import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Inputs} from '../../inputs.ts'
import {composeServices, entriesOf} from './compose-services.ts'

/**
 * The ports on which compose files find the container that is built of the same Dockerfile: its app listens there. Not
 * those that a compose file itself names to the app: `PORT: 9009`, `--port 9009`.
 */
export async function loadComposePorts({reader}: Inputs, facts: FactStore): Promise<Fact<ReadonlySet<number>>> {
  const found = new Set<number>()
  for (const {entries, file} of await composeServices(/\bports\s*:/, reader, facts)) {
    const ports = entries.get('ports')
    const textAt = (key: string) => {
      const node = entries.get(key)
      return node ? file.text.slice(...node.range) : ''
    }
    const told = textAt('environment') + textAt('command') + textAt('entrypoint')
    for (const each of ports?.type === 'array' ? ports.items : []) {
      const target = new Map(entriesOf(each)).get('target') ?? each
      // `8080:9009/tcp`, `127.0.0.1:8080:9009`, `9009`.
      const [, port] =
        /(?:^|:)["']?(\d{2,5})(?:\/tcp)?["']?$/.exec(file.text.slice(...(target.content ?? target.range)).trim()) ?? []
      if (port && !told.includes(port)) found.add(Number(port))
    }
  }
  return known(found)
}
