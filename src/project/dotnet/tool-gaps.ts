import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {instructionsBefore, rootImage} from '../dockerfile/parse.ts'
import {noFiles} from '../files/files.ts'
import {plainName} from '../image/base/base-images.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {withAbove} from '../image/files/image-path.ts'
import {holds, sourceAt} from '../image/moment.ts'
import type {Inputs} from '../inputs.ts'

/** A tool of .NET that a RUN calls and that dotnet does not find. */
export interface DotnetToolGap {
  /** `dotnet ef`, as it is called. */
  command: string
  at: FileLocation
  /** `path`: installed into a folder that is not on PATH. `absent`: not at all. `unrestored`: a manifest lists it alone. */
  kind: 'path' | 'absent' | 'unrestored'
  /** Where it is installed, or the manifest is. */
  from: FileLocation | undefined
  /** The folder of the tools, or the manifest. */
  place: string
}

/**
 * "Could not execute because the specified command or file was not found", "Run dotnet tool restore": dotnet looks for a
 * global tool on PATH, and the images of the SDK do not name its folder there (learn.microsoft.com, "dotnet tool install").
 */
export async function loadDotnetToolGaps(_: Inputs, facts: FactStore): Promise<Fact<DotnetToolGap[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const found: DotnetToolGap[] = []
  for (const command of commands) {
    if (command.conditional || !command.decisive || found.some(({at}) => at.line === command.at.line)) continue
    const name = toolOf(command)
    const gap = name === undefined ? undefined : gapOf(name, command, commands)
    if (gap)
      found.push({command: command.words[0] === 'dotnet' ? `dotnet ${name}` : `dotnet-${name}`, at: command.at, ...gap})
  }
  return known(found)

  function gapOf(
    name: string,
    command: BuildCommand,
    all: readonly BuildCommand[],
  ): Pick<DotnetToolGap, 'kind' | 'from' | 'place'> | undefined {
    const {moment, before, folder} = command
    const {stage, instruction, env} = moment
    if (!/^mcr\.microsoft\.com\/dotnet\/sdk(?::|$)/.test(plainName(rootImage(stage) ?? ''))) return undefined
    const earlier = instructionsBefore(stage, instruction)
    const texts = [before, ...earlier.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : []))]
    if (/\bPATH=/.test(instruction.text) || texts.some((text) => /tool-manifest|\bln\b|\/etc\/profile/.test(text)))
      return undefined
    const onPath = (env.get('PATH') ?? '').split(':').map((each) => each.replace(/\/$/, ''))
    if (env.get('PATH')?.includes('$') || env.has('DOTNET_CLI_HOME') || env.has('HOME')) return undefined
    const installs = all.filter(
      ({words, moment: {stage: other}}) =>
        (other === stage || earlier.some((each) => other.instructions.includes(each))) &&
        /^dotnet tool (?:install|update) /.test(words.join(' ')) &&
        words.some((word) => word?.toLowerCase() === `dotnet-${name}`),
    )
    const [install] = installs
    if (install) {
      if (installs.length > 1 || !install.words.some((word) => word === '-g' || word === '--global')) return undefined
      const place = '/root/.dotnet/tools'
      const isRoot = earlier.every(({keyword}) => keyword !== 'USER')
      return isRoot && !onPath.includes(place) ? {kind: 'path', from: install.at, place} : undefined
    }
    const manifest = withAbove(folder)
      .flatMap((each) => [posix.join(each, '.config/dotnet-tools.json'), posix.join(each, 'dotnet-tools.json')])
      .find((each) => holds(moment, each) !== 'no')
    if (manifest) {
      const isListed = sourceAt(moment, manifest, files ?? noFiles) !== undefined
      const isRestored = texts.some((text) => /\btool (?:restore|install)\b/.test(text))
      return isListed && !isRestored ? {kind: 'unrestored', from: undefined, place: manifest} : undefined
    }
    const mayBring =
      texts.some((text) => /\btool\b|dotnet-|\.sh\b|\bmake\b|curl|wget/.test(text)) ||
      earlier.some(({keyword, text}) => /^(?:COPY|ADD)$/.test(keyword) && /--from=/.test(text))
    return mayBring ? undefined : {kind: 'absent', from: undefined, place: ''}
  }
}

/** `dotnet ef`: what is no command of the SDK itself; others are left aside. */
function toolOf({words}: BuildCommand): string | undefined {
  const [program, verb] = words
  if (program === 'dotnet' && verb === 'ef') return verb
  return program === 'dotnet-ef' ? 'ef' : undefined
}
