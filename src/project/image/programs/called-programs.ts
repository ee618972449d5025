import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {type Code, codeOf, placeOf} from '../../code/code.ts'
import {codeContext} from '../../code/code-context.ts'
import {filledFromFile} from '../../code/listen/code-servers.ts'
import {askedFor, type ProgramLibrary, programCalls} from '../../code/program-calls.ts'
import {startedCode} from '../../code/started-code.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import {overlayOf} from '../../elixir/overlays.ts'
import {setVariables} from '../../environment/set-variables.ts'
import {isApart} from '../../files/apart.ts'
import type {Inputs} from '../../inputs.ts'
import {type Started, startedCommands} from '../../processes/processes.ts'
import {importedBy} from '../../python/imports/modules.ts'
import {type SystemProgram, systemPrograms} from '../packages/system-programs.ts'
import {type BrowserFault, browserFault} from './browser-paths.ts'
import {finalPrograms} from './programs.ts'

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
  /** The image has one that the library does not find. */
  unfound?: BrowserFault
}

/** The code finds out whether there is such a program, brings one along, or looks for it in a place of its own. */
export const isPrepared =
  /\bwhich\b|FileNotFoundError|\bENOENT\b|\bLookPath\b|\bfind_executable\b|\bErlangError\b|\bcommandExists\b|command -v|\b(?:static[-_]ffmpeg|ffmpeg[-_]static|imageio[-_]ffmpeg|ffmpeg_path|ffmpeg[-_]installer)\b|environ\[["']PATH["']\]|process\.env\.PATH\s*[+]?=/

/** What brings the browsers of Playwright, at build or at start. */
const fetching =
  /\b(?:playwright|patchright)(?:-core)?["',\s]{1,20}install|\binstall_playwright\b|@playwright\/browser-|\bpuppeteer browsers install/

/** A module of Python without any of these words starts no program, and need not be read in layers. */
const mayCall = /subprocess|\bos\s*\.\s*(?:system|popen)\b|ffmpeg|FFMpeg|(?:playwright|patchright)|selenium|\bwhich\b/

/** What programs are told to do: `serve` of `/shop serve`, and of CMD ["serve"] behind an ENTRYPOINT. */
function verbsOf(started: readonly Started[]): string[] {
  const isEntry = ({by}: Started) => /entrypoint/i.test(by)
  const hasEntry = started.some(isEntry)
  const words = started.flatMap((each) => each.command.words.slice(hasEntry && !isEntry(each) ? 0 : 1))
  return words.filter((word) => word !== undefined && /^[a-z][\w-]*$/.test(word)) as string[]
}

/** Of a Go program that is told what to do, a file of its commands that names none of it. */
const isOfOther = ({language, text}: Code, verbs: readonly string[]): boolean =>
  language === 'go' &&
  verbs.length > 0 &&
  /^package main\b|\bcobra\.Command\{/m.test(text) &&
  !verbs.some((verb) => text.includes(`"${verb}`))

export async function loadCalledPrograms(inputs: Inputs, facts: FactStore): Promise<Fact<CalledProgram[]>> {
  const [build, image, paths] = await facts.needAll('build', 'image', 'files')
  const programs = finalPrograms(build, image)
  const {final} = image
  if (!programs.base) return known([])
  const {distribution} = programs.base
  const {reader} = inputs
  const context = await codeContext(inputs, facts)
  const found = new Map<string, CalledProgram>()
  const {started, texts} = await startedCommands(facts)
  let fetches = await fetchesBrowsers()
  const verbs = verbsOf(started)
  const seen = new Set<string>()
  const asked = new Set<string>()
  const unfound: CalledProgram[] = []
  const set = await setVariables(facts)
  const hasSettings = paths.beginning('.puppeteerrc', 'puppeteer.config').length > 0
  const {installed} = final.packages
  const place = {stages: image.stages.map(({stage}) => stage), final: final.stage, distribution, installed, set}
  for (const {by, command} of started) {
    const {entry, files: own} = await startedCode(command.words, context)
    for (const code of [...own, ...(await laterImports(own)), ...(await ofRelease(command.words))]) {
      if (seen.has(code.file.path) || isApart(code.file.path)) continue
      seen.add(code.file.path)
      fetches ||= fetching.test(code.text)
      for (const name of askedFor(code)) asked.add(name)
      if (isPrepared.test(code.text) || isOfOther(code, verbs)) continue
      for (const {program, library, span} of programCalls(code)) {
        const brings = systemPrograms.get(program)
        const at = placeOf(code, span)
        const called = {program, library, by, at, base: rootImage(final.stage) ?? '', distribution}
        const looksForIt = library?.isPuppeteer && entry && !hasSettings && !(await filledFromFile(entry, context))
        const fault = looksForIt ? browserFault(code, span, place) : undefined
        if (brings && fault) unfound.push({...called, brings, beside: at, unfound: fault})
        // Python itself finds out in which environment it is.
        if (code.language === 'python' && /^python3?$/.test(program)) continue
        if (!brings || found.has(program) || programs.has(program) !== 'no') continue
        found.set(program, {...called, brings, beside: final.packages.listedAt ?? final.stage.at})
      }
    }
  }
  if (fetches) asked.add('chromium')
  const lacking = [...found.values()].filter(({program}) => !asked.has(program))
  // `ffmpeg` and `ffprobe` come with one package.
  const isFirst = ({brings}: CalledProgram, index: number) =>
    lacking.findIndex((each) => each.brings.debian === brings.debian) === index
  return known([...lacking.filter(isFirst), ...unfound.slice(0, 1)])

  /** Whether a script of package.json, which an install may run, or a command that is started fetches the browsers. */
  async function fetchesBrowsers(): Promise<boolean> {
    const manifests = await reader.texts(paths.named('package.json'))
    return [...texts, ...manifests].some((each) => each && fetching.test(each.text))
  }

  /** The modules of a release of Elixir: all of them are in it, but for tasks of Mix. */
  async function ofRelease(words: Started['command']['words']): Promise<Code[]> {
    const mix = await facts.value('mixConfig')
    if (!mix?.isReleased || !(await startsRelease(words))) return []
    const lib = posix.join(mix.folder, 'lib')
    const own = paths.ending('.ex').filter((path) => path.startsWith(`${lib}/`) && !/\/(?:mix|test|dev)\//.test(path))
    const files = await reader.texts(own)
    return files.flatMap((file) => (/\bSystem\.cmd\(/.test(file.text) && codeOf(file)) || [])
  }

  /** `bin/shop start`, or a script of rel/overlays that runs it. */
  async function startsRelease([program = '', verb = '']: Started['command']['words']): Promise<boolean> {
    if (/^(?:start|start_iex)$/.test(verb)) return true
    const overlay = verb === '' ? await overlayOf(program, build, {files: paths, reader}) : undefined
    return overlay !== undefined && /\sstart\b/.test((await reader.text(overlay.source))?.text ?? '')
  }

  /** What Python imports in functions and branches: it runs when they do. */
  async function laterImports(own: readonly Code[]): Promise<Code[]> {
    const python = own.flatMap(({language, file}) => (language === 'python' ? [file.path] : []))
    if (python.length === 0) return []
    const all = await importedBy(python, paths, reader)
    const more = await reader.texts([...all].filter((path) => !python.includes(path)))
    return more.flatMap((file) => (mayCall.test(file.text) && codeOf(file)) || [])
  }
}
