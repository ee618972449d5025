import {defineCheck, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'env/parsed-number',
  title: 'the code can parse the numbers that [env] gives it',
  why: 'Code that makes a whole number of a variable stops at any other value, or goes on as if there were none.',
  // Another place may give the code the value, or catch the error.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['flyConfig', 'parsedNumbers'],
  *run({flyConfig, parsedNumbers}) {
    for (const {name, value, raises, at} of parsedNumbers) {
      const what = raises ? 'it stops there' : 'it stops, or goes on without it'
      yield {
        message: `${name} is ${quote(value)}, but ${at.file} reads it as a whole number: ${what}`,
        at: flyConfig.at('env', name),
        related: [at],
        hint: `Write a whole number, in the unit that ${at.file} counts in.`,
        ...(!raises && {failsAt: 'runtime'}),
      }
    }
  },
})
