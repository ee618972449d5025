import {readFile} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {promisify} from 'node:util'
import {brotliDecompress} from 'node:zlib'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {groupBy} from '../../../group-by.ts'
import {once} from '../../../once.ts'
import {isSlip} from '../../../suggest.ts'
import {installsByApt} from './os-packages.ts'

/** A name without its versions. */
const shape = (name: string): string => name.replace(/\d+(?:\.\d+)*(?:v5|t64)?/g, '0')

/** The names that apt finds in the archives of Debian and Ubuntu: of packages, and of what packages provide. */
export class AptNames {
  readonly #text: string
  readonly #releases: readonly string[]
  /** Families that the list leaves out. */
  readonly #leftOut: RegExp

  /** `text`: the releases, the families, and a line for each name with a bit for each release (bin/apt-names.mjs). */
  constructor(text: string) {
    const [releases = '', leftOut = ''] = text.split('\n', 2)
    this.#text = text
    this.#releases = releases.split(' ')
    this.#leftOut = new RegExp(leftOut)
  }

  /** Whether a release has such a package; undefined where nothing is known of the release, or of packages of its kind. */
  has(release: string, name: string): boolean | undefined {
    const bit = this.#releases.indexOf(release)
    if (bit < 0 || this.#leftOut.test(name)) return undefined
    return (this.#maskOf(name) & (1 << bit)) !== 0
  }

  /** The last release of the same distribution that has it. */
  lastWith(release: string, name: string): string | undefined {
    const mask = this.#maskOf(name)
    const isUbuntu = (each: string) => /^(?:focal|jammy|noble)$/.test(each)
    return this.#releases.findLast((each, bit) => mask & (1 << bit) && isUbuntu(each) === isUbuntu(release))
  }

  /** Whether a name with `.` or `+` is a part of other names, where it is read as a regular expression. */
  match(release: string, name: string): boolean {
    const own = new RegExp(name.replace(/\++/g, '+'))
    return this.#beginning(release, '').some((each) => own.test(each))
  }

  /** Names of a release that differ in their version alone, the newest last: `libicu76` of `libicu72`, `libpoppler-cpp2` of `…0v5`. */
  versionsOf(release: string, name: string): string[] {
    const digit = name.search(/\d/)
    const versions = digit < 0 ? [] : (this.#byShape(`${release} ${name.slice(0, digit)}`).get(shape(name)) ?? [])
    return versions.toSorted((one, other) => one.localeCompare(other, 'en', {numeric: true}))
  }

  /** The names of a release with the same beginning, together where they differ in their version alone. */
  readonly #byShape = once((key: string) => {
    const [release = '', start = ''] = key.split(' ')
    return groupBy(this.#beginning(release, start), shape)
  })

  /** The name of a release that is meant by one that is like it. */
  like = (release: string, name: string): string | undefined =>
    this.#beginning(release, name.slice(0, 2)).find((each) => isSlip(name, each))

  #beginning(release: string, start: string): string[] {
    const bit = 1 << this.#releases.indexOf(release)
    const found: string[] = []
    for (let at = this.#text.indexOf(`\n${start}`); at >= 0; at = this.#text.indexOf(`\n${start}`, at + 1)) {
      const [name = '', mask] = this.#text.slice(at + 1, this.#text.indexOf('\n', at + 1)).split(' ')
      if (Number(mask) & bit) found.push(name)
    }
    return found
  }

  #maskOf(name: string): number {
    const at = this.#text.indexOf(`\n${name} `)
    return at < 0 ? 0 : Number.parseInt(this.#text.slice(at + name.length + 2), 10)
  }
}

/** Known where a stage installs with apt, absent elsewhere: it is a long list. */
export async function loadAptNames(facts: FactStore): Promise<Fact<AptNames>> {
  const image = await facts.need('image')
  const installs = image.stages.some(({release, commands}) => release && commands.some(installsByApt))
  if (!installs) return absent('no stage installs packages with apt')
  return known(await published())
}

/** Unpacked once for all apps of a run. */
const published = once<void, Promise<AptNames>>(async () => {
  const home = dirname(createRequire(import.meta.url).resolve('fly-preflight/package.json'))
  const packed = await readFile(join(home, 'src/project/image/packages/apt-names.br'))
  return new AptNames(String(await promisify(brotliDecompress)(packed)))
})
