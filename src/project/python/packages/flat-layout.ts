/** setuptools takes the only package, or the only module, that stands beside pyproject.toml (setuptools/discovery.py). */
import {posix} from 'node:path'
import {holds, type Moment} from '../../image/moment.ts'

const noPackages = new Set(
  `ci bin debian doc docs documentation manpages news newsfragments changelog test tests unit_test unit_tests example examples
  scripts tools util utils python build dist venv env requirements tasks fabfile site_scons benchmark benchmarks exercise
  exercises htmlcov`.split(/\s+/),
)
const noModules = new Set(
  `setup conftest test tests example examples build toxfile noxfile pavement dodo tasks fabfile sconstruct SConstruct Sconstruct
  sConstruct conanfile manage benchmark benchmarks exercise exercises`.split(/\s+/),
)

/** What it finds in a folder of the image: packages, else modules. With `src` there it looks nowhere else. */
export function topLevelOf(moment: Moment, folder: string): string[] {
  const entry = moment.files.get(folder)
  if (entry?.kind !== 'folder' || holds(moment, posix.join(folder, 'src')) !== 'no') return []
  const packages: string[] = []
  const modules: string[] = []
  for (const [name, {kind}] of entry.entries) {
    const [, module] = /^([A-Za-z]\w*)\.py$/.exec(name) ?? []
    if (kind === 'folder' && /^[A-Za-z]\w*$/.test(name) && !noPackages.has(name)) packages.push(name)
    else if (module && !noModules.has(module)) modules.push(module)
  }
  // Stubs belong to the package.
  return (packages.length > 0 ? packages : modules).sort()
}
