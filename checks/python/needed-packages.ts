import {defineCheck, knownRequirements} from '../../src/check.ts'

export default defineCheck({
  id: 'python/needed-packages',
  title: 'what the code needs beside its imports is installed',
  why: 'FastAPI and pydantic load some packages only when they are used: without them the module that does so cannot be imported.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['packageNeeds', 'image', 'processes'],
  *run({packageNeeds, image, processes}) {
    if (packageNeeds.length === 0) return
    const all = knownRequirements(image, processes)
    if (typeof all === 'string') return all
    const told = new Set<string>()
    for (const need of [...packageNeeds].sort((a, b) => Number(b.started) - Number(a.started))) {
      if (told.has(need.package) || all.some((requirement) => need.broughtBy(requirement))) continue
      told.add(need.package)
      yield {
        message: need.message,
        at: need.at,
        related: all[0] ? [all[0].at] : [],
        hint: `In ${all[0]?.at.file ?? 'the packages that the Dockerfile installs'}, add ${need.cure}`,
        ...(!(need.started && need.proven(all)) && {severity: 'warning' as const}),
      }
    }
  },
})
