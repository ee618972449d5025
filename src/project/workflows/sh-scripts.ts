import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {type BashSyntax, bashSyntax} from '../image/shell/bash-syntax.ts'
import type {Inputs} from '../inputs.ts'
import type {LeadUp} from './lead-up.ts'
import {inFolders, stepPart} from './step-commands.ts'

/** A script of bash that a step before a deploy hands to sh, which is dash on GitHub's runners. */
export interface ShScript {
  step: LeadUp
  at: FileLocation
  /** `sh ops/verify.sh`. */
  command: string
  /** As it is called from the top of the repository. */
  path: string
  word: string
  says: string
  /** Where it stands in the script. */
  place: FileLocation
}

/** What may lay another script there. */
const mayWrite = /\bgit\s|\b(?:unzip|tar|rsync|curl|wget|cp|mv)\s|download-artifact@/

export async function loadShScripts({reader}: Inputs, facts: FactStore): Promise<Fact<ShScript[]>> {
  const {leadUp, repository} = await facts.need('workflows')
  const found: ShScript[] = []
  for (const each of leadUp) {
    const {step, job, before} = each
    // macOS has a bash for its sh, and a container any shell.
    const isUbuntu = job.labels.length > 0 && job.labels.every((label) => /^ubuntu-(?:latest|2[24]\.04)$/.test(label))
    if (!step.run || !isUbuntu || job.hasContainer || mayWrite.test(before)) continue
    for (const {command, folder} of inFolders(stepPart(step, step.run).part)) {
      const [program, script] = command.words
      if (!/^(?:sh|dash)$/.test(program ?? '') || command.conditional || !command.decisive) continue
      if (folder === undefined || script === undefined || !/^[\w./-]+$/.test(script) || script.startsWith('/')) continue
      const path = posix.join(folder, script)
      const file = path.startsWith('../') ? undefined : await reader.text(reader.display(posix.join(repository, path)))
      const first = file && bashSyntax(file.text, 'dash').find(ends)
      if (!file || !first) continue
      const {word, says} = first
      const place = file.span(first.pos, first.end)
      found.push({step: each, at: command.at, command: command.words.join(' '), path, word, says, place})
    }
  }
  return known(found)
}

const ends = ({kind, stops}: BashSyntax): boolean => stops && /^(?:syntax|expansion|option)$/.test(kind)
