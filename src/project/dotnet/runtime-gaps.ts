import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {allInstructions, rootImage} from '../dockerfile/parse.ts'
import {noFiles} from '../files/files.ts'
import {plainName} from '../image/base/base-images.ts'
import {overlaps} from '../image/files/image-path.ts'
import type {Inputs} from '../inputs.ts'

/** What a command of the machines needs of .NET, and the final image does not have. */
export interface DotnetGap {
  by: string
  at: FileLocation
  /** `dotnet ef`, or the program: `Shop.dll`. */
  command: string
  base: string
  from: FileLocation
  /** `sdk`: a command of the SDK, where the runtime is alone. `tool`: one that is installed for itself. `web`: ASP.NET. */
  kind: 'sdk' | 'tool' | 'web'
  /** `web`: the project that asks for it. */
  project?: FileLocation
}

const image = /^mcr\.microsoft\.com\/dotnet\/(?:nightly\/)?(aspnet|runtime|runtime-deps|sdk)(?::|$)/
/** What dotnet does itself without an SDK is to start a .dll (learn.microsoft.com: dotnet command). */
const ofSdk = /^dotnet (build|run|watch|test|publish|restore|tool|ef|msbuild|user-secrets|new|clean|pack)(?:\s|$)/

/**
 * "No .NET SDKs were found", "Could not execute because the specified command or file was not found", "Framework:
 * 'Microsoft.AspNetCore.App' … not found". The images are made by dotnet/dotnet-docker.
 */
export async function loadDotnetGaps({reader}: Inputs, facts: FactStore): Promise<Fact<DotnetGap[]>> {
  const [[build, processes], flyConfig, files] = await Promise.all([
    facts.needAll('build', 'processes'),
    facts.value('flyConfig'),
    facts.value('files'),
  ])
  const {final} = build
  const base = rootImage(final.stage) ?? ''
  const [, flavour] = image.exec(plainName(base)) ?? []
  if (flavour === undefined || flyConfig?.hasContainers) return known([])
  const instructions = allInstructions(final.stage)
  const runs = instructions.flatMap(({keyword, text}) => (/^(?:RUN|ENV)$/.test(keyword) ? text : [])).join('\n')
  const isBrought = (...folders: string[]) =>
    final.unknown.some(({by, path}) => by === 'copy' && folders.some((folder) => overlaps(path, folder))) ||
    folders.some((folder) => final.files.get(folder))
  const homes = ['/usr/share/dotnet', '/usr/lib/dotnet', '/usr/bin/dotnet', '/root/.dotnet']
  const found: DotnetGap[] = []
  for (const {by, text, at, certain, supervised} of processes.commands) {
    if (!certain || supervised) continue
    const rest = {by, at, base, from: final.stage.at}
    const plain = text.replace(/^(?:exec )?(?:\/usr\/bin\/)?(?=dotnet )/, '')
    const [command = '', verb] = ofSdk.exec(plain) ?? []
    if (verb !== undefined) {
      if (/dotnet-sdk|dotnet-install|dotnet-ef|tool (?:install|restore)/.test(runs) || isBrought(...homes)) continue
      if (flavour !== 'sdk') found.push({...rest, command: command.trim(), kind: 'sdk'})
      else if (verb === 'ef' && (files ?? noFiles).named('dotnet-tools.json').length === 0)
        found.push({...rest, command: command.trim(), kind: 'tool'})
      continue
    }
    const [, program = ''] = /^dotnet (?:\S*\/)?([\w.-]+)\.dll(?:\s|$)/.exec(plain) ?? []
    if (flavour !== 'runtime' || !program || /aspnetcore/i.test(runs) || isBrought(...homes)) continue
    const project = await projectOf(program)
    if (project) found.push({...rest, command: `${program}.dll`, kind: 'web', project})
  }
  return known(found)

  /** The project of that name, where it asks for ASP.NET by its SDK. */
  async function projectOf(program: string): Promise<FileLocation | undefined> {
    const [path, another] = (files ?? noFiles).named(`${program}.csproj`)
    const file = another === undefined ? await reader.text(path) : undefined
    const sdk = /<Project\s[^>]{0,200}Sdk="Microsoft\.NET\.Sdk\.Web"/.exec(file?.text ?? '')
    if (!file || !sdk || /<AssemblyName>|SelfContained/.test(file.text)) return undefined
    const builds = build.stages.flatMap(({stage}) => stage.instructions.map(({text}) => text)).join('\n')
    return /self-contained|--sc\b|SelfContained/i.test(builds)
      ? undefined
      : file.span(sdk.index, sdk.index + sdk[0].length)
  }
}
