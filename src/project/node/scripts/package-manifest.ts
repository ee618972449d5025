import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Document, isTable} from '../../documents/document.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {Files} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {shellCommands} from '../../image/shell/shell-commands.ts'
import type {Inputs} from '../../inputs.ts'
import {isKeptAsPeer} from '../installs/production-packages.ts'
import {readRequest} from './package-runner.ts'

/** A program of a package, and what starts it: a script of package.json, or npx and the like. */
export interface StartedProgram {
  program: string
  runner: string
}

interface Around {
  reader: Inputs['reader']
  paths: Files
}

/** A package.json with what else the repository says of its packages. */
export class PackageManifest {
  readonly scripts: string[]
  readonly #manifest: Document
  readonly #lock: string
  readonly #dev: (name: string) => boolean | undefined
  readonly #others: string

  constructor(manifest: Document, lock: string, dev: (name: string) => boolean | undefined, others: string) {
    this.#manifest = manifest
    this.#lock = lock
    this.#dev = dev
    this.#others = others
    this.scripts = Object.keys(this.#table('scripts'))
  }

  static async read(manifest: Document, file: TextFile, {reader, paths}: Around): Promise<PackageManifest> {
    const folder = posix.dirname(file.path)
    const locks = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'].flatMap((name) => [
      posix.join(folder, name),
      name,
    ])
    const read = await Promise.all(
      [...new Set(locks)].filter((path) => paths.has(path)).map((path) => reader.text(path)),
    )
    const manifests = paths.named('package.json').filter((path) => path !== file.path && path.split('/').length < 5)
    const others = await Promise.all(manifests.map((path) => reader.text(path)))
    const npm = read.find((each) => each?.path.endsWith('package-lock.json'))
    return new PackageManifest(
      manifest,
      read.map((each) => each?.text ?? '').join('\n'),
      npmDev(npm?.text),
      others.map((each) => each?.text ?? '').join('\n'),
    )
  }

  #table(name: string): Record<string, unknown> {
    const {value} = this.#manifest
    const table = isTable(value) ? value[name] : undefined
    return isTable(table) ? table : {}
  }

  /** Whether another package.json has this name. */
  isElsewhere(name: string): boolean {
    return this.#others.includes(JSON.stringify(name))
  }

  /** The programs of a script that surely run, through the others that it asks for: `npm run typeorm -- migration:run`. */
  programsOf(script: string, through: readonly string[] = []): StartedProgram[] {
    const text = this.#table('scripts')[script]
    if (typeof text !== 'string') return []
    const commands =
      shellCommands(
        text,
        () => undefined,
        () => ({file: ''}),
      ) ?? []
    const [first] = commands
    // What stands behind another may not be reached.
    if (!first || first.conditional || typeof first.words[0] !== 'string') return []
    const request = readRequest(first.words)
    const isOwn = request?.kind === 'script' && request.folder === undefined && request.member === undefined
    if (isOwn && this.scripts.includes(request.name) && ![script, ...through].includes(request.name))
      return this.programsOf(request.name, [script, ...through])
    return [{program: first.words[0], runner: script}]
  }

  /**
   * Whether another package names it in the lock of Yarn or Bun, which lay its program beside those of the project's own
   * packages then.
   */
  #isNeeded(name: string): boolean {
    const written = escapePattern(name)
    return new RegExp(`^    "?${written}"? |"(?:d|optionalD)ependencies": \\{[^}\\n]{0,5000}"${written}":`, 'm').test(
      this.#lock,
    )
  }

  /** What keeps all of these packages from being installed. */
  lack(
    packages: readonly string[],
    modules: string,
  ): {kind: 'dev' | 'undeclared'; package: string; at: FileLocation} | undefined {
    const [main = ''] = packages
    const declared = (table: string) => packages.find((name) => Object.hasOwn(this.#table(table), name))
    if (['dependencies', 'optionalDependencies', 'peerDependencies'].some(declared)) return undefined
    // A workspace may have it for all of its members.
    if (packages.some((name) => this.#others.includes(JSON.stringify(name)))) return undefined
    const dev = declared('devDependencies')
    if (dev !== undefined) {
      if (modules !== 'production' || this.#dev(dev) === false || this.#isNeeded(dev)) return undefined
      if (this.#lock === '' && isKeptAsPeer(dev, this.#table('dependencies'))) return undefined
      return {kind: 'dev', package: dev, at: this.#manifest.at(['devDependencies', dev])}
    }
    // Another package may need it: then the lock file has it.
    // npm's has a place for each that is installed, and names those that others would only like to have.
    const isNpm = /^\s*\{[^{]{0,500}"lockfileVersion"\s*:\s*[23]\b/.test(this.#lock)
    const isLocked = packages.some((name) =>
      isNpm
        ? this.#lock.includes(`node_modules/${name}"`)
        : new RegExp(`(^|[/"' ])${escapePattern(name)}(["'@:])`, 'm').test(this.#lock),
    )
    if (isLocked || this.#lock === '' || modules === 'none' || modules === 'unknown') return undefined
    return {kind: 'undeclared', package: main, at: this.#manifest.at(['dependencies'])}
  }
}

/** Whether a package of package-lock.json is for development only. */
function npmDev(text: string | undefined): (name: string) => boolean | undefined {
  let packages: unknown
  try {
    const lock: unknown = JSON.parse(text ?? '')
    packages = isTable(lock) ? lock.packages : undefined
  } catch {
    packages = undefined
  }
  return (name) => {
    const entry =
      isTable(packages) && Object.hasOwn(packages, `node_modules/${name}`)
        ? packages[`node_modules/${name}`]
        : undefined
    return isTable(entry) ? entry.dev === true : undefined
  }
}
