/** Spring Boot with Hibernate: what it takes by the time it answers its first request. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isApart} from '../files/apart.ts'
import {noFiles} from '../files/files.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'
import {groupsRunning} from '../processes/command-groups.ts'
import {startedBy} from '../processes/processes.ts'

export interface SpringStart {
  by: string
  at: FileLocation
  /** Where the project asks for Hibernate. */
  asked: FileLocation
  /** The process groups whose machines start it. */
  groups: readonly string[]
}

const manifests = ['pom.xml', 'build.gradle', 'build.gradle.kts', 'libs.versions.toml']
const hibernate = /\bspring-boot-starter-data-(?:jpa|rest)\b/
/** Who measures what it takes says how much it may take. */
const tuned =
  /-Xm[xs]\d|MetaspaceSize|ReservedCodeCacheSize|TieredStopAtLevel|-Xss|SharedArchiveFile|-Xshare|\bnative\b/
const variables = ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', 'JAVA_OPTS', '_JAVA_OPTIONS']

export async function loadSpringStarts(inputs: Inputs, facts: FactStore): Promise<Fact<SpringStart[]>> {
  const flyConfig = await facts.need('flyConfig')
  const [image, files] = await Promise.all([facts.value('image'), facts.value('files')])
  const paths = (files ?? noFiles).named(...manifests).filter((path) => !isApart(path))
  const texts = await inputs.reader.texts(paths)
  const own = texts.find(({text}) => hibernate.test(text) && text.includes('spring'))
  // GraalVM makes a program of it, and a variable may hold options that are not seen here.
  if (!own || texts.some(({text}) => /native-maven-plugin|graalvm/.test(text))) return known([])
  const set = [...(image?.final.env ?? [])].map(([name, {value}]) => ({name, value}))
  const given = [
    ...set,
    ...Object.entries(flyConfig.config.env ?? {}).map(([name, value]) => ({name, value: String(value)})),
  ]
  if (given.some(({name, value}) => variables.includes(name) && (value === undefined || tuned.test(value))))
    return known([])
  const unknown = () => undefined
  const {started} = await startedBy(inputs, facts, {inShell: unknown, outside: unknown, packageScripts: true})
  const at = own.lineSpan(own.position(own.text.search(hibernate)).line)
  return known(
    started.flatMap(({by, command, certain}): SpringStart[] => {
      const groups = groupsRunning(by, flyConfig)
      const {words} = command
      const isTuned = words.some((word) => word === undefined || tuned.test(word))
      return certain && groups.length > 0 && programOf(command) === 'java' && words.includes('-jar') && !isTuned
        ? [{by, at: command.at, asked: at, groups}]
        : []
    }),
  )
}
