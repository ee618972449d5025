import type {TextFile} from '../../../files/text.ts'
import {withoutHashLines} from '../../comments.ts'
import {type AppCode, placeOf, type Refusal} from './refusal.ts'

export async function railsRefusals({paths, reader, read}: AppCode): Promise<(Refusal | undefined)[]> {
  const production = await read('config/environments/production.rb')
  const others = paths.ending('.rb').filter((path) => /^config\/(?:application|initializers\/.*)\.rb$/.test(path))
  // What another file does with the list is not followed.
  const isElsewhere = (await reader.texts(others)).some(({text}) =>
    /^[^#\n]*\b(?:hosts|host_authorization|HostAuthorization)\b/m.test(text),
  )
  return [redirect(production), isElsewhere ? undefined : allowedHosts(production)]
}

/** `config.force_ssl = true` at its usual indentation: not in a branch. */
function redirect(file: TextFile | undefined): Refusal | undefined {
  const match = file && /^ {2}config\.force_ssl\s*=\s*true[ \t]*(?=#|$)/m.exec(file.text)
  if (!file || !match || /^[ \t]*config\.assume_ssl\s*=\s*true/m.test(file.text)) return undefined
  const options = /^[ \t]*config\.ssl_options\s*=\s*([\s\S]*?)(?=\n\s*\n|\n\s*config\.|$)/m.exec(file.text)?.[1] ?? ''
  if (/redirect:\s*false/.test(options)) return undefined
  return {by: 'Rails', kind: 'redirect', believesHeader: true, exempt: options, at: placeOf(file, match)}
}

/**
 * `config.hosts = ["shop.com"]`, `config.hosts << "shop.com"`: ActionDispatch::HostAuthorization answers all other names with
 * 403, /up among them. A pattern, or a name that is computed, may be the machine's address.
 */
function allowedHosts(file: TextFile | undefined): Refusal | undefined {
  const text = withoutHashLines(file?.text ?? '')
  if (!file || /\bhost_authorization\b|HostAuthorization/.test(text)) return undefined
  const name = String.raw`["'][\w.-]{1,253}["']`
  const list = new RegExp(
    String.raw`^ {2}config\.hosts\s{0,99}(?:<<\s{0,99}${name}|\+?=\s{0,99}\[\s{0,99}${name}(?:\s{0,99},\s{0,99}${name}){0,50}\s{0,99},?\s{0,99}\])[ \t]*(?=#|$)`,
    'gm',
  )
  const all = [...text.matchAll(list)]
  const [first] = all
  if (!first || all.length !== (text.match(/\bhosts\b/g) ?? []).length) return undefined
  // An address of the machine's own kind.
  if (all.some(([each]) => /["']\d[\d.]*["']/.test(each))) return undefined
  return {by: 'Rails', kind: 'host', believesHeader: false, exempt: '', at: placeOf(file, first)}
}
