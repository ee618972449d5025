import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/env-syntax',
  title: 'ENV and LABEL have no blanks around =',
  why: 'ENV A = b is an old form that sets A to "= b": the app then reads a value that nobody wrote.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['build'],
  *run({build}) {
    for (const {stage} of build.stages) {
      for (const {keyword, line, at} of stage.instructions) {
        const name = /^(\S+)\s+=/.exec(line.rest)?.[1]
        if (!name || name.includes('=') || !/^(ENV|LABEL)$/.test(keyword)) continue
        yield {
          message: `${keyword} sets ${name} to a value that begins with "= ": there must be no blanks around =`,
          at,
          hint: `Write ${keyword} ${name}=VALUE, without blanks.`,
        }
      }
    }
  },
})
