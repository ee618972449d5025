import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/cors-settings',
  title: 'the web framework takes the CORS settings of the code',
  why: 'Browsers refuse credentials from any origin: some frameworks refuse such settings themselves, and the app does not start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['corsFaults'],
  uses: ['buildsElse'],
  *run({corsFaults, buildsElse}) {
    for (const {settings, outcome, at, related, hint, sure} of corsFaults) {
      yield {message: `${settings}: ${outcome}`, at, related, hint, ...((!sure || buildsElse) && {severity: 'warning'})}
    }
  },
})
