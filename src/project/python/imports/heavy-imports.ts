/** Packages that take a good part of a small machine as soon as they are imported. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Inputs} from '../../inputs.ts'
import {groupsRunning} from '../../processes/command-groups.ts'
import {copiedPython} from '../copied-python.ts'
import {isOwnModule, startedImports} from './started-imports.ts'

export interface HeavyImport {
  module: string
  /** The least that is taken by then. */
  mb: number
  at: FileLocation
  by: string
  /** The process groups whose machines start it. */
  groups: readonly string[]
}

/** `import torch` alone, of torch 1.13 without CUDA: later ones and those with CUDA take more. */
const ofTorch = 240

/** By the module that imports it as it is imported itself. */
const heavy: ReadonlyMap<string, number> = new Map(
  ['torch', 'torchvision', 'torchaudio', 'sentence_transformers', 'whisper', 'easyocr', 'pyannote'].map((name) => [
    name,
    ofTorch,
  ]),
)

export async function loadHeavyImports({reader}: Inputs, facts: FactStore): Promise<Fact<HeavyImport[]>> {
  const [image, processes, files, flyConfig] = await facts.needAll('image', 'processes', 'files', 'flyConfig')
  const least = Math.min(...flyConfig.guests.flatMap(({machine}) => machine?.memoryMb ?? []))
  // Of any other machine it leaves more than half.
  if (least > 2 * Math.max(...heavy.values())) return known([])
  const found: HeavyImport[] = []
  for (const {top, at, command} of await startedImports(processes, copiedPython(image, files), reader)) {
    const mb = heavy.get(top)
    if (mb === undefined || isOwnModule(top, files)) continue
    const groups = groupsRunning(command.by, flyConfig)
    if (groups.length > 0) found.push({module: top, mb, at, by: command.by, groups})
  }
  return known(found)
}
