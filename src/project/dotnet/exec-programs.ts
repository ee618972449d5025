import {instructionsBefore, rootImage} from '../dockerfile/parse.ts'
import {bringers} from '../image/base/brought-programs.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {isBelow} from '../image/files/image-path.ts'
import type {MissingTask, Project} from '../image/programs/missing-tasks.ts'
import {mayInstallAnything} from '../image/programs/programs.ts'
import {programOf} from '../image/shell/command.ts'
import {shellCommands} from '../image/shell/shell-commands.ts'
import {projectFile} from '../toolchains/dotnet.ts'
import {StepProject} from '../toolchains/step-project.ts'
import {targetExecs} from './targets.ts'

/** Programs of JavaScript, which the images of the .NET SDK have not had since 2.x. */
const foreign = /^(?:node|npm|npx|yarn|pnpm|bun|bunx)$/
const image = /^mcr\.microsoft\.com\/dotnet\/sdk:(?:[3-9]|[1-9]\d)\.\d(?!.*(?:nano|windows))/

/** "npm: not found", MSB3073: a target of the project runs a program that the stage does not have. */
export async function execProgram(
  command: BuildCommand,
  {reader}: Pick<Project, 'reader'>,
): Promise<MissingTask | undefined> {
  const [, verb = ''] = command.words
  if (programOf(command) !== 'dotnet' || !/^(?:build|publish)$/.test(verb) || command.words.includes('--no-build'))
    return undefined
  const base = rootImage(command.moment.stage)
  if (base === undefined || !image.test(base)) return undefined
  const file = await projectFile(new StepProject(command.moment, {command, folder: command.folder}, reader))
  if (!file) return undefined
  for (const {command: line, at, mayBeSkipped} of targetExecs(file.text, verb === 'publish')) {
    // $(…) is a property of MSBuild, not of the shell.
    const commands = shellCommands(
      line.replace(/\$\([^)]{0,100}\)/g, 'x'),
      () => undefined,
      () => at,
    )
    const called = commands?.find((each) => !each.conditional && foreign.test(each.words[0] ?? ''))
    const program = called?.words[0]
    if (!called?.decisive || program === undefined || mayHave(command, program)) continue
    return {
      message: `${verb === 'publish' ? 'dotnet publish' : 'dotnet build'} ${mayBeSkipped ? 'is likely to stop' : 'stops'}: ${file.text.path} runs ${program}, and neither ${base} nor a RUN brings it`,
      at: command.at,
      related: [at],
      hint: `Install ${program} in this stage; or run it in a stage of its own that has it, COPY its output into this one, and give the target a condition: Condition="'$(SkipFrontend)' != 'true'", with dotnet ${verb} -p:SkipFrontend=true.`,
      likely: mayBeSkipped,
    }
  }
  return undefined
}

/** Whether something before may have brought a program: a RUN that speaks of it, or files that are copied onto PATH. */
function mayHave({moment, before}: BuildCommand, program: string): boolean {
  const names = bringers.get(program) ?? /$^/
  const earlier = instructionsBefore(moment.stage, moment.instruction)
  const texts = earlier.flatMap(({keyword, text}) => (/^(?:RUN|ENV)$/.test(keyword) ? text : []))
  if ([before, ...texts].some((text) => names.test(text) || mayInstallAnything(text))) return true
  const system = ['/usr/local/bin', '/usr/bin', '/bin', '/opt']
  return (
    system.some((folder) => moment.files.get(`${folder}/${program}`)) ||
    moment.unknown.some(
      ({by, path}) => by === 'copy' && system.some((each) => isBelow(each, path) || isBelow(path, each)),
    )
  )
}
