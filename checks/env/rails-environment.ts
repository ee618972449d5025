import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/rails-environment',
  title: 'Rails is told to be in production',
  why: 'Without RAILS_ENV Rails is in development, where it answers 403 to every name but localhost, and shows its errors to everybody.',
  // A secret may set it.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['unsetEnvironments', 'flyConfig'],
  *run({unsetEnvironments, flyConfig}) {
    if (flyConfig.services.length === 0) return
    for (const {by, command, at} of unsetEnvironments) {
      yield {
        message: `${by} starts ${command.split(' ').slice(0, 3).join(' ')} in development: nothing sets RAILS_ENV, and Rails then answers 403 "Blocked hosts" to ${flyConfig.config.app ?? 'APP'}.fly.dev`,
        at,
        hint: `Set it in the Dockerfile, where the build sees it, too: ENV RAILS_ENV=production`,
      }
    }
  },
})
