import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isApart} from '../apart.ts'
import {type Code, codeOf, placeOf} from '../code/code.ts'
import type {CodeContext} from '../code/code-servers.ts'
import {entryOf} from '../code/entry.ts'
import {type ProgramLibrary, programCalls} from '../code/program-calls.ts'
import {startedCode} from '../code/started-code.ts'
import {rootImage} from '../dockerfile/parse.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands} from '../processes.ts'
import {importedBy} from '../python/modules.ts'
import {sourceIn} from './listeners.ts'
import {finalPrograms} from './programs.ts'
import {peel} from './server-name.ts'
import {type SystemProgram, systemPrograms} from './system-programs.ts'

/** A program that the code runs and that the final image does not have. */
export interface CalledProgram {
  program: string
  /** What installs it. */
  brings: SystemProgram
  /** The library that runs it; undefined where the code itself does. */
  library: ProgramLibrary | undefined
  /** The command that starts the code: `CMD`. */
  by: string
  /** The call. */
  at: FileLocation
  /** The base image of the last stage, its distribution, and where another package would be installed. */
  base: string
  distribution: 'debian' | 'alpine' | 'none'
  beside: FileLocation
}

/** The code finds out whether there is such a program, brings one along, or looks for it in a place of its own. */
const isPrepared =
  /\bwhich\b|FileNotFoundError|\bENOENT\b|\bLookPath\b|\bcommandExists\b|command -v|\b(?:static[-_]ffmpeg|ffmpeg[-_]static|imageio[-_]ffmpeg|ffmpeg_path|ffmpeg[-_]installer)\b|environ\[["']PATH["']\]|process\.env\.PATH\s*[+]?=/

export async function loadCalledPrograms({reader}: Inputs, facts: FactStore): Promise<Fact<CalledProgram[]>> {
  const [build, image, files] = await Promise.all([facts.get('build'), facts.get('image'), facts.get('files')])
  if (build.state !== 'ok') return build
  if (image.state !== 'ok') return image
  if (files.state !== 'ok') return files
  const programs = finalPrograms(build.value, image.value)
  const {final} = image.value
  if (!programs.base) return known([])
  const {distribution} = programs.base
  const paths = files.value
  const context: CodeContext = {reader, paths, image: image.value, source: sourceIn(build.value, paths)}
  const found = new Map<string, CalledProgram>()
  const seen = new Set<string>()
  for (const {by, command} of (await startedCommands(facts)).started) {
    const words = command.words.map((text) => ({text, fixed: true}))
    const own = await startedCode(entryOf(peel(words), context), command.words.join(' '), context)
    for (const code of [...own, ...(await laterImports(own))]) {
      if (seen.has(code.file.path) || isApart(code.file.path)) continue
      seen.add(code.file.path)
      if (isPrepared.test(code.text)) continue
      for (const {program, library, span} of programCalls(code)) {
        const brings = systemPrograms.get(program)
        if (!brings || found.has(program) || programs.has(program) !== 'no') continue
        found.set(program, {
          program,
          brings,
          library,
          by,
          at: placeOf(code, span),
          base: rootImage(final.stage) ?? '',
          distribution,
          beside: final.packages.listedAt ?? final.stage.at,
        })
      }
    }
  }
  return known([...found.values()])

  /** What Python imports in functions and branches: it runs when they do. */
  async function laterImports(own: readonly Code[]): Promise<Code[]> {
    const python = own.flatMap(({language, file}) => (language === 'python' ? [file.path] : []))
    if (python.length === 0) return []
    const all = await importedBy(python, paths, reader)
    const more = await Promise.all([...all].filter((path) => !python.includes(path)).map((path) => reader.text(path)))
    return more.flatMap((file) => (file && codeOf(file)) ?? [])
  }
}
