import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/privileged-port',
  title: 'the user of the image may listen on its port',
  why: 'On a machine of Fly.io ports below 1024 are for root: a server that another user starts there is refused its port.',
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['privilegedPorts', 'flyConfig'],
  uses: ['listeners'],
  *run({privilegedPorts, flyConfig, listeners}) {
    // image/listen-port tells that the server listens on another port, which is the cure of this, too.
    const isOther = (group: string, port: number): boolean => {
      const sockets = listeners?.get(group)?.sockets ?? []
      return (
        sockets.length > 0 && sockets.every((each) => each.port && each.port.value >= 1024 && each.port.value !== port)
      )
    }
    for (const {port, user, by, at, server, variable} of privilegedPorts) {
      const services = flyConfig.services.filter(({internal_port: asked}) => asked === port)
      if (!server && services.some(({groups}) => groups.some((group) => isOther(group, port)))) continue
      const isRefused = `only root may listen on ports below 1024 of a machine, and the image runs as USER ${user}`
      const free = flyConfig.setting('internal_port', 8080)
      yield {
        message: server
          ? `${server} listens on port ${port} and ends there: ${isRefused}`
          : `internal_port is ${port}, but ${isRefused}: nothing can listen there`,
        at,
        related: [by],
        hint: variable
          ? `Write ${flyConfig.setting(variable, '8080')} under [env], and ${free} for the service.`
          : `Let the server listen on 8080, and write ${free}. The public ports stay 80 and 443.`,
      }
    }
  },
})
