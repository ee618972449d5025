import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

/** A URL of a database that Spring Boot does not take: it wants `jdbc:` in front. */
export interface JdbcUrl {
  /** `value`: [env] has it. `property`: a property takes DATABASE_URL as it is, which flyctl sets without `jdbc:`. */
  kind: 'value' | 'property'
  name: string
  at: FileLocation
}

const own = ['SPRING_DATASOURCE_URL', 'SPRING_FLYWAY_URL', 'SPRING_LIQUIBASE_URL']

/**
 * "'url' must start with "jdbc"", "claims to not accept jdbcUrl" (spring-boot, DataSourceProperties; HikariCP,
 * DriverDataSource): the driver of Postgres knows `jdbc:postgresql://` alone.
 */
export async function loadJdbcUrls({reader}: Inputs, facts: FactStore): Promise<Fact<JdbcUrl[]>> {
  const [files, flyConfig, dockerfile] = await Promise.all([
    facts.value('files'),
    facts.value('flyConfig'),
    facts.value('dockerfile'),
  ])
  const project: Files = files ?? noFiles
  const builds = await reader.texts(project.named('pom.xml', 'build.gradle', 'build.gradle.kts'))
  if (!builds.some(({text}) => /spring-boot/.test(text) || /org\.springframework\.boot/.test(text))) return known([])
  const found: JdbcUrl[] = []
  const code = await reader.texts(project.ending('.java', '.kt', '.groovy', '.sh'))
  // What is made of it in code is not followed.
  if (
    code.some(({text}) => /SPRING_DATASOURCE_URL|DataSourceBuilder|HikariDataSource|spring\.datasource\.url/.test(text))
  )
    return known(found)
  for (const [name, value] of Object.entries(flyConfig?.config.env ?? {}))
    if (own.includes(name) && /^postgres(?:ql)?:\/\//.test(String(value)) && flyConfig)
      found.push({kind: 'value', name, at: flyConfig.at('env', name)})
  const properties = await reader.texts(
    project
      .ending('.properties', '.yml', '.yaml')
      .filter((path) => /(?:^|\/)src\/main\/resources\/(?:config\/)?application[\w.-]*$/.test(path)),
  )
  const places = properties.flatMap((file) =>
    [...file.text.matchAll(taken)].map((match) =>
      file.span(match.index + match[0].lastIndexOf('${'), match.index + match[0].length),
    ),
  )
  if (places.length === 0 || (await isWrittenAnew())) return known(found)
  return known([...found, ...places.map((at) => ({kind: 'property' as const, name: 'DATABASE_URL', at}))])

  /** Whether code makes another URL of it, or the project says that it is set with `jdbc:`. */
  async function isWrittenAnew(): Promise<boolean> {
    const env = flyConfig?.config.env ?? {}
    if (own.some((name) => Object.hasOwn(env, name)) || Object.hasOwn(env, 'DATABASE_URL')) return true
    if (/jdbc:|SPRING_DATASOURCE_URL/.test(dockerfile?.file.text ?? '')) return true
    if (code.some(({text}) => /DATABASE_URL|postgres(?:ql)?:\/\//.test(text))) return true
    const words = await reader.texts([
      ...project.ending('.md', '.yml', '.yaml'),
      ...project.beginning('.env'),
      ...project.named('Makefile'),
    ])
    return words.some(({text}) => /DATABASE_URL["'`]?\s{0,3}[=:]\s{0,3}["'`]?jdbc:|SPRING_DATASOURCE_URL/.test(text))
  }
}

/** The URL as a whole, without a default, which would tell how the variable is written. */
const taken =
  /^(?:spring\.datasource\.(?:hikari\.jdbc-)?url\s{0,5}[=:]|( {1,20})datasource:[^\n]{0,300}\n(?:\1 {1,20}(?!url:|\s)[^\n]{0,300}\n){0,20}\1 {1,20}url:)\s{0,5}["']?\$\{DATABASE_URL\}/gm
