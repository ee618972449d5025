import {defineCheck, type Facts} from '../../src/check.ts'

type Fault = Facts['importFaults'][number] & {kind: Exclude<Facts['importFaults'][number]['kind'], 'root'>}

/** No import: python/parent-folder tells it. */
const isImport = (fault: Facts['importFaults'][number]): fault is Fault => fault.kind !== 'root'

export default defineCheck({
  id: 'python/own-imports',
  title: 'the modules of the app can import one another',
  why: 'An import of a module or a name that is not there ends Python at once: the app does not start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['importFaults'],
  uses: ['deployCommands', 'buildsElse'],
  *run({importFaults, deployCommands, buildsElse}) {
    for (const fault of importFaults) {
      const {command, at, target, waiting, proven, parts, byDjango, tried} = fault
      const starts = byDjango ? 'starts Django, which loads this module' : 'starts this module'
      const ends = tried
        ? `imports this module in a try, and goes on without it, as an import in it fails`
        : `${starts}, and the import ends it`
      if (!isImport(fault)) continue
      const isMissing = /^(module|top|member)$/.test(fault.kind)
      if (isMissing && deployCommands?.makes(`${parts.join('/')}.py`)) continue
      const isGenerated = isMissing && deployCommands?.generates
      yield {
        message: `${command.by} ${ends}: ${describe(fault)}`,
        at,
        related: [...(tried ? [tried] : []), ...(waiting ? [waiting] : target ? [{file: target}] : []), command.at],
        hint: cure(fault),
        ...((!proven || isGenerated || buildsElse || command.supervised) && {severity: 'warning' as const}),
        ...(command.by === 'release_command' && {failsAt: 'release' as const}),
        ...((command.supervised || tried) && {failsAt: 'runtime' as const}),
      }
    }
  },
})

function describe({kind, module, parts, name, target, waiting, elsewhere}: Fault): string {
  switch (kind) {
    case 'module':
      return elsewhere ? `${elsewhere} is not in the image` : `there is no module ${parts.join('.')} in its package`
    case 'top':
      return `there is no package ${parts[0]} where Python looks${elsewhere ? `: ${elsewhere} is in another folder` : `, and no module ${parts.slice(1).join('.')} anywhere in the project`}`
    case 'name':
      return `${target} has no ${name}`
    case 'member':
      return `${target} has no ${name}, and ${elsewhere ? `${elsewhere} is not in the image` : `there is no module ${parts.join('.')}`}`
    case 'circular':
      return `${target} is itself importing this file by then (line ${waiting?.line}) and has no ${name} yet`
    case 'parent':
      return `${module} is relative, and Python knows of no package around this file when it is started like that`
  }
}

function cure({kind, module, parts, name, target, at, command, elsewhere}: Fault): string {
  switch (kind) {
    case 'top':
      if (elsewhere)
        return `Import ${elsewhere} by its name from where the program starts, or set ENV PYTHONPATH to the folder above ${parts[0]}.`
      return `Correct the import of ${module}, or add and commit ${parts.join('/')}.py.`
    case 'module':
    case 'member':
      if (elsewhere) return `Bring ${elsewhere} into the image: copy it, and do not leave it out in .dockerignore.`
      return `Correct the import of ${module}, or add and commit ${parts.join('/')}.py.`
    case 'name':
      return `Import what ${target} defines, or define ${name} in it.`
    case 'circular':
      return `Move ${name} to a module that imports neither of them, or import it in the function of ${at.file} that needs it.`
    case 'parent':
      return `Start it as a part of its package from the folder above (python -m PACKAGE.MODULE, in ${command.by}), or import it by its full name.`
  }
}
