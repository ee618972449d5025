import {absent, type Fact, type FactStore} from '../facts.ts'
import {askAboutApp} from './ask.ts'
import type {FlyClient} from './client.ts'
import {field, isReachable, listWith, numberOf, stateOf, textOf} from './json.ts'

export interface Volume {
  id: string
  name: string
  region: string
  /** `created`; those under way to their end are not listed. */
  state: string | undefined
  sizeGb: number
  /** The machine that has it; undefined: it is free. */
  machine: string | undefined
  /** Whether its host can be reached. */
  reachable: boolean
}

export async function loadVolumes(client: FlyClient, facts: FactStore): Promise<Fact<Volume[]>> {
  const config = await facts.value('flyConfig')
  // fly.toml that cannot be read is told by another check, and then nothing is known of mounts.
  if (!config?.config.mounts?.length) return absent('the configuration mounts no volume')
  return askAboutApp(client, facts, ['volumes', 'list'], listWith(readVolume))
}

function readVolume(json: unknown): Volume | undefined {
  const [id, name, region] = [textOf(json, 'id'), textOf(json, 'name'), textOf(json, 'region')]
  if (!id || !name || !region) return undefined
  return {
    id,
    name,
    region,
    state: stateOf(json, 'state'),
    sizeGb: numberOf(json, 'size_gb') ?? 0,
    machine: textOf(json, 'attached_machine_id') ?? textOf(field(json, 'AttachedMachine'), 'ID'),
    reachable: isReachable(json),
  }
}
