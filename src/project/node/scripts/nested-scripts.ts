import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {Document} from '../../documents/document.ts'
import {type Command, isCertain} from '../../image/shell/command.ts'
import {foldersOf} from '../../image/shell/folders.ts'
import {shellCommands} from '../../image/shell/shell-commands.ts'
import {type MistakenScript, mistakenScript} from './mistaken-scripts.ts'
import {hasDefault, isScriptAlone, readRequest} from './package-runner.ts'
import {scriptsOf} from './scripts-of.ts'

/** A script of package.json that asks for one which is not there. */
export interface NestedFault {
  /** The script that asks: its package.json, and its place there. */
  script: string
  manifest: string
  at: FileLocation
  /** What is asked for, and the scripts that there are. */
  name: string
  runner: string
  asked: {manifest: string; scripts: string[]}
  /** npm is asked for it as for a command of its own. */
  mistaken: MistakenScript | undefined
  /** Something else is started beside it, and may go on. */
  beside: boolean
}

export interface Manifest {
  path: string
  document: Document
}

/** The package.json of a folder of the image; undefined where it is not known. */
export type ManifestIn = (folder: string) => Promise<Manifest | undefined>

/** Scripts that start scripts are followed so deep. */
const deepest = 6

/** Follows a script into those that it surely runs, as far as its folder is known. */
export async function nestedFault(
  name: string,
  folder: string,
  manifestIn: ManifestIn,
): Promise<NestedFault | undefined> {
  const seen = new Set<string>()
  return inScript(name, folder, false, 0)

  async function inScript(
    script: string,
    from: string,
    beside: boolean,
    depth: number,
  ): Promise<NestedFault | undefined> {
    const manifest = await manifestIn(from)
    const key = `${from}\0${script}`
    if (!manifest || depth > deepest || seen.has(key)) return undefined
    seen.add(key)
    const text = scriptsOf(manifest.document.value)[script]
    const asking = {script, manifest: manifest.path, at: manifest.document.at(['scripts', script])}
    return typeof text === 'string' ? inCommands(commandsOf(text), {asking, from, beside, depth}) : undefined
  }

  interface Place {
    asking: Pick<NestedFault, 'script' | 'manifest' | 'at'>
    from: string
    beside: boolean
    depth: number
  }

  async function inCommands(commands: readonly Command[], place: Place): Promise<NestedFault | undefined> {
    const folders = foldersOf(commands, place.from)
    for (const [index, command] of commands.entries()) {
      const from = folders[index]
      // Where it goes from here is not known.
      if (from === undefined) return undefined
      const found = isCertain(command) && (await inCommand(command, {...place, from}))
      if (found) return found
    }
    return undefined
  }

  async function inCommand({words}: Command, place: Place): Promise<NestedFault | undefined> {
    const together = startedTogether(words)
    if (together) {
      for (const text of together) {
        const found = await inCommands(commandsOf(text), {...place, beside: true})
        if (found) return found
      }
      return undefined
    }
    const here = await manifestIn(place.from)
    const base = {...place.asking, beside: place.beside, runner: words[0] ?? ''}
    const own = here && {manifest: here.path, scripts: Object.keys(scriptsOf(here.document.value))}
    const mistaken = own && mistakenScript(words, own.scripts)
    if (own && mistaken?.program === 'npm') return {...base, name: mistaken.script, asked: own, mistaken}
    const request = readRequest(words)
    if (request?.kind !== 'script' || request.member !== undefined) return undefined
    const {manager, name: wanted, mustExist, folder: named, flags} = request
    // The package at the top of the workspace, wherever that is.
    if (flags.some((flag) => /^(?:-w|--workspace-root|--filter-prod)$/.test(flag))) return undefined
    if (!/^[\w.][\w:./-]*$/.test(wanted) || (named !== undefined && !/^[\w./-]+$/.test(named))) return undefined
    // Yarn runs a script of any member of the workspace, and what `run` is not said before may be a program.
    const isScript = mustExist && manager !== 'yarn' && isScriptAlone(manager, wanted)
    const folderOfIt = named === undefined ? place.from : posix.resolve(place.from, named)
    const manifest = await manifestIn(folderOfIt)
    if (!manifest) return undefined
    const scripts = Object.keys(scriptsOf(manifest.document.value))
    if (scripts.includes(wanted)) return inScript(wanted, folderOfIt, place.beside, place.depth + 1)
    if (!isScript || hasDefault(wanted, true)) return undefined
    return {...base, name: wanted, asked: {manifest: manifest.path, scripts}, mistaken: undefined}
  }
}

const commandsOf = (text: string): readonly Command[] =>
  shellCommands(
    text,
    () => undefined,
    () => ({file: ''}),
  ) ?? []

/** The commands that concurrently starts beside each other: each a word with blanks, or `npm:NAME`. */
function startedTogether(words: readonly (string | undefined)[]): string[] | undefined {
  const [program, ...rest] = words[0] === 'npx' ? words.slice(1) : words
  if (program !== 'concurrently') return undefined
  return rest.flatMap((word) => {
    const [, script] = /^npm:([\w:.-]+)$/.exec(word ?? '') ?? []
    return script ? [`npm run ${script}`] : word?.includes(' ') ? [word] : []
  })
}
