import {posix} from 'node:path'
import {withoutMarkupComments} from '../code/comments.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {mayBeChanged} from '../image/moment.ts'
import {stepOf} from '../image/outputs/output.ts'
import type {MissingTask, Project} from '../image/programs/missing-tasks.ts'
import {programOf} from '../image/shell/command.ts'

/** Options whose value is a word of its own (`mvn --help`); the long names have one dash or two. */
const valued =
  /^(?:-(?:b|D|f|gs|gt|l|P|pl|rf|s|t|T)|--?(?:builder|define|file|global-settings|global-toolchains|log-file|activate-profiles|projects|resume-from|settings|toolchains|threads|color))$/
/** These do something by themselves. */
const ends = /^(?:-(?:v|h|emp|ep)|--?(?:version|help|encrypt-(?:master-)?password))$/

/** Parents of which it is known that they name no goal. */
const plainParents = /^(?:org\.springframework\.boot|io\.quarkus|io\.micronaut|io\.helidon)/

/** "No goals have been specified for this build": Maven runs no phase by itself, unless the pom has a `<defaultGoal>`. */
export async function goallessMaven(command: BuildCommand, project: Project): Promise<MissingTask | undefined> {
  const {words, moment} = command
  const program = programOf(command) ?? ''
  if (!/^mvnw?$/.test(program) || words.includes(undefined)) return undefined
  const rest = words.slice(1) as string[]
  const isGoal = (word: string, index: number) => !word.startsWith('-') && !valued.test(rest[index - 1] ?? '')
  if (rest.some((word, index) => ends.test(word) || isGoal(word, index))) return undefined
  // Both bring words of their own.
  const isSet = moment.variables.has('MAVEN_ARGS') || project.tracked.named('maven.config').length > 0
  if (isSet || rest.some((word) => /^-f|^--?file/.test(word))) return undefined
  const pom = await stepOf(command, project).read(posix.join(command.folder, 'pom.xml'))
  if (!pom || mayBeChanged(command, pom.path)) return undefined
  const poms = await project.reader.texts(project.tracked.named('pom.xml'))
  if (poms.some(({text}) => text.includes('<defaultGoal>'))) return undefined
  const [, group] = /<parent>[\s\S]{0,1000}?<groupId>\s*([\w.-]+)/.exec(withoutMarkupComments(pom.text.text)) ?? []
  const text = [program, ...rest].join(' ')
  return {
    message: `${text} stops with "No goals have been specified for this build": it names none, and ${pom.text.path} has no defaultGoal`,
    at: command.at,
    related: [pom.text.whole],
    hint: `Name one: ${text} dependency:go-offline fetches what the build needs, ${text} package builds.`,
    ...(group !== undefined && !plainParents.test(group) && {likely: true}),
  }
}
