/** Scripts that node is started with, directly or by npm, and that are surely not in the image. */
import {posix} from 'node:path'
import type {FactStore} from '../../../facts.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {Files} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'
import {startedScript} from '../../node/scripts/started-script.ts'
import {startedCommands} from '../../processes/processes.ts'
import type {Build} from '../build.ts'
import {imagePath, isBelow} from '../files/image-path.ts'
import {baseMayHave} from '../may-hold.ts'
import {isInstall, isQuiet, reaches} from '../shell/quiet-run.ts'
import type {MissingEntry} from './entries.ts'

type Entry = Omit<MissingEntry, 'laid' | 'copied' | 'misnamed'>

export async function nodeEntries(
  inputs: Inputs,
  facts: FactStore,
  {build: {final}, files}: {build: Build; files: Files},
): Promise<Entry[]> {
  const {started} = await startedCommands(facts)
  const {workingDir} = final.config
  const found: Entry[] = []
  for (const {by, command, certain} of started) {
    const script = startedScript({command})
    if (!certain || !workingDir || !script || !/^[\w./-]+\.[cm]?js$/.test(script)) continue
    if (started.some((each) => each.by === by && /^(?:cd|pushd)$/.test(each.command.words[0] ?? ''))) continue
    // What the project has is told of where it is copied.
    const path = imagePath(workingDir, script)
    if (final.files.get(path) || files.alike(script.replace(/^(?:\.?\/)+/, '')).length > 0) continue
    if (await isBrought(path)) continue
    found.push({by, script, path, at: command.at})
  }
  return found

  async function isBrought(path: string): Promise<boolean> {
    const isSilent = !(await hasScripts())
    return final.unknown.some((each) => {
      if (each.by === 'base') return baseMayHave(final.stage, path)
      if (each.by === 'copy') return isBelow(path, each.path)
      const {text} = each
      return text === undefined || (!(isSilent ? isInstall(text) : isQuiet(text)) && reaches(final, each, path))
    })
  }

  /** Whether an install runs scripts of the project, which may write anything. */
  async function hasScripts(): Promise<boolean> {
    const entry = final.files.get(posix.join(workingDir, 'package.json'))
    const file = entry?.kind === 'file' ? await inputs.reader.text(entry.source) : undefined
    const scripts = file && parseLoosely(file.text)?.scripts
    const names = ['preinstall', 'install', 'postinstall', 'prepublish', 'prepare', 'prebuild']
    return !file || (isTable(scripts) && names.some((name) => Object.hasOwn(scripts, name)))
  }
}
