import {defineCheck} from '../../src/check.ts'

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
    for (const tool of developmentTools) {
      const {program, by, at, importedBy, declared, manifest, install, fetched, sure} = tool
      const what = by ? `${program}, which ${by} runs,` : program
      const left = manifest
        ? `a development dependency of ${manifest}, which the install before leaves out`
        : 'given to npm as a development dependency, and npm leaves these out'
      yield {
        message: importedBy
          ? `${what} ${sure ? 'stops' : 'may stop'}: ${importedBy} names ${tool.package}, ${left}`
          : `${what} is ${fetched ? 'fetched in its newest version' : 'not found'}: ${tool.package} is ${left}`,
        at,
        related: [install, declared],
        hint: manifest
          ? `Install all packages before the build, and take these out again behind it (npm prune --omit=dev, pnpm prune --prod), or build in a stage of its own. If it is needed in production, move ${tool.package} to the dependencies.`
          : `Install it with npm install --include=dev -D ${tool.package}, or name it in package.json.`,
        ...((!sure || fetched || buildsElse) && {severity: 'warning' as const}),
      }
    }
  },
})
