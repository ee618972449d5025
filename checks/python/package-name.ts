import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/package-name',
  title: 'requirements name packages, not modules',
  why: 'pip looks for a package of the name that is written; where the index has none, the build ends.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['moduleRequirements'],
  uses: ['image'],
  *run({moduleRequirements, image}) {
    const installed = image?.stages.flatMap(({installs}) => installs.flatMap(({projectFiles}) => projectFiles))
    const told = new Set<string>()
    for (const {requirement, file, kind, package: owner} of moduleRequirements) {
      const {written, name, at} = requirement
      const place = `${at.file}:${at.line}`
      // What no image installs is a matter of somebody's laptop.
      if (told.has(place) || (installed?.length && !installed.includes(file))) continue
      told.add(place)
      yield kind === 'standard'
        ? {
            message: `${written} is a part of Python itself, and the package index has no package ${name}`,
            at,
            hint: 'Take the line out: the module is there without it.',
          }
        : {
            message: `${written} is a module of the package ${owner}, but pip looks for a package ${name}`,
            at,
            hint: `Name the package: ${owner}${requirement.specifier}`,
          }
    }
  },
})
