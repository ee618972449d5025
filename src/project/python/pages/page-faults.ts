/** Templates and static files that the pages of the app name, and that the machines do not find. */
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isApart} from '../../files/apart.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {copiedPython} from '../copied-python.ts'
import {loadedSources} from '../imports/loaded-sources.ts'
import {lostStatics} from './lost-statics.ts'
import {LostTemplates} from './lost-templates.ts'
import {isTold, type PageFault} from './page-fault.ts'
import {PagePlaces} from './page-places.ts'
import {manifestLacks} from './static-manifest.ts'
import {type Use, usesInCode, usesInTemplate} from './template-uses.ts'

/** Templates that do not come from folders, or from others than it seems; and code that can do without one. */
const findsElsewhere =
  /\b(?:DictLoader|PackageLoader|ChoiceLoader|PrefixLoader|FunctionLoader|ModuleLoader|BaseLoader|jinja_loader|dbtemplates|select_jinja_autoescape_loader)\b|["']loaders["']\s{0,9}:/
const doesWithout = /\bexcept\b[^\n:]{0,200}\b(?:TemplateDoesNotExist|TemplateNotFound|TemplatesNotFound)\b/
const mostFiles = 3_000
const longest = 300_000

export async function loadPageFaults({reader}: Inputs, facts: FactStore): Promise<Fact<PageFault[]>> {
  const [[build, image, files, processes, context], python, deploys] = await Promise.all([
    facts.needAll('build', 'image', 'files', 'processes', 'buildContext'),
    facts.value('python'),
    facts.value('deployCommands'),
  ])
  const paths = copiedPython(image, files)
  const sources = (
    await reader.texts(
      paths
        .ending('.py')
        .filter((path) => !isApart(path))
        .slice(0, mostFiles),
    )
  ).filter((file) => usesInCode(file).length > 0)
  if (sources.length === 0 || files.has('.gitmodules')) return known([])
  const commands = processes.commands.filter(({certain, supervised}) => certain || supervised).map(({text}) => text)
  const isOfDjango = ({text}: TextFile) => /\bdjango\b/.test(text)
  const loaded = sources.every(isOfDjango) ? [] : await loadedSources(commands, paths, reader)
  const users = sources.filter((file) => isOfDjango(file) || loaded.some(({path}) => path === file.path))
  const isDjango = users.some(isOfDjango)
  const settings = await reader.texts(paths.ending('.py').filter((path) => /settings/.test(path)))
  if ([...loaded, ...users, ...settings].some(({text}) => findsElsewhere.test(text))) return known([])

  const places = new PagePlaces(build)
  const templates = new LostTemplates({places, files, context, python, deploys, isDjango, root: reader.root})
  const found: PageFault[] = []
  const told = new Set<string>()
  const queue: {use: Use; by: TextFile}[] = users.flatMap((by) => usesInCode(by).map((use) => ({use, by})))
  const pages = new Map<string, TextFile | undefined>()
  for (let next = queue.shift(); next; next = queue.shift()) {
    const {use, by} = next
    const candidates = templates.called(use.name)
    if (!candidates.some((path) => places.has(path))) {
      const fault = doesWithout.test(by.text) ? undefined : await templates.fault(use, by, candidates)
      if (fault && !told.has(use.name) && !isTold(fault, found)) found.push(fault)
      told.add(use.name)
    }
    for (const path of candidates) {
      if (pages.has(path) || pages.size > mostFiles) continue
      const file = await reader.text(path)
      const page = file && file.text.length <= longest ? file : undefined
      pages.set(path, page)
      if (page) queue.push(...usesInTemplate(page).templates.map((each) => ({use: each, by: page})))
    }
  }
  const read = [...pages.values()].flatMap((page) => page ?? [])
  const lacks = isDjango ? () => manifestLacks(facts, reader) : async () => undefined
  return known([...found, ...(await lostStatics(read, {places, files, context, isDjango, told, lacks}))])
}
