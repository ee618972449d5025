/** Flyway without the part that knows Postgres, which is a package of its own from Flyway 10 on (flyway's issue 3780). */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {blank} from '../../code/code.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {sourceAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'

export interface FlywayGap {
  /** Where the build asks for Flyway. */
  at: FileLocation
  /** What makes it Flyway 10 or later: `Spring Boot 3.4.1`, `Flyway 10.20.0`. */
  because: string
  tool: 'maven' | 'gradle'
}

/** Spring Boot brings Flyway 10 from this version on (its release notes, "Flyway 10"). */
const firstSpringBoot = [3, 3] as const
const firstFlyway = 10

const buildFiles = {maven: ['pom.xml'], gradle: ['build.gradle', 'build.gradle.kts']} as const

/** The drivers of other databases: Flyway may be meant for one of these. */
const otherDrivers = /mysql|mariadb|sqlite|hsqldb|ojdbc|mssql|cockroach|com\.h2database|:h2:/
/** Settings and code by which Spring Boot does not start Flyway, or starts another one. */
const switchedOff = /flyway[\s\S]{0,300}?enabled\s{0,20}[:=]\s*"?false|FLYWAY_ENABLED|FlywayAutoConfiguration/

export async function loadFlywayGaps({reader}: Inputs, facts: FactStore): Promise<Fact<FlywayGap[]>> {
  const [{commands}, files, flyConfig] = await Promise.all([
    facts.need('buildCommands'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const tracked = files ?? noFiles
  const found: FlywayGap[] = []
  const seen = new Set<string>()
  for (const command of commands) {
    const [, program] = /^(mvn|gradle)w?$/.exec(programOf(command) ?? '') ?? []
    if (!program || command.conditional) continue
    const tool = program === 'mvn' ? 'maven' : 'gradle'
    for (const name of buildFiles[tool]) {
      const path = sourceAt(command.moment, posix.join(command.folder, name), tracked)
      const file = path === undefined || seen.has(path) ? undefined : await reader.text(path)
      if (!file) continue
      seen.add(file.path)
      const gap = gapIn(file, tool)
      if (gap) found.push(gap)
    }
  }
  if (found.length === 0 || (await isSwitchedOff())) return known([])
  return known(found)

  async function isSwitchedOff(): Promise<boolean> {
    // A plugin or a file of the project's own may bring it.
    const builds = [...tracked.named('pom.xml'), ...tracked.ending('.gradle', '.gradle.kts', '.versions.toml')]
    const settings = tracked
      .ending('.properties', '.yml', '.yaml')
      .filter((path) => posix.basename(path).startsWith('application'))
    const texts = await reader.texts([...builds, ...settings, ...tracked.ending('Application.java', 'Application.kt')])
    // Another module may bring it.
    return (
      Object.keys(flyConfig?.config.env ?? {}).includes('SPRING_FLYWAY_ENABLED') ||
      texts.some(({text}) => text.includes('flyway-database-postgresql') || switchedOff.test(text))
    )
  }
}

/** The first that counts of a file that has Flyway and the driver of Postgres alone. */
function gapIn(file: TextFile, tool: FlywayGap['tool']): FlywayGap | undefined {
  const text = ofTheApp(file.text, tool)
  const flyway =
    /org\.flywaydb:flyway-core|<artifactId>\s*flyway-core\s*<\/artifactId>|spring-boot-starter-flyway/.exec(text)
  if (!flyway || !/org\.postgresql/.test(text) || otherDrivers.test(text)) return undefined
  const at = file.span(flyway.index, flyway.index + flyway[0].length)
  const own =
    /flyway-core<\/artifactId>\s*<version>\s*([^<\s]+)|flyway-core:([^"'\s:]+)|flyway\.version(?:["']\]?\s*=\s*["']|>\s*)([^"'<\s]+)/.exec(
      text,
    )
  if (own) {
    const version = own.slice(1).find(Boolean) ?? ''
    return Number.parseInt(version, 10) >= firstFlyway ? {at, because: `Flyway ${version}`, tool} : undefined
  }
  const [, parent, plugin] =
    /<artifactId>\s*spring-boot-starter-parent\s*<\/artifactId>\s*<version>\s*(\d[\w.-]*)|org\.springframework\.boot["']\)?\s*version\s*\(?["'](\d[\w.-]*)/.exec(
      text,
    ) ?? []
  const version = parent ?? plugin
  const [major = 0, minor = 0] = version?.split('.').map(Number) ?? []
  const [firstMajor, firstMinor] = firstSpringBoot
  const isLater = major > firstMajor || (major === firstMajor && minor >= firstMinor)
  return version !== undefined && isLater ? {at, because: `Spring Boot ${version}`, tool} : undefined
}

/** Comments, and what is for tests alone, are no part of the app. */
const ofTheApp = (text: string, tool: FlywayGap['tool']): string =>
  tool === 'gradle'
    ? without(text, /(?<=\n)/, /^\s*(?:\/\/|\*|test\w*[ \t(])/)
    : without(
        without(text, /(?=<!--)|(?<=-->)/, /^<!--/),
        /(?=<dependency>)|(?<=<\/dependency>)/,
        /<scope>\s{0,20}test\s{0,20}<\/scope>/,
      )

const without = (text: string, parts: RegExp, unwanted: RegExp): string =>
  text
    .split(parts)
    .map((part) => (unwanted.test(part) ? blank(part) : part))
    .join('')
