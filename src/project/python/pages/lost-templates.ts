/** Templates that no folder has, that the image lacks, or that are called otherwise by the case of their letters. */
import {posix} from 'node:path'
import type {BuildContext} from '../../context/build-context.ts'
import type {DeployCommands} from '../../deploys/deploy-commands.ts'
import type {Files} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {ignoredPaths} from '../../git/git.ts'
import {declaredNames} from '../packages/declared.ts'
import type {Python} from '../python.ts'
import {NamedFiles} from './named-files.ts'
import type {PageFault} from './page-fault.ts'
import type {PagePlaces} from './page-places.ts'
import type {Use} from './template-uses.ts'

interface Surroundings {
  places: PagePlaces
  files: Files
  context: BuildContext
  python: Python | undefined
  deploys: DeployCommands | undefined
  isDjango: boolean
  /** The folder of the project, where git is asked. */
  root: string
}

/** Folders of templates that packages bring, and those of them that a project puts its own over. */
const ofOthers =
  /^(?:accounts?|admin|admin_\w+|allauth|axes|bootstrap\w*|ckeditor\w*|cms|crispy\w*|debug_toolbar|django\w*|drf\w*|flask\w*|jazzmin|mfa|oauth2_provider|oscar|registration|rest_framework\w*|security|socialaccount|two_factor|unfold|usersessions|wagtail\w*)$/
/** Names at the top that packages use, too. */
const common = /^_?(?:base|layout|[345]\d\d|robots|sitemap)\.\w+$/

export class LostTemplates {
  readonly #around: Surroundings
  readonly #named: NamedFiles

  constructor(around: Surroundings) {
    this.#around = around
    this.#named = new NamedFiles(
      around.files.ending('.html', '.htm', '.txt', '.xml', '.jinja', '.jinja2', '.j2'),
      (folder) => /(?:^|\/)(?:templates|jinja2)$/.test(folder),
    )
  }

  /** The templates of the project that a name may mean. */
  called(name: string): string[] {
    return this.#named.exact(name)
  }

  /** `candidates`: what the project has of this name, none of it seen in the image. */
  async fault(use: Use, by: TextFile, candidates: readonly string[]): Promise<PageFault | undefined> {
    const {places, context, isDjango} = this.#around
    const fault = {...use, of: 'template' as const, isDjango, rule: undefined}
    const [file] = candidates
    // The page that Vite and its like begin with, beside their package.json: what they write is elsewhere.
    if (candidates.some((path) => this.#around.files.has(posix.join(posix.dirname(path), 'package.json'))))
      return undefined
    if (file !== undefined) {
      if (!candidates.every((path) => places.lacksBeside(path, by))) return undefined
      return {...fault, kind: 'left-out', file, rule: await context.ruleFor(`/${file}`)}
    }
    // A name of the image alone: a stage or a RUN has made it.
    if (places.hasNamed(use.name)) return undefined
    const other = this.#named.inOtherCase(use.name)
    if (other) return {...fault, kind: 'case', file: other}
    return (await this.#mayBeBrought(use)) ? undefined : {...fault, kind: 'absent', file: undefined}
  }

  /** Whether a package, a build or what git does not see may have the template. */
  async #mayBeBrought({name, verb}: Use): Promise<boolean> {
    const {places, files, deploys, isDjango, root: top} = this.#around
    const [first = '', ...rest] = name.split('/')
    const roots = [...this.#named.roots]
    const isTop = rest.length === 0
    // Where the project has none of this folder, it may be that of a package.
    const own = roots.filter((root) =>
      isTop
        ? files.in(root).some((path) => /\.\w*(?:html?|j2|jinja2?)$/.test(path))
        : files.hasFolder(`${root}/${first}`),
    )
    const isCommon = isTop
      ? common.test(name) || (isDjango && verb === 'extends' && this.#hasApps())
      : this.#isOfOthers(first)
    if (own.length === 0 || isCommon) return true
    const expected = roots.map((root) => posix.join(root, name))
    if (expected.some((path) => deploys?.makes(path)) || (await ignoredPaths(top, expected)).size > 0) return true
    return roots.some((root) => {
      const place = places.ofFolder(root)
      return place !== undefined && !places.lacks(posix.join(place, name))
    })
  }

  /** Packages that bring templates at the top of their folders are among the apps of Django. */
  #hasApps(): boolean {
    return declaredNames(this.#around.python).some((name) =>
      /^django-(?!environ|redis|storages|cors|filter|extensions)|wagtail|cms/.test(name),
    )
  }

  #isOfOthers(first: string): boolean {
    const plain = first.toLowerCase().replaceAll('_', '-')
    return ofOthers.test(first) || declaredNames(this.#around.python).some((name) => `-${name}-`.includes(`-${plain}-`))
  }
}
