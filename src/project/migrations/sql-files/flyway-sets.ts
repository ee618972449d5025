import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {groupBy} from '../../../group-by.ts'
import {type MigrationFault, type MigrationSet, runOf, type SetInputs} from './migration-set.ts'
import {sqlSteps} from './sql-file.ts'
import {tablesTwice, type UpFile} from './tables-twice.ts'

/** Where Spring Boot lets Flyway look: classpath:db/migration, and all folders below. */
const place = /^(.*(?:^|\/)src\/main\/resources\/)db\/migration\/.*\.sql$/
const named = /^V(\d+(?:[._]\d+)*)__.+\.sql$/
/** Settings and code that change names, places or the order, or leave Flyway out. */
const otherwise =
  /flyway[\s\S]{0,600}?(?:locations|sql-?migration|sqlMigration|out-?of-?order|outOfOrder|ignore-?migration|validate-on-migrate|enabled\s{0,9}[:=]\s{0,9}"?false)|FlywayMigrationStrategy|FlywayConfigurationCustomizer|FluentConfiguration|Flyway\s?\.configure/
const others =
  /mysql|mariadb|sqlite|hsqldb|ojdbc|mssql|cockroach|com\.h2database|:h2:|flyway-(?:mysql|sqlserver|oracle)/i

interface Versioned {
  path: string
  /** 1.10 is behind 1.9, and 2.0 is 2. */
  version: readonly number[]
}

/** The migrations of Flyway in projects of Spring Boot, which runs them as it starts. */
export async function flywaySets(inputs: SetInputs): Promise<MigrationSet[]> {
  const {paths, reader} = inputs
  const sources = paths.ending('.sql').filter((path) => place.test(path))
  const strays = paths
    .ending('.sql')
    .filter((path) => /(?:^|\/)src\/main\/resources\/db\/migrations\/V\d[^/]*\.sql$/.test(path))
  if (sources.length + strays.length === 0) return []
  const builds = await reader.texts(paths.named('pom.xml', 'build.gradle', 'build.gradle.kts'))
  const flyway = builds.flatMap((file) => {
    const match = /\b(?:flyway-core|spring-boot-starter-flyway)\b/.exec(file.text)
    return match ? [file.span(match.index, match.index + match[0].length)] : []
  })
  const [at] = flyway
  const built = builds.map(({text}) => text).join('\n')
  if (!at || !/org\.springframework\.boot/.test(built) || !/org\.postgresql/.test(built) || others.test(built))
    return []
  const settings = await reader.texts([
    ...paths
      .ending('.properties', '.yml', '.yaml')
      .filter((path) => /(?:^|\/)(?:application|bootstrap)[\w-]*\.\w+$/.test(path)),
    ...paths
      .ending('.java', '.kt')
      .filter((path) => /(?:Flyway|Migration|Config(?:uration)?|Application)\w{0,80}\.\w{1,10}$/.test(path)),
  ])
  if (settings.some(({text}) => otherwise.test(text)) || /<locations>|sqlMigration|outOfOrder/.test(built)) return []
  const run = runOf(/\bflyway\b.{0,300}\bmigrate\b/, inputs) ?? {
    by: 'Spring Boot',
    at,
    certain: false,
    failsAt: 'boot' as const,
  }
  if (sources.length === 0) return [lost(strays, run.at)]
  const modules = groupBy(sources, (path) => place.exec(path)?.[1] ?? '')
  return Promise.all([...modules.values()].map((each) => flywaySet(each, run, inputs)))
}

type Run = NonNullable<ReturnType<typeof runOf>>

async function flywaySet(sources: readonly string[], run: Run, {reader, since}: SetInputs): Promise<MigrationSet> {
  const files = sources.flatMap((path): Versioned[] => {
    const [, version] = named.exec(posix.basename(path)) ?? []
    return version === undefined ? [] : [{path, version: numbersOf(version)}]
  })
  files.sort((a, b) => compareVersions(a.version, b.version))
  const newest = files.at(-1)?.path ?? (sources[0] as string)
  const faults = [
    ...twins(files, run),
    ...sources.flatMap((path) => misnamed(path) ?? []),
    ...(since ? late(files, (path) => since.had(path), run) : []),
  ]
  const set: MigrationSet = {index: newest, migrations: [], faults}
  const ups: UpFile[] = []
  for (const {path} of files) {
    const isNew = since ? !since.had(path) : path === newest
    const file = await reader.text(path)
    // A placeholder stands for a part of a statement.
    if (!file || file.text.includes('${')) continue
    ups.push({file, from: 0, to: file.text.length, isNew: isNew || !since})
    if (!isNew && since) continue
    const steps = sqlSteps(file, false, 0, file.text.length)
    // Flyway itself does without a transaction where the only statement wants that.
    const autocommits = steps.length < 2
    set.migrations.push({file: path, tool: 'flyway', steps, upgrade: run, isNew, autocommits, driver: undefined})
  }
  set.twice = tablesTwice(ups, run)
  // One with a placeholder is left out, and may make anything.
  if (ups.length === files.length) set.parts = ups
  return set
}

/** `1_2` is 1.2, and noughts at the end say nothing. */
const numbersOf = (version: string): number[] =>
  version
    .replace(/(?:[._]0{1,20}){1,20}$/, '')
    .split(/[._]/)
    .map(Number)

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** "Found more than one migration with version 2" (flyway-core, CompositeMigrationResolver). */
function twins(files: readonly Versioned[], run: Run): MigrationFault[] {
  return files.flatMap(({path, version}, index) => {
    const before = files[index - 1]
    if (!before || compareVersions(before.version, version) !== 0) return []
    const names = [before.path, path].map((each) => posix.basename(each))
    return {
      message: `${names.join(' and ')} have one version, ${version.join('.')}: Flyway stops before it runs anything`,
      at: {file: path},
      related: [{file: before.path}],
      hint: 'Give the newer one a higher number.',
      stops: true,
      // A variable may name one of two folders.
      isSure: posix.dirname(before.path) === posix.dirname(path),
      failsAt: run.failsAt,
    }
  })
}

/** Names that are meant for a migration, and that Flyway passes over. */
function misnamed(path: string): MigrationFault | undefined {
  const name = posix.basename(path)
  const [, prefix = '', version = '', rest = ''] = /^([Vv])(\d+(?:[._]\d+)*)(?:_+)?([^_.\d].*)\.sql$/.exec(name) ?? []
  const right = `V${version}__${rest}.sql`
  if (!version || named.test(name)) return undefined
  const why = prefix === 'v' ? 'its name must begin with V' : 'two _ must stand behind the version'
  return {
    message: `Flyway does not take ${name} for a migration: ${why}`,
    at: {file: path},
    hint: `git mv ${name} ${right}, beside the others.`,
    stops: false,
    isSure: false,
    failsAt: 'boot',
  }
}

/** "Detected resolved migration not applied to database: 1.5", as newer ones are behind the database already. */
function late(files: readonly Versioned[], had: (path: string) => boolean, run: Run): MigrationFault[] {
  const newest = files.findLast(({path}) => had(path))
  if (!newest) return []
  return files.flatMap(({path, version}) => {
    if (had(path) || compareVersions(version, newest.version) >= 0) return []
    return {
      message: `${posix.basename(path)} is new, and older by its version than ${posix.basename(newest.path)}, which the main branch has: Flyway stops where that is applied already`,
      at: {file: path},
      related: [{file: newest.path}],
      hint: `Give it a version behind ${newest.version.join('.')}; or set spring.flyway.out-of-order=true.`,
      stops: true,
      isSure: false,
      failsAt: run.failsAt,
    }
  })
}

/** Migrations that lie beside the folder in which Flyway looks. */
function lost(strays: readonly string[], at: FileLocation): MigrationSet {
  const [first = ''] = strays
  const folder = posix.dirname(first)
  const fault: MigrationFault = {
    message: `Flyway looks in db/migration of the resources, and the migrations are in ${folder}: it runs none of them`,
    at: {file: first},
    related: [at],
    hint: `git mv ${folder} ${posix.dirname(folder)}/migration; or spring.flyway.locations=classpath:db/migrations`,
    stops: false,
    isSure: false,
    failsAt: 'boot',
  }
  return {index: first, migrations: [], faults: [fault]}
}
