import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/requirements',
  title: 'the requirements files can be read by pip',
  why: 'pip reads the whole file before it installs anything, and stops at the first line that it cannot read.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['python'],
  uses: ['image'],
  *run({python, image}) {
    if (python.requirements.size === 0) return 'there is no requirements file'
    const installs = image?.stages.flatMap((stage) => stage.installs) ?? []
    const installed = installs.flatMap(({projectFiles}) => projectFiles)
    const told = new Set<string>()
    for (const [path, {problems}] of python.requirements) {
      for (const {message, at, proven, hint} of problems) {
        // A file that others include has its problems in theirs too.
        const place = `${at.file}:${at.line}`
        if (told.has(place)) continue
        told.add(place)
        const used = installed.some(
          (file) => file === path || mentions(python.requirements.get(file)?.problems, at.file),
        )
        yield {message, at, hint, ...(!(used && proven) && {severity: 'warning'})}
      }
    }
  },
})

const mentions = (problems: readonly {at: {file: string}}[] | undefined, path: string): boolean =>
  problems?.some(({at}) => at.file === path) ?? false
