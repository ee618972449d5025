/** Scripts that are fetched and run, and that stop where they cannot unpack what they load. */
import {instructionsBefore, rootImage} from '../../dockerfile/parse.ts'
import {basePrograms} from '../base/base-programs.ts'
import type {BuildCommand} from '../build-commands.ts'
import {heldOf, type Image} from '../image.ts'
import {lacks} from '../moment.ts'
import {mayInstallAnything} from '../programs/programs.ts'
import {runsFetched} from './fetched-scripts.ts'

/** One of the programs is enough (the scripts themselves). */
const scripts: readonly {url: RegExp; needs: readonly [string, ...string[]]; says: string}[] = [
  {url: /^https:\/\/bun\.(?:sh|com)\/install$/, needs: ['unzip'], says: 'unzip is required to install bun'},
  {
    url: /^https:\/\/deno\.land\/(?:x\/install\/)?install\.sh$/,
    needs: ['unzip', '7z'],
    says: 'either unzip or 7z is required to install Deno',
  },
  {
    url: /^https:\/\/rclone\.org\/install\.sh$/,
    needs: ['unzip', '7z', 'busybox'],
    says: 'None of the supported tools for extracting zip archives (unzip 7z busybox) were found',
  },
]
/** Packages of Debian that need or recommend unzip, or bring another program of those. */
const brings = /unzip|^zip$|7z|busybox|composer|texlive|libreoffice|^r-|mc$/

/** What a script of a RUN lacks; Alpine, with busybox, unpacks by itself. */
export function unpackerLack(
  command: BuildCommand,
  image: Image,
): {program: string; by: string; says: string} | undefined {
  const {moment, words, before, conditional} = command
  const {stage, instruction} = moment
  const url = words.find((word) => word?.startsWith('https://')) ?? ''
  const script = scripts.find((each) => each.url.test(url))
  const base = basePrograms(rootImage(stage) ?? '')
  if (!script || conditional || base?.distribution !== 'debian') return undefined
  if (!runsFetched.test(instruction.text) || instruction.text.includes('||')) return undefined
  const [then, another] = heldOf(image, command).commands
  const earlier = instructionsBefore(stage, instruction).filter(({keyword}) => keyword === 'RUN')
  const texts = [...earlier.map(({text}) => text), before]
  const isThere = script.needs.some(
    (each) =>
      base.has.has(each) ||
      texts.some((text) => text.includes(each)) ||
      ['/usr/bin', '/usr/local/bin', '/bin'].some((folder) => !lacks(command, `${folder}/${each}`)),
  )
  if (!then || another || isThere || texts.some(mayInstallAnything) || !then.packagesThen.lack(brings)) return undefined
  return {program: script.needs[0], by: `the script of ${new URL(url).hostname}`, says: script.says}
}
