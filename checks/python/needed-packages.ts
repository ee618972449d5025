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
    const installed = knownRequirements(image, processes)
    const isKnown = typeof installed !== 'string'
    const needs = packageNeeds.filter(({lock}) => isKnown || lock)
    if (!isKnown && needs.length === 0) return installed
    const all = isKnown ? installed : []
    const told = new Set<string>()
    for (const need of needs.toSorted((a, b) => Number(b.started) - Number(a.started))) {
      if (told.has(need.package) || (!need.lock && all.some((requirement) => need.broughtBy(requirement)))) continue
      told.add(need.package)
      yield {
        message: need.message,
        at: need.at,
        related: need.lock ? [{file: need.lock}] : all[0] ? [all[0].at] : [],
        hint:
          need.hint ??
          (need.lock
            ? `Add ${need.cure} to pyproject.toml, and lock it.`
            : `In ${all[0]?.at.file ?? 'the packages that the Dockerfile installs'}, add ${need.cure}`),
        ...(need.isLate && {failsAt: 'runtime' as const}),
        ...(!(isKnown && need.started && need.proven(all)) && {severity: 'warning' as const}),
      }
    }
  },
})
