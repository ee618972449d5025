import {absent, type Fact, type FactStore} from '../facts.ts'
import {askAboutApp} from './ask.ts'
import type {FlyClient} from './client.ts'
import {field, listWith, stateOf, textOf} from './json.ts'

/** A certificate that was asked for. flyctl lists the first 50. */
export interface Certificate {
  hostname: string
  /** Whether it serves: `configured`, or the old shape's client status `Ready`. */
  configured: boolean
  /** `active`, `pending_validation`, `pending_ownership` … */
  status: string | undefined
}

/** A certificate serves requests, and these come to services only. */
export async function loadCertificates(client: FlyClient, facts: FactStore): Promise<Fact<Certificate[]>> {
  const config = await facts.value('flyConfig')
  if (!config?.services.length) return absent('the configuration has no service')
  return askAboutApp(client, facts, ['certs', 'list'], listWith(readCertificate))
}

function readCertificate(json: unknown): Certificate | undefined {
  const hostname = textOf(json, 'hostname')
  const status = stateOf(json, 'status') ?? stateOf(json, 'ClientStatus')
  const configured = field(json, 'configured')
  return hostname
    ? {hostname, status, configured: typeof configured === 'boolean' ? configured : status === 'Ready'}
    : undefined
}
