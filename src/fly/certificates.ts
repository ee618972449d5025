import type {Fact, FactStore} from '../facts.ts'
import {askAboutApp} from './ask.ts'
import type {FlyClient} from './client.ts'
import {eachOf, field, listOf, stateOf, textOf} from './json.ts'

/** A certificate that was asked for. flyctl lists the first 50. */
export interface Certificate {
  hostname: string
  /** Whether it serves: `configured`, or the old shape's client status `Ready`. */
  configured: boolean
  /** `active`, `pending_validation`, `pending_ownership` … */
  status: string | undefined
}

export const loadCertificates = (client: FlyClient, facts: FactStore): Promise<Fact<Certificate[]>> =>
  askAboutApp(client, facts, ['certs', 'list'], (json) =>
    listOf(json)
      ? eachOf(json, (certificate) => {
          const hostname = textOf(certificate, 'hostname')
          const status = stateOf(certificate, 'status') ?? stateOf(certificate, 'ClientStatus')
          const configured = field(certificate, 'configured')
          return hostname
            ? {hostname, status, configured: typeof configured === 'boolean' ? configured : status === 'Ready'}
            : undefined
        })
      : undefined,
  )
