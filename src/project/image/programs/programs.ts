import {posix} from 'node:path'
import {lineage, rootImage, type Stage} from '../../dockerfile/parse.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {mayBringTool} from '../../python/packages/console-scripts.ts'
import {type BasePrograms, basePrograms, lookedFor} from '../base/base-programs.ts'
import {bringers, mayBringAlong} from '../base/brought-programs.ts'
import type {Build} from '../build.ts'
import type {Unknown} from '../build-stage.ts'
import type {FileTree} from '../files/file-tree.ts'
import {isBelow} from '../files/image-path.ts'
import type {Image} from '../image.ts'
import {runsFetched, withoutNamedInstalls} from '../packages/fetched-scripts.ts'
import type {Answer} from '../packages/os-packages.ts'
import {writesNamed} from '../shell/quiet-run.ts'

/** Tools that install others by lists of their own, and scripts and makefiles of which it is not known what they do. */
const manyThings = /\b(asdf|mise|nix\S*|brew|conda|mamba|ansible\S*|make|rsync)\b|(^|[\s;&|])([^\s;&|]*\/)?[\w-]+\.sh\b/

/** `chmod +x start.sh` names a script, and does not run it; what is linked below /etc is no program. */
const onlyNames =
  /(^|[;&|\n]|\b(?:then|do|sudo)\b)[ \t]{0,200}(?:(?:chmod|chown|chgrp|sed|dos2unix|mkdir|rm|touch)\s[^;&|\n]*|ln\s[^;&|\n]*\s\/etc\/[^\s;&|]*[ \t]*(?=[;&|\n]|$))/g

/** `node scripts/sync.js` is what is there already, and `node_modules` no package of Node's own. */
const runsNode =
  /(^|[;&|\n]|\b(?:then|do)\b)[ \t]{0,200}(?:[A-Z_]+=\S+[ \t]+)*(?:node|bun)[ \t]+(?:\.?\/)?(?:(?!install|setup|n(?:ode|vm|pm|px)?\/)[\w.@-]+\/)*(?!\w*(?:install|setup|node|npm))[\w.-]+\.[cm]?[jt]s\b|\bnode_modules\b/g

/** `apk add make`: what is installed by these is read as packages. */
const installed = /\b(?:apt-get|apt|apk)\s(?:-[^;&|\n]{0,200}\s)?(?:install|add)\s[^;&|\n]*/g

const withoutNames = (text: string): string => text.replace(/\\\r?\n/g, ' ').replace(onlyNames, '$1')

/** Whether the text of a RUN may bring any program. */
export const mayInstallAnything = (text: string): boolean =>
  manyThings.test(withoutNames(text).replace(installed, '')) || runsFetched.test(text)

/** `npm link`, `npm install -g .`: the programs of a folder, by whatever names its package.json gives them. */
const linksFolder =
  /\b(?:npm|pnpm|yarn|bun) (?:link|ln)\b|\s(?:-g|--global|global add)\s(?:[^\n;&|]{0,200}\s)?(?:\.{1,2}(?:\/|[\s;&|]|$)|\.?\/|\S{1,200}\.tgz)/

/** Whether it installs programs for everybody whose names a variable has, `npm install -g $TOOLS`, or a package of a folder. */
const installsVariable = (text: string): boolean =>
  linksFolder.test(text) ||
  text
    .replace(/\\\r?\n/g, ' ')
    // The version alone says nothing of the names.
    .replace(/(?<=[\w-]@)\$(?:\w+|\{\w+\})/g, '')
    .split(/[;&|\n]/)
    .some(
      (part) =>
        part.includes('$') &&
        // A token in the address of private repositories.
        !/\bgit config\s/.test(part) &&
        /\s(?:-g|--global|--location=global|global|corepack|gem|pipx|tool)\s/.test(` ${part}`),
    )

