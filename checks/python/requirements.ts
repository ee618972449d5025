import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/requirements',
  title: 'the requirements files can be read by pip',
  why: 'pip reads the whole file before it installs anything, and stops at the first line that it cannot read.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['python'],
  uses: ['image', 'dockerfile'],
  *run({python, image, dockerfile}) {
    if (python.requirements.size === 0) return 'there is no requirements file'
    const installs = image?.stages.flatMap((stage) => stage.installs) ?? []
    const installed = installs.flatMap(({projectFiles}) => projectFiles)
    const edits = (dockerfile?.stages ?? [])
      .flatMap(({instructions}) => instructions)
      .filter(({keyword, text}) => keyword === 'RUN' && /\b(?:sed|grep|awk|perl)\b/.test(text))
    const told = new Set<string>()
    for (const [path, {problems}] of python.requirements) {
      // The lines that are at fault may be those that the build takes out.
      const name = path.slice(path.lastIndexOf('/') + 1)
      if (edits.some(({text}) => text.includes(name))) continue
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
