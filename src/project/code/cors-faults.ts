import {posix} from 'node:path'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isApart} from '../files/apart.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands} from '../processes/processes.ts'
import {projectFile} from '../toolchains/dotnet.ts'
import {StepProject} from '../toolchains/step-project.ts'
import {codeOf} from './code.ts'
import {codeContext} from './code-context.ts'
import {type CorsFault, dotnetFaults, goFaults, rustFaults, withHeaders} from './cors-rules.ts'
import {startedCode} from './started-code.ts'

export async function loadCorsFaults(inputs: Inputs, facts: FactStore): Promise<Fact<CorsFault[]>> {
  await facts.need('build')
  const context = await codeContext(inputs, facts)
  const {reader, paths} = context
  const found: CorsFault[] = []
  const seen = new Set<string>()
  if (paths.named('go.mod', 'Cargo.toml').length > 0) {
    const manifests = await reader.texts(paths.named('go.mod', 'Cargo.toml'))
    const isOld = manifests.some(({text}) => tooOld.test(text))
    for (const {by, command} of (await startedCommands(facts)).started) {
      if (by === 'release_command') continue
      for (const code of (await startedCode(command.words, context)).files) {
        if (seen.has(code.file.path) || isApart(code.file.path) || isOld) continue
        seen.add(code.file.path)
        if (code.language === 'go') found.push(...goFaults(code))
        else if (code.language === 'rust') found.push(...rustFaults(code))
      }
    }
  }
  for (const {path, text} of await dotnetProjects(inputs, facts)) {
    if (!/<TargetFrameworks?>\s*net(?:coreapp3|[5-9]\.|\d\d\.)/.test(text)) continue
    const folder = posix.dirname(path)
    const sources = (folder === '.' ? paths.ending('.cs') : paths.under(folder)).filter(
      (each) => each.endsWith('.cs') && !isApart(each),
    )
    const texts = await reader.texts(sources)
    const codes = texts.flatMap((file) => (/Cors/.test(file.text) && codeOf(file)) || [])
    found.push(...dotnetFaults(codes.map(withHeaders)))
  }
  return known(found)
}

/** The projects whose program is started, `dotnet Shop.dll`; else those that a command publishes. */
async function dotnetProjects({reader}: Inputs, facts: FactStore): Promise<TextFile[]> {
  const paths = (await facts.value('files')) ?? noFiles
  if (paths.ending('.csproj').length === 0) return []
  const {started} = await startedCommands(facts)
  const names = started.flatMap(({command: {words}}) =>
    words[0] === 'dotnet' ? (/([^/]{1,500})\.dll$/.exec(words[1] ?? '')?.[1] ?? []) : [],
  )
  const own = [...new Set(names)].flatMap((name) => paths.named(`${name}.csproj`))
  const files = await reader.texts(own)
  const published: TextFile[] = []
  for (const command of own.length > 0 ? [] : ((await facts.value('buildCommands'))?.commands ?? [])) {
    if (command.words[0] !== 'dotnet' || command.words[1] !== 'publish' || command.conditional) continue
    const project = await projectFile(new StepProject(command.moment, {command, folder: command.folder}, reader))
    if (project && !published.includes(project.text)) published.push(project.text)
  }
  return [...files, ...published]
}

/** Fiber checks it since 2.52.1, tower-http since 0.3; what names an earlier one is left alone. */
const tooOld =
  /gofiber\/fiber\/v2 v2\.(?:[0-4]?\d|5[01])\.|gofiber\/fiber\/v2 v2\.52\.0\b|tower-http\s*=\s*(?:"|\{[^}\n]{0,200}version\s*=\s*")[\^~=]?0\.[12]\b/
