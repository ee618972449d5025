import {posix} from 'node:path'
import type {FactStore} from '../../facts.ts'
import {isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import {setVariables} from '../environment/set-variables.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {CodeDatabase} from './sqlite-code.ts'

/** `Data Source=shop.db;Cache=Shared`: in memory or read alone, it keeps nothing. */
const ofFile = /^\s*(?:Data ?Source|Filename)\s*=\s*(?!:memory:)([^:;{$]+?)\s*(?:$|;(?!.*Mode=(?:Memory|ReadOnly)))/i
const others = /\.Use(?:Npgsql|SqlServer|MySql|MySQL|Oracle|Cosmos)\(/

/**
 * The databases that appsettings.json gives Entity Framework Core by a connection string, which no variable replaces:
 * ConnectionStrings__NAME (learn.microsoft.com, "Configuration in ASP.NET Core").
 */
export async function connectionStrings(reader: ProjectReader, own: Files, facts: FactStore): Promise<CodeDatabase[]> {
  const settings = own.named('appsettings.json')
  if (settings.length === 0) return []
  const code = (await reader.texts(own.ending('.cs'))).map(({text}) => text)
  if (!code.some((text) => text.includes('UseSqlite(')) || code.some((text) => others.test(text))) return []
  const set = await setVariables(facts)
  const found: CodeDatabase[] = []
  for (const path of settings) {
    const file = await reader.text(path)
    const json = file && parseJson(file)
    const production = await reader.text(posix.join(posix.dirname(path), 'appsettings.Production.json'))
    if (!json || !('value' in json) || !isTable(json.value.ConnectionStrings)) continue
    for (const [name, value] of Object.entries(json.value.ConnectionStrings)) {
      const [, database] = typeof value === 'string' ? (ofFile.exec(value) ?? []) : []
      const isRead = code.some((text) => text.includes(`GetConnectionString("${name}")`))
      if (!database || !isRead || set.mayBeSet(`ConnectionStrings__${name}`) || production?.text.includes(`"${name}"`))
        continue
      found.push({path: database, at: json.at(['ConnectionStrings', name])})
    }
  }
  return found
}
