import {posix} from 'node:path'
import {isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import {atLeast, everyOf} from './ranges.ts'
import type {Demand, Rule} from './rule.ts'
import type {StepFile, StepProject} from './step-project.ts'

/** An SDK builds for its own version and older ones (NETSDK1045), and global.json may ask for a newer one. */
export const dotnet: Rule = {
  language: 'the .NET SDK',
  command: /^dotnet (?:restore|build|publish|test|run)\b/,
  replaced:
    /dotnet-install|DOTNET_ROLL_FORWARD|<TargetFramework|\bglobal\.json\b[^\n]{0,300}>|\brm\b[^\n]{0,300}global\.json/,
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
  async demands(project) {
    const demands: Demand[] = []
    const pinned = await project.find('global.json')
    const json = pinned && parseJson(pinned.text)
    if (pinned && json && 'value' in json && isTable(json.value.sdk)) {
      const {version, rollForward} = json.value.sdk
      const [, wanted] = /^(\d+\.\d+)\.\d+/.exec(String(version ?? '')) ?? []
      // Rolling forward goes up, never down.
      if (wanted && rollForward !== 'disable') {
        demands.push({
          range: atLeast(wanted),
          said: `${pinned.text.path} asks for ${version}`,
          at: json.at(['sdk', 'version']),
        })
      }
    }
    const built = await projectFile(project)
    const framework = built && (targetFramework(built) ?? (await inherited(project, built)))
    if (framework) {
      const {version, text, line} = framework
      demands.push({range: atLeast(version), said: `${text.path} is built for net${version}`, at: text.lineSpan(line)})
    }
    return demands
  },
}

/** The project that a command names, by its file or its folder, or the one of its folder. */
export async function projectFile(project: StepProject): Promise<StepFile | undefined> {
  const named = project.words
    .slice(2)
    .find((word, index, all) => !word.startsWith('-') && !/^-[a-z]$/.test(all[index - 1] ?? ''))
  if (named && /\.(?:cs|fs|vb)proj$/.test(named)) return project.read(named.replaceAll('\\', '/'))
  if (named && /\.\w+$/.test(named)) return undefined
  const folder = named ?? '.'
  const candidates = (await project.names(folder)).filter((name) => /\.(?:(?:cs|fs|vb)proj|slnx?)$/.test(name))
  return candidates.length === 1 && !candidates[0]?.includes('.sln')
    ? project.read(posix.join(folder, candidates[0] as string))
    : undefined
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
