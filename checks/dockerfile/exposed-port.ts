import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/exposed-port',
  title: 'the exposed port is the one that gets traffic',
  why: 'EXPOSE says where the app listens; Fly.io sends traffic to internal_port, and answers 502 when nobody listens there.',
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig', 'image'],
  uses: ['listeners', 'processes', 'deployCommands', 'nginxPorts', 'composePorts'],
  *run({flyConfig, image, listeners, processes, deployCommands, nginxPorts, composePorts}) {
    const {exposes} = image.final
    if (exposes === undefined) return 'EXPOSE holds a variable that is not known'
    if (exposes.length === 0) return 'the image exposes no port'
    const deploys = deployCommands?.commands ?? []
    if (deploys.length > 0 && deploys.every((each) => each.image && !each.builtAt))
      return 'the deploys of the project take an image that is made elsewhere'
    const services = flyConfig.services.filter(({internal_port}) => internal_port)
    if (services.length === 0) return 'no service names an internal_port'
    // A service of another process group may well listen elsewhere: one that fits is enough to trust EXPOSE less.
    if (services.some(({internal_port}) => exposes.some(({port}) => port === internal_port))) return
    // The command says more than EXPOSE.
    const isKnown = (group: string) => listeners?.get(group)?.sockets.some(({port}) => port)
    if (services.every(({groups}) => groups.length > 0 && groups.every(isKnown)))
      return 'the commands say where the servers listen: image/listen-port'
    if (processes?.proxy) return 'a proxy takes the requests and hands them on'
    const {envPort, config} = flyConfig
    // [env] hands the app that very port, in PORT or API_PORT: only a command that names the exposed one goes against it.
    const handed = Object.entries(config.env ?? {}).flatMap(([name, value]) => (/PORT/i.test(name) ? `${value}` : []))
    // `${API_PORT:-8000}` names a port only for when nothing is handed.
    const isWritten = exposes.some(({port}) =>
      processes?.find(new RegExp(`(?<![\\w.]|\\$\\{\\w{1,99}:?[-=])${port}(?!\\w)`)),
    )
    if (!isWritten && services.every(({internal_port}) => handed.includes(`${internal_port}`))) return
    // Whatever starts nginx: its configuration says more than EXPOSE.
    if (services.every(({internal_port}) => nginxPorts?.has(Number(internal_port)))) return
    // A compose file that runs the same image finds the app there.
    if (!isWritten && services.every(({internal_port}) => composePorts?.has(Number(internal_port)))) return
    // `java -Dserver.port=8081`: the command names the port, of which EXPOSE knows nothing.
    const named = (port: number | undefined) =>
      processes?.commands.some(({text}) => new RegExp(`(?<![\\w.])${port}(?![\\w.])`).test(text))
    if (!isWritten && services.every(({internal_port}) => named(internal_port))) return
    if (exposes.some(({port}) => port === envPort))
      return `PORT in [env] is ${envPort} too: told by fly-config/env-port`
    for (const {internal_port: internalPort, path} of services) {
      const ports = [...new Set(exposes.map(({port}) => port))].slice(0, 5)
      yield {
        message: `internal_port is ${internalPort}, but the image exposes ${ports.join(', ')}`,
        at: flyConfig.at(...path, 'internal_port'),
        related: exposes.slice(0, 5).map(({at}) => at),
        hint: `Make them the same, and let the app listen there: ${flyConfig.setting('internal_port', ports[0] ?? 8080)} or EXPOSE ${internalPort}`,
      }
    }
  },
})
