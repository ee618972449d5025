import {posix} from 'node:path'
import {withoutMarkupComments} from '../../code/comments.ts'
import {projectFile, projectFiles, targetFramework} from '../../toolchains/dotnet.ts'
import type {StepFile, StepProject} from '../../toolchains/step-project.ts'
import type {BuildCommand} from '../build-commands.ts'
import {overlaps} from '../files/image-path.ts'
import {flagValue, type Made, type OutputRule, type Project, stepOf} from './output.ts'

/** Settings that lay the output elsewhere, on the command line or in a file of the project. */
const moved =
  /PublishDir|PublishProfile|OutputPath|ArtifactsPath|UseArtifactsOutput|AppendTargetFrameworkToOutputPath|--artifacts-path/

/** What is published lies in the folder of -o, else in bin/Release/net8.0/publish (learn.microsoft.com, dotnet publish). */
export const dotnet: OutputRule = {
  tool: 'dotnet publish',
  builds: /^dotnet (?:publish\b|build\b.* (?:-o|--output)\b)/,
  harmless: /^\s*dotnet (?:restore|build|publish|test|workload|tool|nuget|--)/,
  wanted: /\/(?:publish|out(?:put)?)\/?$|\/bin\/(?:Release|Debug)\/[\w./-]{1,200}$/i,
  ownFolder: true,
  async made(command, wanted, project): Promise<Made | undefined> {
    const folder = await publishFolder(command, project)
    if (folder === undefined) return undefined
    // A folder above or below it is there, too.
    const place = overlaps(folder.path, wanted.replace(/\/$/, '')) ? posix.resolve(wanted) : folder.path
    return {folder: posix.dirname(place), names: [posix.basename(place)], because: folder.because, alone: true}
  },
}

/** undefined where it cannot be told. */
export async function publishFolder(
  command: BuildCommand,
  project: Project,
): Promise<{path: string; because: string} | undefined> {
  const {words, folder} = command
  if (words.includes(undefined) || moved.test(words.join(' '))) return undefined
  const output = flagValue(words, '-o', '--output')
  if (output !== undefined)
    return {path: posix.resolve(folder, output.replaceAll('\\', '/')), because: `as -o ${output} says`}
  const step = stepOf(command, project)
  const file = await projectFile(step)
  const shared = file && (await step.find('Directory.Build.props', posix.dirname(file.path)))
  if (!file || moved.test(`${file.text.text}${shared?.text.text ?? ''}`) || flagValue(words, '-f', '--framework'))
    return undefined
  const framework = targetFramework(file) ?? (shared && targetFramework(shared))
  const configuration = flagValue(words, '-c', '--configuration')
  const runtime = flagValue(words, '-r', '--runtime') ?? ''
  // Before 8 publish took Debug, unless something says otherwise.
  const isNew = Number.parseInt(framework?.version ?? '', 10) >= 8
  if (
    !framework ||
    !(configuration || isNew) ||
    /RuntimeIdentifier|--os\b|--arch\b|-a\b/.test(`${file.text.text}${words.join(' ')}`)
  )
    return undefined
  const path = posix.join(
    posix.dirname(file.path),
    'bin',
    configuration ?? 'Release',
    `net${framework.version}`,
    runtime,
    'publish',
  )
  return {path, because: `for net${framework.version} in ${file.text.path}`}
}

const renamed = /AssemblyName|PublishSingleFile|PublishAot/

/**
 * The programs and libraries that a project brings: its own, called like its file unless AssemblyName says otherwise, and
 * those that it refers to; a package most often has one of its own name. undefined where that cannot be told.
 */
export async function assemblies(
  command: BuildCommand,
  project: Project,
): Promise<{names: string[]; file: string} | undefined> {
  const step = stepOf(command, project)
  if (command.words.includes(undefined) || renamed.test(command.words.join(' '))) return undefined
  const queue = await projectFiles(step)
  const [first] = queue
  if (!first) return undefined
  const names = new Map<string, string>()
  const packages: string[] = []
  for (let file = queue.shift(); file; file = queue.shift()) {
    if (names.has(file.path)) continue
    const name = await assemblyName(file, step)
    if (name === undefined) return undefined
    names.set(file.path, `${name}.dll`)
    for (const [, each = ''] of file.text.text.matchAll(/<PackageReference\s+Include="([^"]+)"/g))
      packages.push(`${each}.dll`)
    for (const [, path = ''] of file.text.text.matchAll(/<ProjectReference\s+Include="([^"]+)"/g)) {
      const next = await step.read(posix.join(posix.dirname(file.path), path.replaceAll('\\', '/')))
      if (!next) return undefined
      queue.push(next)
    }
  }
  return {names: [...names.values(), ...packages], file: first.text.path}
}

async function assemblyName(file: StepFile, step: StepProject): Promise<string | undefined> {
  const folder = posix.dirname(file.path)
  const shared = [await step.find('Directory.Build.props', folder), await step.find('Directory.Build.targets', folder)]
  const text = withoutMarkupComments(file.text.text)
  if (shared.some((each) => renamed.test(each?.text.text ?? '')) || /PublishSingleFile|PublishAot|<Import\b/.test(text))
    return undefined
  if (!text.includes('AssemblyName')) return posix.basename(file.path).replace(/\.\w+proj$/, '')
  const [name, another] = [...text.matchAll(/<AssemblyName>\s{0,50}([^<\s]{1,200})\s{0,50}</g)].map(([, each]) => each)
  return another === undefined && !name?.includes('$') ? name : undefined
}
