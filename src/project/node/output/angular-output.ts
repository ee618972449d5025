/** What `ng build` writes, by the builder and the options of angular.json (@angular/build's options.js). */
import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import {type BuiltSite, flagValue, type Written} from './built-site.ts'

type Table = Record<string, unknown>
const tableAt = (table: Table, key: string): Table => (isTable(table[key]) ? table[key] : {})

/** Since Angular 17: the pages in browser/, and the server beside it. */
const application = /^@angular(?:-devkit\/build-angular|\/build):application$/
/** All in one folder. */
const browser = /^@angular-devkit\/build-angular:browser(?:-esbuild)?$/

export async function angular(site: BuiltSite): Promise<Written | undefined> {
  const [file, another] = await site.configs(/^angular\.json$/)
  const workspace = file && parseLoosely(file.text)
  if (!file || another || !workspace) return undefined
  const projects = Object.entries(tableAt(workspace, 'projects')).filter(
    (entry): entry is [string, Table] => isTable(entry[1]) && entry[1].projectType !== 'library',
  )
  const named =
    site.args.find((word, index) => !word.startsWith('-') && !/^(?:-c|--[\w-]+)$/.test(site.args[index - 1] ?? '')) ??
    flagValue(site.args, '--project')
  const [name, project] =
    projects.find(([each]) => each === (named ?? workspace.defaultProject)) ??
    (named === undefined && projects.length === 1 ? (projects[0] as [string, Table]) : [])
  if (name === undefined || !project) return undefined
  const target = tableAt({...tableAt(project, 'targets'), ...tableAt(project, 'architect')}, 'build')
  const builder = String(target.builder)
  const production = site.args.includes('--prod') ? 'production' : target.defaultConfiguration
  const chosen = String(flagValue(site.args, '-c', '--configuration') ?? production ?? '')
  const options: Table = {
    ...tableAt(target, 'options'),
    ...Object.assign({}, ...chosen.split(',').map((each) => tableAt(tableAt(target, 'configurations'), each))),
  }
  const flag = flagValue(site.args, '--output-path', '--outputPath')
  const path = flag ?? options.outputPath
  const at = file.text.indexOf('"outputPath"')
  const related = [at < 0 ? file.whole : file.lineSpan(file.position(at).line)]
  // One folder for each language.
  const isOne = !options.localize && !site.args.some((word) => word.startsWith('--localize'))
  if (browser.test(builder) && typeof path === 'string') {
    const folder = posix.normalize(path)
    const lacks = file.text.includes('"output": "browser') ? [] : [`${folder}/browser`]
    return {folders: [folder], index: isOne ? folder : undefined, lacks, related, proven: true}
  }
  if (!application.test(builder)) return undefined
  const places = isTable(path) ? path : {}
  const base = typeof path === 'string' ? path : path === undefined ? `dist/${name}` : places.base
  const inside = places.browser ?? 'browser'
  if (typeof base !== 'string' || typeof inside !== 'string') return undefined
  const folder = posix.normalize(base)
  // With a server the page is rendered there, and browser/ has an index.csr.html.
  const isStatic =
    !options.ssr && !options.prerender && !options.outputMode && options.index !== false && !isTable(options.index)
  return {
    folders: [folder],
    index: isStatic && isOne ? posix.join(folder, inside) : undefined,
    related,
    proven: true,
  }
}
