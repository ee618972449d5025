/** Templates and static files that the pages of the app name, and that the machines do not find. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isApart} from '../../apart.ts'
import type {Files} from '../../files.ts'
import {ignoredPaths} from '../../git/git.ts'
import type {Build} from '../../image/build.ts'
import {mayMake} from '../../image/shell/quiet-run.ts'
import type {Inputs} from '../../inputs.ts'
import type {TextFile} from '../../text.ts'
import {copiedPython} from '../copied-python.ts'
import {loadedSources} from '../imports/loaded-sources.ts'
import {declaredNames} from '../packages/declared.ts'
import {NamedFiles} from './named-files.ts'
import {manifestLacks} from './static-manifest.ts'
import {type Use, usesInCode, usesInTemplate} from './template-uses.ts'

export interface PageFault extends Use {
  of: 'template' | 'static file'
  /** Called otherwise by the case of its letters; in no folder; in the project, and not in the image. */
  kind: 'case' | 'absent' | 'left-out'
  /** The file that the project has. */
  file: string | undefined
  /** The line of the ignore file that leaves it out. */
  rule: FileLocation | undefined
  /** Django, else Jinja: the error says who looks. */
  isDjango: boolean
}

/** Templates that do not come from folders, or from others than it seems; and code that can do without one. */
const findsElsewhere =
  /\b(?:DictLoader|PackageLoader|ChoiceLoader|PrefixLoader|FunctionLoader|ModuleLoader|BaseLoader|jinja_loader|dbtemplates|select_jinja_autoescape_loader)\b|["']loaders["']\s{0,9}:/
const doesWithout = /\bexcept\b[^\n:]{0,200}\b(?:TemplateDoesNotExist|TemplateNotFound|TemplatesNotFound)\b/

/** Folders of templates that packages bring, and those of them that a project puts its own over. */
const ofOthers =
  /^(?:accounts?|admin|admin_\w+|allauth|axes|bootstrap\w*|ckeditor\w*|cms|crispy\w*|debug_toolbar|django\w*|drf\w*|flask\w*|jazzmin|mfa|oauth2_provider|oscar|registration|rest_framework\w*|security|socialaccount|two_factor|unfold|usersessions|wagtail\w*)$/
/** Names at the top that packages use, too. */
const common = /^_?(?:base|layout|[345]\d\d|robots|sitemap)\.\w+$/
const djangoTask =
  /(?:[A-Z_]{1,40}=\S{0,200}\s{1,20}){0,9}\b(?:python[\d.]{0,5}\s{1,20})?(?:\S{1,100}\/)?manage\.py\s{1,20}(?:collectstatic|migrate|compilemessages|check|createcachetable)\b[^;&|\n]{0,300}/g
const templateFolder = /(?:^|\/)(?:templates|jinja2)$/
const staticFolder = /(?:^|\/)static$/
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
  const isLoaded = (file: TextFile) => isOfDjango(file) || loaded.some(({path}) => path === file.path)
  const users = sources.filter(isLoaded)
  const isDjango = users.some(isOfDjango)
  const everywhere = [
    ...loaded,
    ...users,
    ...(await reader.texts(paths.ending('.py').filter((path) => /settings/.test(path)))),
  ]
  if (everywhere.some(({text}) => findsElsewhere.test(text))) return known([])

  const templates = new NamedFiles(
    files.ending('.html', '.htm', '.txt', '.xml', '.jinja', '.jinja2', '.j2'),
    (folder) => templateFolder.test(folder),
  )
  const places = placesOf(build)
  const found: PageFault[] = []
  const told = new Set<string>()
  const queue: {use: Use; by: TextFile}[] = users.flatMap((by) => usesInCode(by).map((use) => ({use, by})))
  const seen = new Set<string>()
  const pages: TextFile[] = []
  for (let next = queue.shift(); next; next = queue.shift()) {
    const {use, by} = next
    const candidates = templates.exact(use.name)
    if (candidates.length === 0 || !candidates.some(isInImage)) {
      const fault = doesWithout.test(by.text) ? undefined : await templateFault(use, by, candidates)
      // One line leaves out all of a folder.
      const isTold =
        fault?.kind === 'left-out' &&
        found.some(({kind, rule}) => kind === 'left-out' && rule?.line === fault.rule?.line)
      if (fault && !told.has(use.name) && !isTold) found.push(fault)
      told.add(use.name)
    }
    for (const path of candidates) {
      if (seen.has(path) || seen.size > mostFiles) continue
      seen.add(path)
      const file = await reader.text(path)
      if (!file || file.text.length > longest) continue
      pages.push(file)
      queue.push(...usesInTemplate(file).templates.map((each) => ({use: each, by: file})))
    }
  }
  return known([...found, ...(await staticFaults(pages))])

  function isInImage(path: string): boolean {
    return places.has(path)
  }

  async function templateFault(use: Use, by: TextFile, candidates: readonly string[]): Promise<PageFault | undefined> {
    const fault = {...use, of: 'template' as const, isDjango, rule: undefined}
    const {name} = use
    if (candidates.length > 0) {
      const [file = ''] = candidates
      if (!candidates.every((path) => isBeside(path, by))) return undefined
      return {...fault, kind: 'left-out', file, rule: await context.ruleFor(`/${file}`)}
    }
    // A name of the image alone: a stage or a RUN has made it.
    if (isMade(name)) return undefined
    const other = templates.inOtherCase(name)
    if (other) return {...fault, kind: 'case', file: other}
    return (await mayBeBrought(use)) ? undefined : {...fault, kind: 'absent', file: undefined}
  }

  /** Whether a file of the image is called so, wherever that is. */
  function isMade(name: string): boolean {
    const named = build.final.files.files((names) => names.named(posix.basename(name)))
    return [...named].some(([path]) => path.endsWith(`/${name}`))
  }

  /** Where the file would be, by the one that names it: surely not there. */
  function isBeside(path: string, by: TextFile): boolean {
    const place = places.get(by.path)
    if (!place?.endsWith(`/${by.path}`)) return false
    return build.has(posix.join(place.slice(0, -by.path.length), path)) === 'no'
  }

  /** Whether a package, a build or what git does not see may have the template. */
  async function mayBeBrought({name, verb}: Use): Promise<boolean> {
    const [first = '', ...rest] = name.split('/')
    const roots = [...templates.roots]
    const isTop = rest.length === 0
    // Where the project has none of this folder, it may be that of a package.
    const own = roots.filter((root) =>
      isTop
        ? files.in(root).some((path) => /\.\w*(?:html?|j2|jinja2?)$/.test(path))
        : files.hasFolder(`${root}/${first}`),
    )
    if (
      own.length === 0 ||
      (isTop ? common.test(name) || (isDjango && verb === 'extends' && hasApps()) : isOfOthers(first))
    )
      return true
    const expected = roots.map((root) => posix.join(root, name))
    if (expected.some((path) => deploys?.makes(path)) || (await ignoredPaths(reader.root, expected)).size > 0)
      return true
    return roots.some((root) => {
      const place = placeOfFolder(root)
      return place !== undefined && !lacks(posix.join(place, name))
    })
  }

  /** What Django does in a build writes no templates. */
  function lacks(path: string): boolean {
    const unknown = build.final.unknown.map(({text, ...each}) =>
      text === undefined ? each : {...each, text: text.replace(djangoTask, '')},
    )
    return build.has(path) === 'no' && !mayMake({...build.final, unknown}, path)
  }

  /** Packages that bring templates at the top of their folders are among the apps of Django. */
  function hasApps(): boolean {
    return declaredNames(python).some((name) =>
      /^django-(?!environ|redis|storages|cors|filter|extensions)|wagtail|cms/.test(name),
    )
  }

  function isOfOthers(first: string): boolean {
    const plain = first.toLowerCase().replaceAll('_', '-')
    return ofOthers.test(first) || declaredNames(python).some((name) => `-${name}-`.includes(`-${plain}-`))
  }

  function placeOfFolder(folder: string): string | undefined {
    for (const [source, place] of places)
      if (source.startsWith(`${folder}/`) && place.endsWith(source.slice(folder.length)))
        return place.slice(0, -source.length + folder.length)
    return undefined
  }

  async function staticFaults(from: readonly TextFile[]): Promise<PageFault[]> {
    const statics = new NamedFiles(staticPaths(files), (folder) => staticFolder.test(folder))
    const uses = from.flatMap((page) => usesInTemplate(page).statics)
    const absent = uses.filter(({name}) => statics.exact(name).length === 0)
    const lacks = absent.length > 0 && isDjango ? await manifestLacks(facts, reader) : undefined
    const faults: PageFault[] = []
    for (const page of from) {
      for (const use of usesInTemplate(page).statics) {
        if (told.has(use.name)) continue
        told.add(use.name)
        const fault = {...use, of: 'static file' as const, rule: undefined, isDjango}
        const candidates = statics.exact(use.name)
        if (candidates.length > 0) {
          const rule = await ruleAgainst(use.name, candidates, page)
          // One line leaves out all of a folder.
          if (rule && !faults.some((each) => each.rule?.line === rule.line))
            faults.push({...fault, kind: 'left-out', file: candidates[0], rule})
          continue
        }
        const file = statics.inOtherCase(use.name)
        if (file) faults.push({...fault, kind: 'case', file})
        else if (await lacks?.(use.name)) faults.push({...fault, kind: 'absent', file: undefined})
      }
    }
    return faults
  }

  /** The line that leaves out the only file of this name, where the image surely has no other one. */
  async function ruleAgainst(
    name: string,
    candidates: readonly string[],
    by: TextFile,
  ): Promise<FileLocation | undefined> {
    const [file = '', another] = candidates
    if (another !== undefined || !context.leftOut(`/${file}`) || !staticFolder.test(file.slice(0, -name.length - 1)))
      return undefined
    return isMade(name) || !isBeside(file, by) ? undefined : context.ruleFor(`/${file}`)
  }
}

/** Where the image has the files of the project: the first place of each. */
function placesOf({final}: Build): Map<string, string> {
  const found = new Map<string, string>()
  for (const [path, {source}] of final.files.files()) if (!found.has(source)) found.set(source, path)
  return found
}

const staticPaths = (files: Files): string[] =>
  files.ending(...'.css .js .mjs .png .jpg .jpeg .svg .gif .webp .ico .woff .woff2 .json .pdf .mp4 .mp3'.split(' '))
