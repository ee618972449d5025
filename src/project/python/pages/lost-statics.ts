/** Static files that a page names: left out of the image, called otherwise by the case of their letters, or in no manifest. */
import type {FileLocation} from '../../../check.ts'
import type {BuildContext} from '../../context/build-context.ts'
import type {Files} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {NamedFiles} from './named-files.ts'
import {isTold, type PageFault} from './page-fault.ts'
import type {PagePlaces} from './page-places.ts'
import {usesInTemplate} from './template-uses.ts'

interface Surroundings {
  places: PagePlaces
  files: Files
  context: BuildContext
  isDjango: boolean
  /** Names that have had their finding. */
  told: Set<string>
  /** What the manifest of Django surely lacks; asked for once, and where a name is in no folder. */
  lacks(): Promise<((name: string) => Promise<boolean>) | undefined>
}

const staticFolder = /(?:^|\/)static$/
const endings = '.css .js .mjs .png .jpg .jpeg .svg .gif .webp .ico .woff .woff2 .json .pdf .mp4 .mp3'.split(' ')

export async function lostStatics(pages: readonly TextFile[], around: Surroundings): Promise<PageFault[]> {
  const {files, isDjango, told, lacks} = around
  const statics = new NamedFiles(files.ending(...endings), (folder) => staticFolder.test(folder))
  const uses = pages.flatMap((page) => usesInTemplate(page).statics.map((use) => ({use, page})))
  const isNowhere = uses.some(({use}) => statics.exact(use.name).length === 0)
  const manifestLacks = isNowhere ? await lacks() : undefined
  const faults: PageFault[] = []
  for (const {use, page} of uses) {
    if (told.has(use.name)) continue
    told.add(use.name)
    const fault = {...use, of: 'static file' as const, rule: undefined, isDjango}
    const candidates = statics.exact(use.name)
    if (candidates.length > 0) {
      const rule = await ruleAgainst(use.name, candidates, page, around)
      const leftOut = {...fault, kind: 'left-out' as const, file: candidates[0], rule}
      if (rule && !isTold(leftOut, faults)) faults.push(leftOut)
      continue
    }
    const file = statics.inOtherCase(use.name)
    if (file) faults.push({...fault, kind: 'case', file})
    else if (await manifestLacks?.(use.name)) faults.push({...fault, kind: 'absent', file: undefined})
  }
  return faults
}

/** The line that leaves out the only file of this name, where the image surely has no other one. */
async function ruleAgainst(
  name: string,
  candidates: readonly string[],
  by: TextFile,
  {places, context}: Surroundings,
): Promise<FileLocation | undefined> {
  const [file = '', another] = candidates
  if (another !== undefined || !staticFolder.test(file.slice(0, -name.length - 1))) return undefined
  return places.hasNamed(name) || !places.lacksBeside(file, by) ? undefined : context.ruleFor(`/${file}`)
}
