import {defineCheck, listOf} from '../../src/check.ts'

export default defineCheck({
  id: 'python/imported-packages',
  title: 'the packages that the code imports are installed',
  why: 'An import of a package that is not in the image ends Python at once: the app does not start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['packageImports'],
  uses: ['buildsElse', 'python'],
  *run({packageImports, buildsElse, python}) {
    const told = new Set<string>()
    for (const {module, package: name, at, command, installed, proven, isLater} of packageImports) {
      if (told.has(name)) continue
      told.add(name)
      const declared = installed.leftOut(name)
      const lists = [...(python?.requirements ?? []), ...(python?.pyprojects ?? [])]
      const elsewhere = lists.find(
        ([path, {requirements}]) => path !== installed.at.file && requirements.some((each) => each.name === name),
      )?.[0]
      yield {
        message: `${command.by} ${isLater ? `starts this module, where a function imports ${module}` : `imports ${module} here`}, and nothing that the image installs brings it${declared ? `: ${name} is in a group that the Dockerfile leaves out` : elsewhere ? `: ${name} is in ${elsewhere}, which is not installed` : ''} (ModuleNotFoundError: No module named '${module}')`,
        at,
        related: [installed.at, command.at],
        hint: declared
          ? `Declare ${name} among the packages of the app in ${installed.at.file}, and not only for development.`
          : `Add ${name} to ${listOf(installed.at.file)}${installed.locked ? ', and lock again' : ''}.`,
        ...((!proven || isLater || buildsElse || command.supervised) && {severity: 'warning' as const}),
        ...(command.by === 'release_command' && {failsAt: 'release' as const}),
        ...((command.supervised || isLater) && {failsAt: 'runtime' as const}),
      }
    }
  },
})
