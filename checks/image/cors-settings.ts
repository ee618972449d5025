import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/cors-settings',
  title: 'the web framework takes the CORS settings of the code',
  why: 'Browsers refuse credentials from any origin: some frameworks refuse such settings themselves, and the app does not start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['corsFaults', 'dockerfile'],
  uses: ['deployCommands'],
  *run({corsFaults, dockerfile, deployCommands}) {
    const isElse = deployCommands?.buildsElse(dockerfile.file.path)
    for (const {settings, outcome, at, related, hint, sure} of corsFaults) {
      yield {message: `${settings}: ${outcome}`, at, related, hint, ...((!sure || isElse) && {severity: 'warning'})}
    }
  },
})
