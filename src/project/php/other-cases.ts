/** Classes and views of PHP whose files are called otherwise in upper and lower case, as Linux sees it. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {groupBy} from '../../group-by.ts'
import {blank} from '../code/code.ts'
import {withoutPhpComments} from '../code/comments.ts'
import {isTable} from '../documents/document.ts'
import {parseLoosely} from '../documents/json.ts'
import {isApart} from '../files/apart.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'

export interface OtherCase {
  kind: 'class' | 'view'
  /** `App\Services\Invoice`, `orders.index`. */
  name: string
  /** Where PHP looks for it, and the file that there is. */
  wanted: string
  has: string
  /** What asks for it. */
  at: FileLocation
}

const namespace = /^[ \t]*namespace\s{1,20}([\w\\]{1,300})\s{0,20};/m
const declared = /^[ \t]*(?:(?:abstract|final|readonly)\s{1,20}){0,3}(?:class|interface|trait|enum)\s{1,20}(\w{1,200})/m
const asked =
  /(?<![\w>:$])(?:view|View::make|Route::view)\(\s{0,20}(?:'[^'\n]{0,200}'\s{0,20},\s{0,20})?'([\w./-]{1,200})'|@(?:include|includeIf|extends|component|each)\(\s{0,20}'([\w./-]{1,200})'/g

/** Composer's PSR-4: the path of a class below the folder of its prefix is its name (getcomposer.org/doc, "autoload"). */
export async function loadOtherCases({reader}: Inputs, facts: FactStore): Promise<Fact<OtherCase[]>> {
  const [image, files, manifest] = await Promise.all([
    facts.value('image'),
    facts.value('files'),
    reader.text('composer.json'),
  ])
  const paths = (files ?? noFiles).only((path) => !isApart(path))
  if (!image || !manifest) return known([])
  const sources = paths
    .ending('.php')
    .filter((path) => !/(?:^|\/)(?:vendor|tests?)\//i.test(path) && image.copies(path))
  if (sources.length === 0 || sources.length > 5000) return known([])
  const found: OtherCase[] = []
  const likely = await misnamedClasses()
  const views = paths.has('artisan') ? await viewsByName() : undefined
  if (likely.length === 0 && !views) return known([])
  for (const file of await reader.texts(sources)) {
    const text = withoutComments(file)
    for (const each of likely) {
      if (file.path === each.has || found.some(({name}) => name === each.name)) continue
      const use = new RegExp(String.raw`(?<![\w\\])\\?${each.name.replaceAll('\\', '\\\\')}(?![\w\\])`).exec(text)
      if (use) found.push({kind: 'class', ...each, at: file.span(use.index, use.index + use[0].length)})
    }
    if (views) found.push(...viewsIn(file, text, views))
  }
  return known(found)

  async function misnamedClasses(): Promise<Pick<OtherCase, 'name' | 'wanted' | 'has'>[]> {
    const prefixes = prefixesOf(manifest as TextFile)
    // What a map of classes covers is found wherever it is; PSR-0 has paths of its own.
    if (
      prefixes.length === 0 ||
      /"psr-0"|"classmap"\s{0,20}:\s{0,20}\[\s{0,20}"(?!database)/.test(manifest?.text ?? '')
    )
      return []
    const below = sources.filter((path) => prefixes.some(({folder}) => path.startsWith(folder)))
    return (await reader.texts(below)).flatMap((file) => {
      const text = withoutComments(file)
      const [, space = ''] = namespace.exec(text) ?? []
      const [, own] = declared.exec(text) ?? []
      if (own === undefined) return []
      const name = space === '' ? own : `${space}\\${own}`
      // Composer looks in all of them, the longest prefix first.
      const places = prefixes
        .filter(({prefix}) => name.startsWith(prefix))
        .map(({prefix, folder}) => posix.join(folder, `${name.slice(prefix.length).replaceAll('\\', '/')}.php`))
      const wanted = places.find((each) => each.toLowerCase() === file.path.toLowerCase())
      return wanted === undefined || places.some((each) => paths.has(each)) ? [] : [{name, wanted, has: file.path}]
    })
  }

  /** The views of resources/views, by their names in lower case; undefined where the settings name other folders. */
  async function viewsByName(): Promise<ReadonlyMap<string, string[]> | undefined> {
    const settings = (await reader.text('config/view.php'))?.text
    if (
      settings !== undefined &&
      !/'paths'\s{0,20}=>\s{0,20}\[\s{0,20}resource_path\('views'\),?\s{0,20}\]/.test(settings)
    )
      return undefined
    const views = paths.ending('.php').filter((each) => each.startsWith('resources/views/'))
    return groupBy(views, (path) =>
      path
        .slice('resources/views/'.length)
        .replace(/(?:\.blade)?\.php$/, '')
        .toLowerCase(),
    )
  }
}

function viewsIn(file: TextFile, text: string, views: ReadonlyMap<string, string[]>): OtherCase[] {
  return [...text.matchAll(asked)].flatMap((match) => {
    const name = match[1] ?? match[2] ?? ''
    const path = name.replaceAll('.', '/')
    const there = views.get(path.toLowerCase()) ?? []
    const [has] = there
    if (!has || there.some((each) => each.startsWith(`resources/views/${path}.`))) return []
    const start = match.index + match[0].lastIndexOf(name)
    const wanted = `resources/views/${path}${has.endsWith('.blade.php') ? '.blade.php' : '.php'}`
    return [{kind: 'view' as const, name, wanted, has, at: file.span(start, start + name.length)}]
  })
}

const withoutComments = ({text}: TextFile): string =>
  withoutPhpComments(text.replace(/\{\{--[\s\S]*?(?:--\}\}|$)/g, blank))

/**
 * `"App\\": "app/"`, the names that composer loads by their paths, the longest first; those for development are not there
 * in the image.
 */
function prefixesOf(manifest: TextFile): {prefix: string; folder: string}[] {
  const {autoload} = parseLoosely(manifest.text) ?? {}
  const list = isTable(autoload) && isTable(autoload['psr-4']) ? Object.entries(autoload['psr-4']) : []
  return list
    .flatMap(([prefix, folders]) => [folders].flat().map((folder) => ({prefix, folder})))
    .flatMap(({prefix, folder}) =>
      typeof folder === 'string' && /^[\w./-]+$/.test(folder)
        ? [{prefix, folder: `${folder.replace(/^\.\//, '').replace(/\/$/, '')}/`}]
        : [],
    )
    .sort((a, b) => b.prefix.length - a.prefix.length)
}
