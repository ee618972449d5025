import {posix} from 'node:path'
import {isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import {atLeast, everyOf, type Range} from './ranges.ts'
import type {Demand, Rule} from './rule.ts'
import type {StepFile, StepProject} from './step-project.ts'

/** An SDK builds for its own version and older ones (NETSDK1045), and global.json may ask for a newer one. */
export const dotnet: Rule = {
  language: 'the .NET SDK',
  command: /^dotnet (?:restore|build|publish|test|run)\b/,
  replaced:
    /dotnet-install|\bdotnet sln\b|\bsed\b[^\n]{0,300}\.slnx?\b|DOTNET_ROLL_FORWARD|<TargetFramework|\bglobal\.json\b[^\n]{0,300}>|\brm\b[^\n]{0,300}global\.json/,
  precision: 2,
  // A program goes on to newer patches and minor versions only (learn.microsoft.com, "Select the .NET version to use").
  runtime: {
    language: '.NET',
    outcome: 'it stops with "You must install or update .NET"',
    async demands(project) {
      const built = await projectFile(project)
      const shared = built && (await project.find('Directory.Build.props', posix.dirname(built.path)))
      const text = `${built?.text.text ?? ''} ${shared?.text.text ?? ''} ${project.words.join(' ')}`
      const brings = /<RollForward>|<SelfContained>|<PublishAot>|--self-contained|--sc\b|PublishAot|SelfContained/.test(
        text,
      )
      const framework = built && !brings && (targetFramework(built) ?? (await inherited(project, built)))
      if (!framework || project.words[1] !== 'publish') return []
      const {version, line} = framework
      const said = `${built.text.path} is built for net${version}`
      return [{range: [everyOf(version)], said, at: framework.text.lineSpan(line)}]
    },
  },
  async demands(project, has) {
    const demands: Demand[] = []
    const pinned = await project.find('global.json')
    const json = pinned && parseJson(pinned.text)
    if (pinned && json && 'value' in json && isTable(json.value.sdk)) {
      const {version, rollForward} = json.value.sdk
      const range = pinnedRange(String(version ?? ''), rollForward, has)
      const isOfBand = range?.length === 0
      const said = `${pinned.text.path} asks for ${version}${isOfBand ? `, and not for ${has}.${lastBands.get(has)}xx` : ''}`
      const hint = `Let ${pinned.text.path} take newer ones, "rollForward": "latestFeature", or name the version that the image has.`
      if (range) demands.push({range, said, at: json.at(['sdk', 'version']), ...(isOfBand && {hint})})
    }
    const built = await projectFiles(project)
    const frameworks = await Promise.all(built.map(async (each) => targetFramework(each) ?? inherited(project, each)))
    // All of them are restored: the newest says it all.
    const [newest] = frameworks.flatMap((each) => each ?? []).sort((a, b) => Number(b.version) - Number(a.version))
    if (newest) {
      const {version, text, line} = newest
      demands.push({range: atLeast(version), said: `${text.path} is built for net${version}`, at: text.lineSpan(line)})
    }
    return demands
  },
}

/** The last feature band of the versions that get no other one: their image has that (dotnet/core, release notes). */
const lastBands: ReadonlyMap<string, number> = new Map([
  ['6.0', 4],
  ['7.0', 4],
  ['8.0', 4],
  ['9.0', 3],
])

/**
 * What global.json takes in the place of the version that it names. Rolling forward goes up, never down, and of itself it
 * stays in the feature band, the hundreds of the last number: "A compatible .NET SDK was not found"
 * (learn.microsoft.com, "global.json overview"). undefined where nothing can be told.
 */
function pinnedRange(pinned: string, rollForward: unknown, has: string): Range | undefined {
  const [, major = '', minor = '', patch = '', preview] = /^(\d+)\.(\d+)\.(\d{3})\b(-)?/.exec(pinned) ?? []
  if (!patch) return undefined
  const wanted = `${major}.${minor}`
  if (preview) return rollForward === 'disable' ? undefined : atLeast(wanted)
  const band = Number(patch[0])
  const oldest = [Number(major), Number(minor), Number(patch)] as const
  switch (rollForward ?? 'latestPatch') {
    case 'major':
    case 'latestMajor':
      return [{from: oldest, to: undefined}]
    case 'minor':
    case 'latestMinor':
      return [{from: oldest, to: [Number(major) + 1, 0, 0]}]
    case 'feature':
    case 'latestFeature':
      return [{from: oldest, to: [Number(major), Number(minor) + 1, 0]}]
    case 'disable':
    case 'patch':
    case 'latestPatch': {
      const last = has === wanted ? lastBands.get(wanted) : undefined
      // A tag without the last number is what came last.
      const isPast = last !== undefined && last !== band
      return isPast ? [] : [{from: oldest, to: [Number(major), Number(minor), (band + 1) * 100]}]
    }
    default:
      return undefined
  }
}

/** Options whose value is the next word. */
export const takesValue = /^-(?:[a-z]|-(?:configuration|output|runtime|framework|verbosity|os|arch))$/

/** The project that a command builds, where it is one alone. */
export async function projectFile(project: StepProject): Promise<StepFile | undefined> {
  const [only, another] = await projectFiles(project)
  return another ? undefined : only
}

/**
 * The projects that a command builds: the one that it names by its file or its folder, or that lies in its folder, or all
 * that the solution there lists. MSBuild takes a solution before a project of the same name, and stops at other names
 * (MSB1011). None where one of them is not there.
 */
export async function projectFiles(project: StepProject): Promise<StepFile[]> {
  const named = project.words
    .slice(2)
    .find((word, index, all) => !word.startsWith('-') && !takesValue.test(all[index - 1] ?? ''))
    ?.replaceAll('\\', '/')
  const isFile = named !== undefined && /\.(?:slnx?|(?:cs|fs|vb)proj)$/.test(named)
  const folder = isFile ? posix.dirname(named) : (named ?? '.')
  const candidates = isFile ? [posix.basename(named)] : await project.names(folder)
  // dotnet run takes a project only.
  const solutions = project.words[1] === 'run' ? [] : candidates.filter((name) => /\.slnx?$/.test(name))
  const projects = candidates.filter((name) => /\.(?:cs|fs|vb)proj$/.test(name))
  const [[solution], [single]] = [solutions, projects]
  const stem = (name: string) => name.replace(/\.\w+$/, '').toLowerCase()
  const fits = !solution || !single || stem(solution) === stem(single)
  if (solutions.length > 1 || projects.length > 1 || !fits) return []
  const listed = solution ? await listedIn(project, posix.join(folder, solution)) : projects
  const files = await Promise.all(listed.map((path) => project.read(posix.join(folder, path))))
  return files.includes(undefined) ? [] : (files as StepFile[])
}

/** `Project("{…}") = "Shop", "Shop\Shop.csproj"` of a .sln, `<Project Path="Shop/Shop.csproj" />` of a .slnx. */
async function listedIn(project: StepProject, path: string): Promise<string[]> {
  const solution = await project.read(path)
  const paths = solution?.text.text.matchAll(/"([^"\n]{1,300}\.(?:cs|fs|vb)proj)"/g) ?? []
  return [...paths].map(([, each = '']) => each.replaceAll('\\', '/'))
}

/** The only version that a project names: of several one may be built alone. */
export function targetFramework({text}: StepFile) {
  for (let line = 1; line <= text.lineCount; line++) {
    const [, version] = /<TargetFrameworks?>\s*net(\d+\.\d+)(?!\d)[\w.-]*\s*<\//.exec(text.line(line)) ?? []
    if (version) return {version, text, line}
  }
  return undefined
}

/** Directory.Build.props above the project counts where it says nothing itself. */
async function inherited(project: StepProject, built: StepFile) {
  if (/<TargetFramework/.test(built.text.text)) return undefined
  const file = await project.find('Directory.Build.props', posix.dirname(built.path))
  return file && targetFramework(file)
}
