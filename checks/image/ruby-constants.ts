import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/ruby-constants',
  title: 'the files of Rails define what they are called',
  why: 'In production Rails loads all files of app/ as it starts: one that does not define the constant of its name ends that.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['misnamedFiles'],
  uses: ['buildsElse'],
  *run({misnamedFiles, buildsElse}) {
    for (const {constant, defined, at} of misnamedFiles.slice(0, 5)) {
      yield {
        message: `${at.file} ${defined ? `defines ${defined}` : 'is empty'}, and Zeitwerk expects it to define ${constant}: Rails stops as it starts`,
        at,
        hint: defined
          ? `Call the file as Zeitwerk expects it of ${defined}, or the ${/Helper|Concern/.test(constant) ? 'module' : 'class'} ${constant}; bin/rails zeitwerk:check tells all of them.`
          : 'Take the file away, or define the constant; bin/rails zeitwerk:check tells all of them.',
        ...(buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})
