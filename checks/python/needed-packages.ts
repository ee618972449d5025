import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/needed-packages',
  title: 'what the code needs beside its imports is installed',
  why: 'FastAPI and pydantic load some packages only when they are used: without them the module that does so cannot be imported.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['packageNeeds', 'image', 'processes'],
  *run({packageNeeds, image: {final}, processes}) {
    if (packageNeeds.length === 0) return
    const installs = [...final.installs, ...final.copied].filter(({tool}) => tool !== 'pip wheel')
    if (installs.length === 0) return 'the Dockerfile installs no Python packages that can be told'
    // One step that cannot be read, or one when the machine starts, may bring the package.
    const later = processes.find(/\b(pip|uv|poetry|pdm|pipenv)\b.*\b(install|add|sync|run)\b/)
    if (!final.understood || later || !installs.every(({complete}) => complete)) {
      return 'not every installed Python package can be told'
    }
    const all = installs.flatMap(({requirements}) => requirements)
    const told = new Set<string>()
    for (const need of [...packageNeeds].sort((a, b) => Number(b.started) - Number(a.started))) {
      if (told.has(need.package) || all.some((requirement) => need.broughtBy(requirement))) continue
      told.add(need.package)
      const [first] = installs
      yield {
        message: need.message,
        at: need.at,
        related: all[0] ? [all[0].at] : first ? [first.at] : [],
        hint: `In ${all[0]?.at.file ?? 'the packages that the Dockerfile installs'}, add ${need.cure}`,
        ...(!(need.started && need.proven(all)) && {severity: 'warning' as const}),
      }
    }
  },
})
