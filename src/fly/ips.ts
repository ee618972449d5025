import {absent, type Fact, type FactStore} from '../facts.ts'
import {askAboutApp} from './ask.ts'
import type {FlyClient} from './client.ts'
import {listWith, textOf} from './json.ts'

/** An address of the app. */
export interface IpAddress {
  address: string
  /** `v4` and `v6` are its own; `shared_v4` takes only HTTP and TLS; `private_v6` is Flycast. */
  type: 'v4' | 'v6' | 'shared_v4' | 'private_v6' | 'egress_v4' | 'egress_v6' | 'other'
}

const types = ['v4', 'v6', 'shared_v4', 'private_v6', 'egress_v4', 'egress_v6'] as const

/** A request reaches an app through its services only: without one there is nothing to have addresses for. */
export async function loadIps(client: FlyClient, facts: FactStore): Promise<Fact<IpAddress[]>> {
  const config = await facts.value('flyConfig')
  if (!config?.services.length) return absent('the configuration has no service')
  return askAboutApp(client, facts, ['ips', 'list'], listWith(readAddress))
}

function readAddress(json: unknown): IpAddress | undefined {
  const address = textOf(json, 'Address')
  const type = types.find((each) => each === textOf(json, 'Type')) ?? 'other'
  return address ? {address, type} : undefined
}
