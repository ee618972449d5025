/** What an .npmrc or a .yarnrc.yml says of registries: where the packages of a scope come from, and with which token. */
import type {FileLocation} from '../../../check.ts'
import type {TextFile} from '../../files/text.ts'

export interface RegistrySettings {
  file: TextFile
  /** Of a scope of its own: `@acme`, its host, and where it says so. */
  scopes: {scope: string; host: string; at: FileLocation}[]
  /** `//npm.pkg.github.com/:_authToken=${NPM_TOKEN}`. */
  tokens: {host: string; variable: string | undefined; at: FileLocation}[]
  /** Every variable that it takes and gives no default. */
  variables: {name: string; at: FileLocation}[]
}

export function readSettings(file: TextFile): RegistrySettings {
  const settings: RegistrySettings = {file, scopes: [], tokens: [], variables: []}
  for (let number = 1; number <= file.lineCount; number++) {
    const line = file.line(number).trim()
    if (line === '' || /^[#;]/.test(line)) continue
    const at = file.lineSpan(number)
    for (const [, name = ''] of line.matchAll(/(?<!\\)\$\{(\w+)\}/g)) settings.variables.push({name, at})
    const [, scope, address] = /^(@[^:\s]+):registry\s*=\s*["']?(\S+?)["']?$/.exec(line) ?? []
    if (scope && address) settings.scopes.push({scope, host: hostOf(address), at})
    const [, place, token = ''] = /^(\/\/\S+?):_(?:authToken|auth|password)\s*=\s*(.*)$/.exec(line) ?? []
    if (place) settings.tokens.push({host: hostOf(place), variable: /\$\{(\w+)/.exec(token)?.[1], at})
  }
  return settings
}

const hostOf = (address: string): string => /^(?:https?:)?\/\/([^/:]+)/.exec(address)?.[1] ?? address
