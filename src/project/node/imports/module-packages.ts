import {type Fact, type FactStore, known} from '../../../facts.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import {noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {imageVersion} from '../../toolchains/image-versions.ts'
import {bringsOtherNode} from '../../toolchains/other-node.ts'
import {lockedVersion} from '../locks/locked-version.ts'
import {type StartedPackage, startedPackages} from './started-packages.ts'

/** A package that is an ES module alone, and that the program loads by `require`. */
export interface ModulePackage extends StartedPackage {
  /** Of the base image: `18`. */
  node: string
  /** `13.0.0` of the lock file, or the range of package.json. */
  version: string
  /** The last major version that has CommonJS, too. */
  last: number
}

/** The first major version without CommonJS, and no later one has it again: by the exports of all published versions. */
const modulesSince: Readonly<Record<string, number>> = {
  '@octokit/rest': 21,
  '@sindresorhus/slugify': 2,
  boxen: 6,
  camelcase: 7,
  chalk: 5,
  'crypto-random-string': 4,
  del: 7,
  delay: 6,
  'escape-string-regexp': 5,
  execa: 6,
  figures: 4,
  'file-type': 17,
  'find-up': 6,
  franc: 6,
  'get-port': 6,
  globby: 12,
  got: 12,
  'log-symbols': 5,
  lowdb: 2,
  mime: 4,
  nanoid: 4,
  'node-fetch': 3,
  'normalize-url': 7,
  open: 9,
  ora: 6,
  'p-limit': 4,
  'p-map': 5,
  'p-queue': 7,
  'p-retry': 5,
  'pretty-bytes': 6,
  'pretty-ms': 8,
  'query-string': 8,
  remark: 14,
  'serialize-error': 9,
  'string-width': 5,
  'strip-ansi': 7,
  unified: 10,
  uuid: 12,
}

/** From 20.19 and 22.12 on `require` loads ES modules; a tag without a minor version is a newer one. */
function requiresModules(node: string): boolean {
  const [major = 0, minor = Number.POSITIVE_INFINITY] = node.split('.').map(Number)
  return major >= 23 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)
}

export async function loadModulePackages(inputs: Inputs, facts: FactStore): Promise<Fact<ModulePackage[]>> {
  const [build, files] = await Promise.all([facts.need('build'), facts.value('files')])
  const node = imageVersion(rootImage(build.final.stage) ?? '', 'Node')
  if (node === undefined || requiresModules(node)) return known([])
  const manifests = await inputs.reader.texts((files ?? noFiles).named('package.json').slice(0, 100))
  const declares = manifests.some(({text}) => {
    const dependencies = parseLoosely(text)?.dependencies
    return isTable(dependencies) && Object.keys(dependencies).some((name) => Object.hasOwn(modulesSince, name))
  })
  if (!declares || (await bringsOtherNode(build.final.stage, files ?? noFiles, inputs.reader))) return known([])
  const locked = await lockedVersion(inputs.reader)
  // `patches/nanoid+5.0.7.patch` of patch-package, `patches/chalk.patch` of pnpm: it may be CommonJS then.
  const patches = (files ?? noFiles).ending('.patch', '.diff')
  const isPatched = (name: string) => patches.some((path) => path.includes(name.split('/').at(-1) as string))
  return known(
    (await startedPackages(inputs, facts)).flatMap((each): ModulePackage[] => {
      const since = Object.hasOwn(modulesSince, each.name) ? (modulesSince[each.name] as number) : undefined
      const written = each.declared[each.name]
      if (since === undefined || !each.required || typeof written !== 'string' || isPatched(each.name)) return []
      // An override may hold the version back, and that of a workspace may be for another member.
      const versions = [...(/^[\^~]?\d/.test(written) ? [written] : []), ...[locked(each.name) ?? []].flat()]
      const isModule = versions.every((version) => Number.parseInt(version.replace(/^[\^~]/, ''), 10) >= since)
      const version = versions.at(-1)
      return isModule && version !== undefined ? [{...each, node, version, last: since - 1}] : []
    }),
  )
}
