import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'settings/baseline',
  title: 'every finding of the baseline is still there',
  why: 'An entry that outlives its finding hides it when it comes back.',
  severity: 'info',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['ignores'],
  *run({ignores: {gone}}) {
    const [first] = gone
    if (!first) return
    const ids = [...new Set(gone.map(({check}) => check))]
    const more = ids.length > 3 ? ` and ${ids.length - 3} more` : ''
    yield {
      message: `${gone.length === 1 ? 'a finding' : `${gone.length} findings`} of the baseline ${gone.length === 1 ? 'is' : 'are'} gone: ${ids.slice(0, 3).join(', ')}${more}`,
      at: {file: 'preflight-baseline.json'},
      hint: 'Take them out: preflight baseline',
    }
  },
})
