import {defineCheck, type Facts, inSeries} from '../../src/check.ts'

type Layout = Facts['packageLayouts'][number]

export default defineCheck({
  id: 'python/package-layout',
  title: 'the build backend can tell what the package is',
  why: 'Without a folder of the project’s name, or with several to choose from, the backend stops, and the build with it.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['packageLayouts'],
  uses: ['buildsElse', 'unusableBackends'],
  *run({packageLayouts, buildsElse, unusableBackends = []}) {
    for (const {kind, module, instead, command, at, by} of unusableBackends) {
      if (kind === 'offline') {
        yield {
          message: `${command} builds the project with ${module}, and --no-index finds it only in a folder where pip wheel lays what the project runs with`,
          at: by,
          related: [at],
          hint: `Install the wheel that was made, by the name of the project in the place of the dot; or add --no-build-isolation, where ${module} is installed.`,
          severity: 'warning',
        }
        continue
      }
      yield {
        message:
          kind === 'module'
            ? `${command} stops: build-backend is ${module}, and there is no such module (Cannot import …)`
            : `${command} stops: build-backend is ${module}, and requires, which is all that the build has, does not name ${instead}`,
        at,
        related: [by],
        hint:
          kind === 'module'
            ? `Write build-backend = "${instead}"`
            : `Write requires = ["${instead}"], or the backend of what is required.`,
        ...(buildsElse && {severity: 'warning' as const}),
      }
    }
    for (const layout of packageLayouts) {
      const {command, at, named, sure} = layout
      yield {
        message: `${command} ${sure ? 'stops' : 'is likely to stop'}: ${reason(layout)}`,
        at: named,
        related: [at],
        hint: cure(layout),
        ...((!sure || buildsElse) && {severity: 'warning' as const}),
      }
    }
  },
})

function reason({backend, project, several, looked}: Layout): string {
  if (backend === 'setuptools') {
    return `setuptools finds ${inSeries(several)} at the top level, and does not choose which of them is the package ${project}`
  }
  const [first, second] = looked.map((path) => path.replace(/\/__init__\.py$/, '/'))
  const places = backend === 'uv_build' ? first : `${first} or ${second}`
  return `${backend === 'poetry' ? 'Poetry' : backend} looks for the package ${project} in ${places}, and neither the image nor the project has it`
}

function cure({backend, instead = 'app'}: Layout): string {
  const cures = {
    hatchling: `Say what belongs to it: [tool.hatch.build.targets.wheel] with packages = ["${instead}"].`,
    uv_build: `Say what belongs to it: [tool.uv.build-backend] with module-name = "${instead}" and module-root = "".`,
    poetry: `Say what belongs to it: packages = [{include = "${instead}"}] in [tool.poetry], or install only what it depends on: poetry install --no-root`,
    setuptools: `Say what belongs to it: [tool.setuptools] with packages = ["${instead}"], or [tool.setuptools.packages.find] with include = ["${instead}*"].`,
  }
  return cures[backend]
}
