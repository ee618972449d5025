import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {codeOf} from '../code/code.ts'
import {isConditional} from '../code/conditional.ts'
import {isTestCode} from '../dotnet/test-code.ts'
import {machineVariable} from '../environment/set-variables.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {springSettings} from '../java/spring-settings.ts'

/** A setting or a call with which an app empties its database whenever it starts. */
export interface EmptyingStart {
  /** `spring.jpa.hibernate.ddl-auto is create`. */
  says: string
  at: FileLocation
  /** What only adds. */
  instead: string
}

/** A database that is kept: of one in memory nothing is lost. */
const kept = /postgresql|mysql|mariadb|mssql|sqlserver|ojdbc/
const inMemory = /\b(?:h2|hsqldb|derby)\b/

/**
 * Hibernate drops the tables and makes them anew (Hibernate's user guide, "Automatic schema generation"); EnsureDeleted takes
 * the whole database away (learn.microsoft.com, "Create and Drop APIs").
 */
export async function loadEmptyingStarts({reader}: Inputs, facts: FactStore): Promise<Fact<EmptyingStart[]>> {
  const [files, flyConfig, image] = await Promise.all([
    facts.value('files'),
    facts.value('flyConfig'),
    facts.value('image'),
  ])
  const paths = files ?? noFiles
  const found: EmptyingStart[] = []
  const builds = await reader.texts(paths.named('pom.xml', 'build.gradle', 'build.gradle.kts'))
  if (builds.some(({text}) => /spring-boot|org\.springframework\.boot/.test(text) && kept.test(text))) {
    const settings = await springSettings({paths, reader}, machineVariable(flyConfig, image))
    const mode = settings?.get('spring.jpa.hibernate.ddl-auto') ?? ''
    const url = settings?.get('spring.datasource.url') ?? ''
    const [place] = (settings?.files ?? []).toReversed().flatMap((file) => {
      const match = /\bddl-?auto\s{0,20}[:=]\s{0,20}["']?create\b/i.exec(file.text)
      return match ? [file.span(match.index, match.index + match[0].length)] : []
    })
    if (place && /^create(?:-drop)?$/.test(mode) && !inMemory.test(url))
      found.push({
        says: `spring.jpa.hibernate.ddl-auto is ${mode}`,
        at: place,
        instead: 'validate, with migrations of Flyway or Liquibase',
      })
  }
  const sources = paths.ending('.cs').filter((path) => !isTestCode(path))
  for (const file of await reader.texts(sources)) {
    const code = file.text.includes('EnsureDeleted') ? codeOf(file) : undefined
    // In a method it is not known who calls it.
    const match = code && /\.Database\.EnsureDeleted(?:Async)?\(\s{0,20}\)/.exec(code.bare)
    if (!code || !match || isConditional(code, match.index) || !/(?:^|\/)(?:Program|Startup)\.cs$/.test(file.path))
      continue
    found.push({
      says: `${file.path} calls EnsureDeleted`,
      at: file.span(match.index + 1, match.index + match[0].length),
      instead: 'Database.Migrate()',
    })
  }
  return known(found)
}
