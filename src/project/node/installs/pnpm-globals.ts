import {posix} from 'node:path'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import {plainName} from '../../image/base/base-images.ts'
import {type BuildCommand, commandsBefore} from '../../image/build-commands.ts'
import {withAbove} from '../../image/files/image-path.ts'
import type {Inputs} from '../../inputs.ts'
import type {PnpmMajor} from '../locks/pnpm-version.ts'
import {stagePnpm} from '../locks/stage-pnpm.ts'

/** A global install of pnpm, which wants its folder of programs on PATH. */
export interface PnpmGlobal {
  command: BuildCommand
  pnpm: NonNullable<PnpmMajor>
  /** The folder, from PNPM_HOME; undefined where that is not set. */
  folder: string | undefined
}

/** Settings of pnpm that name another folder, and what changes PATH or PNPM_HOME within a RUN. */
const elsewhere =
  /global[-_]?bin[-_]?dir|\bpnpm setup\b|\bPNPM_HOME\b|\bPATH=|\bsource\b|(?:^|[\s;&])\. |XDG_DATA_HOME/i
const images = /^(?:node|oven\/bun)(?::|$)/

/** pnpm 11 moved its programs from PNPM_HOME into a folder bin in it (pnpm.io, "pnpm setup"; ERR_PNPM_NO_GLOBAL_BIN_DIR before). */
export async function loadPnpmGlobals({reader}: Inputs, facts: FactStore): Promise<Fact<PnpmGlobal[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const found: PnpmGlobal[] = []
  for (const [index, command] of commands.entries()) {
    const {words, moment, conditional, decisive, folder: place} = command
    const text = words.join(' ')
    if (!/^pnpm (?:-\S+ )*(?:add|install|i)\b/.test(text) || !/\s(?:-g|--global)(?:\s|$)/.test(text)) continue
    const before = commandsBefore(commands, index).map((each) => each.words.join(' '))
    const {variables} = moment
    const isElsewhere = [text, moment.instruction.text, ...before].some((each) => elsewhere.test(each))
    const names = ['GLOBAL_BIN_DIR', 'XDG_DATA_HOME'].flatMap((name) => [
      name,
      `PNPM_CONFIG_${name}`,
      `NPM_CONFIG_${name}`,
    ])
    const isSet = [...names, ...names.map((name) => name.toLowerCase())].some((name) => variables.has(name))
    const image = plainName(rootImage(moment.stage) ?? '')
    const settings = await Promise.all(['.npmrc', 'pnpm-workspace.yaml'].map((name) => reader.text(name)))
    if (conditional || !decisive || isElsewhere || isSet || !images.test(image)) continue
    if (settings.some((each) => each && elsewhere.test(each.text))) continue
    const pnpm = await stagePnpm(command, withAbove(place), [...before, text], {reader, tracked: files ?? noFiles})
    if (pnpm === undefined || (pnpm !== 'newest' && pnpm < 7)) continue
    const home = variables.get('PNPM_HOME')
    const folder = home && (pnpm === 'newest' || pnpm >= 11 ? posix.join(home, 'bin') : posix.join(home, '.'))
    const path = (variables.get('PATH') ?? '').split(':').map((each) => each.replace(/\/{1,5}$/, ''))
    if (home?.includes('$') || path.some((each) => each.includes('$')) || (folder && path.includes(folder))) continue
    found.push({command, pnpm, folder: folder || undefined})
  }
  return known(found)
}
