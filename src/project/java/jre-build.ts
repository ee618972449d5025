import {posix} from 'node:path'
import {allInstructions, rootImage, rootStage} from '../dockerfile/parse.ts'
import {plainName} from '../image/base/base-images.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {originOf} from '../image/moment.ts'
import type {MissingTask, Project} from '../image/programs/missing-tasks.ts'
import {programOf} from '../image/shell/command.ts'
import {java} from '../toolchains/java.ts'

/** Images that run Java and have no javac. */
const jre =
  /^(?:(?:eclipse-temurin|ibm-semeru-runtimes|openjdk|sapmachine|azul\/zulu-openjdk(?:-\w+)?):(?:[\w.-]+-)?jre\b|amazoncorretto:\S+-headless\b|bellsoft\/liberica-openjre-)/

/** "No compiler is provided in this environment", "does not provide the required capabilities: [JAVA_COMPILER]". */
export async function jreBuild(command: BuildCommand, {reader, tracked}: Project): Promise<MissingTask | undefined> {
  const image = plainName(rootImage(command.moment.stage) ?? '')
  const text = [programOf(command), ...command.words.slice(1)].join(' ')
  if (!jre.test(image) || !java.command.test(text)) return undefined
  const all = allInstructions(command.moment.stage)
  const earlier = all.slice(0, all.indexOf(command.moment.instruction) + 1)
  // Another one is brought, or Gradle fetches it.
  if (earlier.some((each) => /jdk|javac|sdkman|JAVA_HOME/i.test(`${each.text}${each.line.flags.join()}`)))
    return undefined
  const folder = originOf(command.moment, command.folder, tracked)
  if (folder === undefined) return undefined
  const sources = tracked.only((path) => folder === '' || path.startsWith(`${folder}/`)).ending('.java')
  if (!sources.some((path) => /(?:^|\/)src\/main\/java\//.test(path))) return undefined
  for (const name of ['settings.gradle', 'settings.gradle.kts']) {
    const settings = await reader.text(posix.join(folder, name))
    if (/foojay|toolchainManagement/.test(settings?.text ?? '')) return undefined
  }
  return {
    message: `${text} stops: ${image} has no Java compiler, as it is a JRE`,
    at: command.at,
    related: [rootStage(command.moment.stage).at],
    hint: `Build it in a stage of a JDK, such as ${image.replace(/jre/, 'jdk').replace('-headless', '')}, and copy the archive into this one.`,
  }
}
