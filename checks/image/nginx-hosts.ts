import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/nginx-hosts',
  title: 'nginx finds the hosts that it passes requests to',
  why: 'nginx looks their addresses up before it starts, and ends where one has none: the names of docker compose have none here.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['unknownHosts'],
  uses: ['buildsElse'],
  *run({unknownHosts, buildsElse}) {
    const told = new Set<string>()
    for (const {host, directive, at, certain} of unknownHosts) {
      if (told.has(host)) continue
      told.add(host)
      yield {
        message: `${directive} names the host ${host}, which no machine on Fly.io knows: nginx stops before it starts ("host not found in upstream")`,
        at,
        hint: `Write the host of the app that answers: APP_NAME.internal with its port, for both of one organization, or APP_NAME.fly.dev; or take the location out.`,
        // A supervisor goes on with the others.
        ...((buildsElse || !certain) && {severity: 'warning' as const}),
      }
    }
  },
})
