/** Imports of names that the installed version of a library does not have. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Inputs} from '../../inputs.ts'
import {copiedPython} from '../copied-python.ts'
import {type ImageVersions, imageVersions, isIn} from '../packages/image-versions.ts'
import {hasAtLeast} from '../packages/newest-version.ts'
import {type LibraryName, libraryName} from './library-names.ts'
import {djangoOf, isOwnModule, type StartedImport, startedImports} from './started-imports.ts'

export interface LibraryImport extends Pick<StartedImport, 'at' | 'command'> {
  /** `sqlalchemy.JSONB` */
  name: string
  library: LibraryName
  /** The version that is installed; undefined: the newest, as nothing limits it, or any, as none has the name. */
  version: string | undefined
  /** Where the version is written. */
  versionAt: FileLocation | undefined
  /** Nothing can bring another version. */
  proven: boolean
}

export async function loadLibraryImports({reader}: Inputs, facts: FactStore): Promise<Fact<LibraryImport[]>> {
  const [image, processes, python, files] = await facts.needAll('image', 'processes', 'python', 'files')
  const paths = copiedPython(image, files)
  const django = djangoOf(await facts.value('flyConfig'), image, processes)
  const found = new Map<string, Omit<LibraryImport, 'version' | 'versionAt' | 'proven'>>()
  for (const {top, name: module, names, at, command} of await startedImports(processes, paths, reader, django)) {
    for (const name of named(module, names)) {
      const library = found.has(name) ? undefined : libraryName(name)
      if (library && !isOwnModule(top, files)) found.set(name, {name, library, at, command})
    }
  }
  if (found.size === 0) return known([])
  const versions = await imageVersions(image, {processes, python, reader})
  return known(
    [...found.values()].flatMap((each) => {
      const version = lacking(each.library, versions)
      return version ? [{...each, ...version}] : []
    }),
  )
}

/** `from a.b import c` asks for `a.b` of `a`, and for `c` of `a.b`. */
const named = (module: string, names: readonly string[]): string[] => [
  ...module.split('.').flatMap((_, index, parts) => (index > 0 ? parts.slice(0, index + 1).join('.') : [])),
  ...names.map((each) => `${module}.${each}`),
]

/** The version that is installed and lacks the name; undefined where it has it, or may have it. */
function lacking(
  {package: name, since, until}: LibraryName,
  versions: ImageVersions | undefined,
): Pick<LibraryImport, 'version' | 'versionAt' | 'proven'> | undefined {
  if (since === undefined && until === undefined) return {version: undefined, versionAt: undefined, proven: true}
  if (!versions) return undefined
  const {version, at} = versions.all.get(name) ?? {}
  if (until === undefined)
    return version !== undefined && isIn(version, `<${since}`) ? {version, versionAt: at, proven: true} : undefined
  const has = hasAtLeast(name, until, versions)
  return has === 'no' ? undefined : {version, versionAt: at, proven: has === 'surely'}
}
