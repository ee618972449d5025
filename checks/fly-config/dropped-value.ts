import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/dropped-value',
  title: 'flyctl keeps every value',
  why: 'flyctl leaves the value out without a word and goes on as if the key were not there.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {path, message, hint} of flyConfig.dropped) yield {message, at: flyConfig.at(...path), hint}
  },
})
