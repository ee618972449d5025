import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {compilerOption, type Project, tsconfigs} from '../typescript/tsconfig.ts'

/** The paths that an import may mean by `paths` of a tsconfig.json. */
interface AliasPaths {
  /** By a configuration of a folder above: one of these must be there. */
  own: string[]
  /** By any other of the project: a bundler may go by that. */
  others: string[]
  /** The configuration of the first of `own`. */
  settings: string | undefined
}

interface Alias {
  /** The configuration. */
  path: string
  folder: string
  /** `@/`, with what stands for the star in each target: `src/`. */
  prefix: string
  /** Without a star: it is for this import alone. */
  isWhole: boolean
  targets: string[]
}

/** What is no name of a package: `@/lib/orders`, `~/lib/orders`, `$lib/orders`. */
const prefixes = /^(?:[@~]{1,2}|#|\$\w{0,40})\//

export async function pathAliases(project: Project): Promise<(specifier: string, from: string) => AliasPaths> {
  const {reader, paths} = project
  const configs = paths.beginning('tsconfig', 'jsconfig').filter((path) => path.endsWith('.json'))
  const aliases = (await Promise.all(configs.map((path) => aliasesOf(path, project)))).flat()
  const settings = await reader.texts(
    aliases.length > 0 ? paths.beginning('vite.config.', 'webpack.config.', 'babel.config.', 'electron.vite.') : [],
  )
  return (specifier, from) => {
    const found: AliasPaths = {own: [], others: [], settings: undefined}
    const fitting = aliases.filter(({prefix, isWhole}) =>
      isWhole ? specifier === prefix : specifier.startsWith(prefix),
    )
    for (const each of fitting) {
      const {path, folder, prefix, targets} = each
      // Of one configuration the longest counts.
      if (fitting.some((other) => other.path === path && isCloser(other, each))) continue
      const rest = specifier.slice(prefix.length).replace(/[?#].*$/s, '')
      const isOwn =
        !each.isWhole &&
        (folder === '.' || from.startsWith(`${folder}/`)) &&
        !targets.some((each) => isElsewhere(each, prefix))
      const means = targets.map((target) => (each.isWhole ? target : posix.join(target, rest)))
      found[isOwn ? 'own' : 'others'].push(...means)
      if (isOwn) found.settings ??= path
    }
    return found
  }

  /** A folder that is not there, or a bundler that is told of another one. */
  function isElsewhere(target: string, prefix: string): boolean {
    const name = posix.basename(target)
    const alias = prefix.slice(0, -1)
    const tells = settings.filter(({text}) =>
      [`'${alias}`, `"${alias}`, `/^${alias}`].some((each) => text.includes(each)),
    )
    if (target.startsWith('..') || (target !== '.' && !paths.hasFolder(target))) return true
    return tells.length > 0 && (target === '.' || !tells.every(({text}) => text.includes(name)))
  }
}

const isCloser = (one: Alias, other: Alias): boolean =>
  one.isWhole !== other.isWhole ? one.isWhole : one.prefix.length > other.prefix.length

async function aliasesOf(path: string, project: Project): Promise<Alias[]> {
  const configs = await tsconfigs(path, project)
  const written = compilerOption(configs, 'paths')
  if (!written || !isTable(written.value)) return []
  const base = compilerOption(configs, 'baseUrl')
  const from = typeof base?.value === 'string' ? posix.join(posix.dirname(base.from.path), base.value) : undefined
  const home = from ?? posix.dirname(written.from.path)
  return Object.entries(written.value).flatMap(([pattern, targets]): Alias[] => {
    const isWhole = !pattern.endsWith('*')
    const prefix = isWhole ? pattern : pattern.slice(0, -1)
    if (!prefixes.test(prefix) || !Array.isArray(targets)) return []
    const folders = targets.map((each) => (isWhole ? String(each) : /^(.{0,300})\/\*$/.exec(String(each))?.[1]))
    // What cannot be read hides shorter ones all the same.
    const isKnown = folders.every((each) => each !== undefined && !each.includes('${'))
    const means = folders.map((each) => posix.join(home, each ?? '').replace(/\/$/, '') || '.')
    return [{path, folder: posix.dirname(path), prefix, isWhole, targets: isKnown ? means : []}]
  })
}
