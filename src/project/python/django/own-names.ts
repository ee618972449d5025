/** Names of modules and of what is in them, as settings write them: `shop.middleware.Locale`. */
import {suggest} from '../../../suggest.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {AbsentModules} from '../imports/absent-modules.ts'
import type {ImageModules} from '../imports/image-modules.ts'
import {surelyLacks} from '../imports/module-names.ts'

/** What a name leads to nothing by. */
export interface LostName {
  /** `shop.middleware`: no module of the project; or the file of one that has no such class. */
  module: string
  file: string | undefined
  /** The nearest thing that the project has: a module in other letters, or a class of the file. */
  instead: string | undefined
  /** It is in a package of the project, so that no installed one can bring it. */
  isOwn: boolean
}

interface Surroundings {
  modules: ImageModules
  absent: AbsentModules
  files: Files
  roots: readonly string[]
  reader: ProjectReader
  /** Of a package that is not installed, and brings the module, another check tells. */
  isTold(top: string): boolean
  /** Something puts a folder more on Python's path. */
  looksElsewhere: boolean
}

/** Looks up names in the image; undefined is said of what is there, or may be. */
export class OwnNames {
  readonly #around: Surroundings

  constructor(around: Surroundings) {
    this.#around = around
  }

  isModule(name: string): boolean {
    const {modules, roots} = this.#around
    return modules.find(name.split('.'), roots, false) !== 'missing'
  }

  /** A module that is nowhere. */
  async lostModule(name: string): Promise<LostName | undefined> {
    const {modules, absent, roots} = this.#around
    const parts = name.split('.')
    if (modules.mayWrite || modules.find(parts, roots, false) !== 'missing') return undefined
    const [top = ''] = parts
    const isOwn = parts.length > 1 && this.#isOwnPackage(top)
    if (!isOwn && this.#around.isTold(top)) return undefined
    if (!(isOwn ? await absent.isUnmade(parts) : await absent.isAbsent(parts))) return undefined
    return {module: name, file: undefined, instead: this.#inOtherLetters(parts), isOwn}
  }

  /** A class or a function whose module is nowhere, or has none of this name. */
  async lostObject(name: string): Promise<LostName | undefined> {
    const {modules, roots} = this.#around
    const parts = name.split('.')
    const wanted = parts.pop() as string
    if (parts.length === 0) return undefined
    const place = modules.find(parts, roots, false)
    if (place === 'missing') return this.lostModule(parts.join('.'))
    // A module of that name, which an import of the package binds.
    if (place === 'unknown' || modules.find([...parts, wanted], roots, false) !== 'missing') return undefined
    const source = await modules.source(place.entry)
    if (source === undefined || place.entry.kind !== 'file' || !surelyLacks(source, wanted)) return undefined
    const file = place.entry.source
    const isOwn = this.#isOwnPackage(parts[0] as string) && modules.isUntouched(place.path)
    return {module: parts.join('.'), file, instead: nearest(wanted, source), isOwn}
  }

  /** A module of the project, as the image has it. */
  async source(name: string): Promise<TextFile | undefined> {
    const {modules, roots, reader} = this.#around
    const place = modules.find(name.split('.'), roots, false)
    if (typeof place !== 'object' || place.entry.kind !== 'file') return undefined
    return (await modules.source(place.entry)) === undefined ? undefined : reader.text(place.entry.source)
  }

  /** Whether the first package of a name is one of the project. */
  isOwn(name: string): boolean {
    return this.#isOwnPackage(name.split('.')[0] as string)
  }

  /** Whether there may be such a module: in the image, or where something tells Python to look. */
  mayBeModule(name: string): boolean {
    const {modules, looksElsewhere} = this.#around
    return looksElsewhere || modules.mayWrite || this.isModule(name)
  }

  /** Whether a file of the project has a class of this name, of which Django minds no letter case. */
  async hasClass(name: string): Promise<boolean> {
    const {files, reader} = this.#around
    const pattern = new RegExp(`^\\s{0,40}class ${name}\\b|\\b${name} = `, 'im')
    return (await reader.texts(files.ending('.py'))).some(({text}) => pattern.test(text))
  }

  /** A folder without __init__.py is a package only where none that is installed is called so. */
  #isOwnPackage(top: string): boolean {
    const {modules, files, roots} = this.#around
    const place = modules.find([top], roots, false)
    return typeof place === 'object' && place.entry.kind === 'file' && files.has(place.entry.source)
  }

  #inOtherLetters(parts: readonly string[]): string | undefined {
    const tail = parts.join('/').toLowerCase()
    const forms = [`/${tail}.py`, `/${tail}/__init__.py`]
    return this.#around.files
      .ending('.py')
      .find((path) => forms.some((form) => `/${path}`.toLowerCase().endsWith(form)))
  }
}

/** A class of the module that is called almost so. */
function nearest(wanted: string, source: string): string | undefined {
  const names = [...source.matchAll(/^(?:class|def|async def) (\w{1,100})/gm)].map(([, name = '']) => name)
  return suggest(wanted, names)
}
