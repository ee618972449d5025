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
    for (const [path, {problems}] of python.requirements) {
      // Included files are read for themselves too: their problems are told at their own place, once.
      for (const {message, at, proven} of problems.filter((problem) => problem.at.file === path)) {
        const used = installed.some((file) => file === path || includes(python.requirements.get(file)?.problems, path))
        yield {
          message,
          at,
          hint: /does not exist$/.test(message)
            ? 'Add the file, or take the line out.'
            : 'Correct the line as pip wants it: name==1.2, name>=1,<2, or -r FILE.',
          ...(!(used && proven) && {severity: 'warning'}),
        }
      }
    }
  },
})

const includes = (problems: readonly {at: {file: string}}[] | undefined, path: string): boolean =>
  problems?.some(({at}) => at.file === path) ?? false
