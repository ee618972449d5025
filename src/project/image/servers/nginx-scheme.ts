/** Where nginx tells the app behind it that every request came by http. */
import type {FileLocation} from '../../../check.ts'
import type {FactStore} from '../../../facts.ts'
import type {Inputs} from '../../inputs.ts'
import {nginxSettings} from './nginx-settings.ts'
import {withoutNginxComments} from './nginx-text.ts'

const handsOn = /(?<=^|[\s;{}])proxy_set_header\s{1,50}X-Forwarded-Proto\s{1,50}["']?([^\s;"']{1,200})["']?\s{0,50};/gi

/**
 * `proxy_set_header X-Forwarded-Proto $scheme`: $scheme is that of the connection to nginx (ngx_http_core_module), and TLS ends
 * at Fly.io's proxy. undefined where nginx has TLS of its own, or hands on what it was told as well.
 */
export async function handedScheme(inputs: Inputs, facts: FactStore): Promise<FileLocation | undefined> {
  const settings = await nginxSettings(inputs, facts)
  const files = (settings?.read ?? []).map(([, file]) => ({file, text: withoutNginxComments(file.text)}))
  if (files.some(({text}) => /\blisten\s[^;]{0,300}\bssl\b|\bssl_certificate\b/.test(text))) return undefined
  const found = files.flatMap(({file, text}) =>
    [...text.matchAll(handsOn)].map(({index, 0: whole, 1: value}) => ({
      value,
      at: file.span(index, index + whole.length),
    })),
  )
  return found.every(({value}) => value === '$scheme') ? found[0]?.at : undefined
}