/** What lays files in a folder of PATH without naming them. */
const fillsFolder =
  /\b(cp|mv|ln|tar|unzip|install|curl|wget)\b[^;&\n]{0,500}(?:\s|=|-C)["']?\/(usr|usr\/local|opt|bin)?(\/s?bin)?\/?["']?(\s|$)/

/** `go mod download`, `cargo build`: what is left of the folder into which `go install` and `cargo install` lay their programs. */
const leavesFolder = (folder: string, text: string): boolean =>
  (/^(?:\/usr\/local)?\/go\/bin\/?$/.test(folder) && writesNamed(text) && !text.includes(folder)) ||
  (/^\/usr\/local\/cargo\/bin\/?$/.test(folder) && !fillsCargo.test(text.replace(cargoTools, '')))

/** cargo's own commands, as programs: `cargo install cargo-chef`. */
const cargoTools = /\bcargo\s+install\s+(?:--locked\s+)?cargo-[\w-]+(?:@[\d.]+)?/g
const fillsCargo =
  /\bcargo\s(?:[^\n&|;]{0,200}\s)?(?:b?install|quickinstall)\b|cargo\/bin|\bCARGO_|\bmake\b|\bjust\b|\.sh\b/

/** Debian and Alpine have the version in the name: php-fpm8.2, php-fpm83. */
const plainOf = (name: string): string => name.replace(/^(php-fpm)\d[\d.]*$/, '$1')

/** Programs that Python's package managers install. */
const fromPip = new Set([
  'uv',
  'uvx',
  'poetry',
  'pipenv',
  'pdm',
  'honcho',
  'supervisord',
  'supervisorctl',
  'pip',
  'pip3',
])

/** What is seen of a stage, at its end or when one of its RUNs runs. */
export interface Seen {
  stage: Stage
  path: string | undefined
  files: FileTree
  unknown: readonly Unknown[]
  /** The texts of the RUNs before. */
  runs: readonly string[]
  packages: {lack(names: RegExp | ((name: string) => boolean)): boolean}
  /** pip may have put this program in a folder of PATH. */
  hasPip: (folders: readonly string[], program: string) => boolean
}

/** The programs on PATH. */
export class Programs {
  readonly base: BasePrograms | undefined
  readonly #seen: Seen
  readonly #folders: string[]

  constructor(seen: Seen) {
    this.#seen = seen
    const root = rootImage(seen.stage)
    this.base = root === undefined ? undefined : basePrograms(root)
    this.#folders = (seen.path ?? '').split(':').filter((each) => each.startsWith('/'))
  }

  /**
   * Whether a program can be started by its name: `no` only where nothing that is seen can have brought it. `isLooked`:
   * it is one that somebody looks for.
   */
  has(name: string, isLooked = lookedFor.has(plainOf(name))): Answer {
    const {files} = this.#seen
    if (this.#folders.some((folder) => files.get(posix.join(folder, name)))) return 'yes'
    if (!this.base || !isLooked) return 'unknown'
    if (this.base.has.has(name)) return 'yes'
    return this.#isBrought(name, this.#folders)
  }

  /** Whether something can have brought the program to this place, of which the base keeps its own one elsewhere. */
  hasAt(place: string): Answer {
    if (this.#seen.files.get(place) || !this.base) return this.base ? 'yes' : 'unknown'
    if (this.#seen.runs.some((text) => text.includes(place))) return 'unknown'
    return this.#isBrought(posix.basename(place), [posix.dirname(place)])
  }

  #isBrought(name: string, folders: readonly string[]): Answer {
    const {runs, packages, hasPip} = this.#seen
    if (!this.base || folders.some((folder) => this.#isFilled(folder, name))) return 'unknown'
    const names = new RegExp(`${bringers.get(plainOf(name))?.source ?? '(?!)'}|${escapePattern(name)}`)
    const others = runs.map(withoutNamedInstalls)
    if (
      runs.some((text) => names.test(withoutNames(text).replace(runsNode, '$1'))) ||
      others.some((text) => mayInstallAnything(text) || fillsFolder.test(text))
    )
      return 'unknown'
    if (fromPip.has(name) && hasPip(folders, name)) return 'unknown'
    if (this.base.distribution === 'none') return 'no'
    const {distribution} = this.base
    if (runs.some(installsVariable)) return 'unknown'
    return packages.lack((each) => names.test(each) || mayBringAlong(each, name, distribution)) ? 'no' : 'unknown'
  }

  /** Whether a folder of PATH got files that are not seen, and not of another name: by a COPY, or because it is none of the system's. */
  #isFilled(folder: string, name: string): boolean {
    const {unknown, runs} = this.#seen
    const ofSystem = /^\/(usr\/)?(local\/)?s?bin\/?$/.test(folder)
    return (
      unknown.some(
        ({by, path}) => by === 'copy' && (isBelow(folder, path) || isBelow(path, posix.join(folder, name))),
      ) ||
      (!ofSystem && runs.some((text) => !leavesFolder(folder, text)))
    )
  }
}

/** The programs of the final image, in the folders of its PATH or of another one. */
export function finalPrograms({final}: Build, image: Image, path = final.config.env.get('PATH')): Programs {
  const {installs, packages} = image.final
  const runs = lineage(final.stage).flatMap(({instructions}) =>
    instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
  )
  // An environment that is copied here is seen as a folder of PATH.
  const hasPip: Seen['hasPip'] = (folders, program) =>
    installs.some(
      (each) =>
        mayBringTool(each, program) &&
        (each.location === undefined || folders.includes(posix.join(each.location, 'bin'))),
    )
  const {stage, files, unknown} = final
  return new Programs({stage, path, files, unknown, runs, packages, hasPip})
}
