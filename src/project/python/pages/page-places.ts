/** Where the image has the files of the project that pages are made of. */
import {posix} from 'node:path'
import type {TextFile} from '../../files/text.ts'
import type {Build} from '../../image/build.ts'
import {mayMake} from '../../image/shell/quiet-run.ts'

const djangoTask =
  /(?:[A-Z_]{1,40}=\S{0,200}\s{1,20}){0,9}\b(?:python[\d.]{0,5}\s{1,20})?(?:\S{1,100}\/)?manage\.py\s{1,20}(?:collectstatic|migrate|compilemessages|check|createcachetable)\b[^;&|\n]{0,300}/g

export class PagePlaces {
  readonly #build: Build
  /** The first place of each file of the project. */
  readonly #bySource = new Map<string, string>()

  constructor(build: Build) {
    this.#build = build
    for (const [path, {source}] of build.final.files.files())
      if (!this.#bySource.has(source)) this.#bySource.set(source, path)
  }

  /** Whether the file of the project is seen in the image. */
  has(source: string): boolean {
    return this.#bySource.has(source)
  }

  /** Whether a file of the image is called so, wherever that is. */
  hasNamed(name: string): boolean {
    const named = this.#build.final.files.files((names) => names.named(posix.basename(name)))
    return [...named].some(([path]) => path.endsWith(`/${name}`))
  }

  /** Whether the image surely has no file where this one would be, by the place of the one that names it. */
  lacksBeside(source: string, by: TextFile): boolean {
    const place = this.#bySource.get(by.path)
    if (!place?.endsWith(`/${by.path}`)) return false
    return this.#build.has(posix.join(place.slice(0, -by.path.length), source)) === 'no'
  }

  /** Where a folder of the project is in the image, by any file that is below it in both. */
  ofFolder(folder: string): string | undefined {
    for (const [source, place] of this.#bySource)
      if (source.startsWith(`${folder}/`) && place.endsWith(source.slice(folder.length)))
        return place.slice(0, -source.length + folder.length)
    return undefined
  }

  /** What Django does in a build writes no templates. */
  lacks(path: string): boolean {
    const {final} = this.#build
    const unknown = final.unknown.map(({text, ...each}) =>
      text === undefined ? each : {...each, text: text.replace(djangoTask, '')},
    )
    return this.#build.has(path) === 'no' && !mayMake({...final, unknown}, path)
  }
}
