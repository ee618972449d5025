import {posix} from 'node:path'
import type {Tracked} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {sourceAt} from '../../image/moment.ts'

/** The settings that a manage.py in the image loads. */
export interface DjangoSettings {
  /** `shop.settings`. */
  module: string
  file: TextFile
  /** Its files, the settings module and what it takes everything from. */
  files: TextFile[]
  /** Those of them that are surely loaded: `from .prod import *` may stand under a condition. */
  certain: TextFile[]
  text: string
  /** What runs before them: manage.py, and the packages that the module is in. */
  before: string
  /** The folder of manage.py in the image, in which modules are looked for. */
  root: string
  /** Where each of the files is in the image. */
  places: ReadonlyMap<TextFile, string>
  /** All of it was read: nothing is imported with `*` from elsewhere, nor found in another way. */
  complete: boolean
}

/** DJANGO_SETTINGS_MODULE, else what manage.py sets. Undefined where that is not known. */
export async function djangoSettings(
  command: BuildCommand,
  {reader, tracked}: {reader: ProjectReader; tracked: Tracked},
): Promise<DjangoSettings | undefined> {
  const {moment, folder, words} = command
  const manage = words.find((word) => word?.endsWith('manage.py'))
  if (manage === undefined || moment.instruction.text.includes('SETTINGS')) return undefined
  if (words.some((word) => word?.startsWith('--settings') || word?.startsWith('--pythonpath'))) return undefined
  const root = posix.dirname(posix.resolve(folder, manage))
  const started = await at(posix.resolve(folder, manage))
  const isOnly = started?.text.split('DJANGO_SETTINGS_MODULE').length === 2
  const set = isOnly ? started.text : ''
  const module =
    moment.variables.get('DJANGO_SETTINGS_MODULE') ??
    /setdefault\(\s*["']DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']/.exec(set)?.[1]
  if (module === undefined) return undefined
  const files: TextFile[] = []
  const certain: TextFile[] = []
  const places = new Map<TextFile, string>()
  let complete = true
  const next = [{path: posix.join(root, ...module.split('.')), isCertain: true}]
  for (let each = next.pop(); each !== undefined; each = next.pop()) {
    const {path, isCertain} = each
    const asPackage = await at(posix.join(path, '__init__.py'))
    const file = asPackage ?? (await at(`${path}.py`))
    if (!file) {
      complete = false
      continue
    }
    const isKnown = files.includes(file)
    if (isKnown && (!isCertain || certain.includes(file))) continue
    if (!isKnown) files.push(file)
    places.set(file, file === asPackage ? posix.join(path, '__init__.py') : `${path}.py`)
    if (isCertain) certain.push(file)
    const parent = file === asPackage ? path : posix.dirname(path)
    for (const [whole, dots = '', name = ''] of file.text.matchAll(
      /^[ \t]*(?:try:[ \t]*)?from\s+(?=\S)(\.*)(?!\.)([\w.]*)\s+import\s+\*/gm,
    )) {
      const base = dots === '' ? root : posix.resolve(parent, ...Array<string>(dots.length - 1).fill('..'))
      const path = posix.join(base, ...name.split('.').filter(Boolean))
      next.push({path, isCertain: isCertain && whole.startsWith('from')})
    }
    if (
      /\b(import_module|__import__|exec|globals|locals|vars|setattr|split_settings|configurations|[Dd]ynaconf|goodconf|class_settings)\b/.test(
        file.text,
      )
    )
      complete = false
  }
  const [file] = files
  const parts = module.split('.').slice(0, -1)
  const packages = await Promise.all(
    parts.map((_, index) => at(posix.join(root, ...parts.slice(0, index + 1), '__init__.py'))),
  )
  const before = [started, ...packages].map((each) => each?.text ?? '').join('\n')
  const text = files.map((each) => each.text).join('\n')
  return file && {module, file, files, certain, root, places, text, before, complete}

  async function at(path: string): Promise<TextFile | undefined> {
    const source = sourceAt(moment, path, tracked)
    return reader.text(source)
  }
}
