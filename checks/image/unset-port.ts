import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/unset-port',
  title: 'the port that a command takes of a variable is set',
  why: 'Fly.io sets no PORT as Heroku and Render do: without one the server gets no number, and stops.',
  // A secret may set it.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['unsetPorts', 'flyConfig'],
  *run({unsetPorts, flyConfig}) {
    const [service] = flyConfig.services
    for (const {by, server, variable, given, at} of unsetPorts) {
      const port = service?.internal_port ?? 8080
      yield {
        message: `${by} gives ${server} the port $${variable}, which nothing sets: it gets "${given}" without a number, and stops`,
        at,
        hint: `Write ${flyConfig.setting(variable, String(port))} under [env], or a default: \${${variable}:-${port}}.`,
      }
    }
  },
})
