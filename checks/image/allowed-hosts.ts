import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/allowed-hosts',
  title: "the server answers requests for the app's name",
  why: 'Vite answers 403 to requests for a host that its configuration does not allow, an MCP server 421, Caddy nothing where it has no site; health checks, which ask by address, pass.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'viteHosts'],
  uses: ['listeners', 'mcpHosts'],
  *run({flyConfig, viteHosts, listeners, mcpHosts = []}) {
    const name = `${flyConfig.config.app ?? 'APP'}.fly.dev`
    for (const [group, {onlyFor, code, at, sockets}] of listeners ?? []) {
      const service = flyConfig.services.find(
        ({groups, strayFrom, internal_port: port}) =>
          !strayFrom && groups.includes(group) && sockets.some((each) => each.port?.value === port),
      )
      if (!onlyFor || !service) continue
      yield {
        message: `the sites of Caddy are for ${onlyFor.join(' and ')} alone${onlyFor.includes('*') ? ', and * is one word without a dot' : ''}: everybody who asks for ${name} gets no page`,
        at: code ?? at,
        related: [flyConfig.at(...service.path, 'internal_port')],
        hint: `Leave the host out of the address: :${service.internal_port}`,
      }
    }
    for (const {at, version, versionAt} of flyConfig.services.length > 0 ? mcpHosts : []) {
      yield {
        message: `this MCP server is made for 127.0.0.1, as it is given no host: mcp ${version} answers 421 "Invalid Host header" to everybody who asks for ${name}`,
        at,
        related: versionAt ? [versionAt] : [],
        hint: `Give it the name: transport_security=TransportSecuritySettings(allowed_hosts=["${name}"]), with allowed_origins where browsers ask, or host="0.0.0.0", which allows every name.`,
      }
    }
    for (const {group, server, at, config} of viteHosts) {
      if (!flyConfig.services.some(({groups, strayFrom}) => !strayFrom && groups.includes(group))) continue
      const part = server === 'vite preview' ? 'preview' : 'server'
      yield {
        message: `${server} answers 403 "Blocked request" to everybody who asks for ${name}: ${config ? config.file : 'there is no vite.config that'} allows ${config ? 'no' : 'other'} hosts`,
        at,
        related: config ? [config] : [],
        hint: `Serve the built files with a web server, or allow the name: ${part}: {allowedHosts: ['${name}']} in the configuration of Vite.`,
      }
      return
    }
  },
})
