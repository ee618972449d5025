import {defineCheck, firstOf, groupBy, inSeries} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/development-tools',
  title: 'what the build runs is installed by then',
  why: 'An install for production leaves the development dependencies out, and a build that runs one of them stops.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['developmentTools'],
  uses: ['buildsElse'],
  *run({developmentTools, buildsElse}) {
    // What one install leaves out is one fault, with one cure.
    const cases = groupBy(developmentTools, ({install, manifest, fetched, sure}) =>
      [install.file, install.line, manifest, fetched, sure].join('\n'),
    )
    for (const same of cases.values()) {
      const tool = same.find(({importedBy}) => importedBy === undefined) ?? same[0]
      if (!tool) continue
      const {program, by, at, importedBy, manifest, install, fetched, sure} = tool
      const packages = [tool, ...same.filter((each) => each !== tool)].map((each) => each.package)
      const [, ...others] = packages
      const as = others.length > 0 ? `, as ${others.length > 1 ? 'are' : 'is'} ${some(others)}` : ''
      const what = by ? `${program}, which ${by} runs,` : program
      const left = manifest
        ? `a development dependency of ${manifest}, which the install before leaves out`
        : 'given to npm as a development dependency, and npm leaves these out'
      yield {
        message: importedBy
          ? `${what} ${sure ? 'stops' : 'may stop'}: ${importedBy} names ${tool.package}, ${left}${as}`
          : `${what} is ${fetched ? 'fetched in its newest version' : 'not found'}: ${tool.package} is ${left}${as}`,
        at,
        related: [install, ...same.map(({declared}) => declared)],
        hint: manifest
          ? `Install all packages before the build, and take these out again behind it (npm prune --omit=dev, pnpm prune --prod), or build in a stage of its own. If production needs ${others.length > 0 ? 'them' : 'it'}, move ${inSeries(packages)} to the dependencies.`
          : `Install it with npm install --include=dev -D ${packages.join(' ')}, or name ${others.length > 0 ? 'them' : 'it'} in package.json.`,
        ...((!sure || fetched || buildsElse) && {severity: 'warning' as const}),
      }
    }
  },
})

const some = (packages: readonly string[]): string => (packages.length > 3 ? firstOf(packages, 3) : inSeries(packages))
