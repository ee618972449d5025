import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, flagOf, lineage, rootImage} from '../../dockerfile/parse.ts'
import {isNear, noFiles} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'
import {basePrograms} from '../base/base-programs.ts'
import {copyOf} from '../files/context-path.ts'
import {isBelow} from '../files/image-path.ts'

/** Browsers that Playwright fetched in a stage of which the last one takes other things. */
export interface LostBrowsers {
  /** The command that fetches them, and the folder that it lays them into. */
  at: FileLocation
  folder: string
  final: FileLocation
  /** The code that starts one. */
  launch: FileLocation
}

/** `await chromium.launch()`, `p.chromium.launch_persistent_context(…)`; a path or a channel names a browser of another kind, or it connects to one. */
const launches = /\b(?:chromium|firefox|webkit)\.launch(?:_?[pP]ersistent_?[cC]ontext)?\(/
const namesOther = /executable_?path|\bchannel\b|\.connect(?:_?over_?cdp)?\(|PLAYWRIGHT_|ms-playwright/i
const fetchesThem = /\bplaywright["',\s]{1,9}install\b/
const aside =
  /(?:^|\/)(?:tests?|e2e|specs?|__tests__|scripts?|examples?|docs?|tools?|bench\w*)\/|[._](?:test|spec)\.\w+$|(?:^|\/)(?:test_|conftest)|prerender|generat|snapshot/i
/** What brings a browser in another way, or the same in the last stage. */
const mentions = /playwright|puppeteer|chrom|browser|\.cache\b/i

export async function loadLostBrowsers({reader}: Inputs, facts: FactStore): Promise<Fact<LostBrowsers[]>> {
  const [[{final}, {commands}], processes, files, flyConfig] = await Promise.all([
    facts.needAll('build', 'buildCommands'),
    facts.value('processes'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const own = lineage(final.stage)
  const install = commands.find(
    ({words, moment}) =>
      !own.includes(moment.stage) &&
      /(?:^|[\s/])playwright install(?: (?!--dry-run|--help)\S{1,200}){0,50}$/.test(
        words.map((word) => word ?? '?').join(' '),
      ),
  )
  if (!install || !basePrograms(rootImage(final.stage) ?? '')) return known([])
  const {variables} = install.moment
  const folder =
    variables.get('PLAYWRIGHT_BROWSERS_PATH') ?? posix.join(variables.get('HOME') ?? '/root', '.cache/ms-playwright')
  // 0 lays them into the package.
  if (!folder.startsWith('/') || /\bPLAYWRIGHT_BROWSERS_PATH=/.test(install.moment.instruction.text)) return known([])
  const isBrought = allInstructions(final.stage).some((each) => {
    if (each.keyword !== 'COPY' || flagOf(each, 'from') === undefined) return mentions.test(each.text)
    const sources = copyOf(each)?.sources.map((source) => posix.resolve('/', source)) ?? ['/']
    return sources.some((source) => /[*?$]/.test(source) || isBelow(folder, source) || isBelow(source, folder))
  })
  if (isBrought || (processes?.commands.some(({text}) => mentions.test(text)) ?? true)) return known([])
  // What the build itself starts has its browsers there.
  const startedBy = commands.map(({words}) => words.join(' '))
  const code = (files ?? noFiles)
    .only(isNear)
    .ending('.py', '.js', '.mjs', '.cjs', '.ts', '.mts')
    .filter((path) => !aside.test(path) && !startedBy.some((text) => text.includes(posix.basename(path))))
  const texts = await reader.texts(code)
  if (Object.keys(flyConfig?.config.env ?? {}).some((name) => mentions.test(name))) return known([])
  if (texts.some(({text}) => launches.test(text) && namesOther.test(text))) return known([])
  if (texts.some(({text}) => fetchesThem.test(text))) return known([])
  for (const file of texts) {
    const match = launches.exec(file.text)
    const launch = match && file.span(match.index, match.index + match[0].length)
    if (launch) return known([{at: install.at, folder, final: final.stage.at, launch}])
  }
  return known([])
}
