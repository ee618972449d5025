import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/allowed-hosts',
  title: "Vite's server answers requests for the app's name",
  why: 'Vite answers 403 to every request for a host that its configuration does not allow; health checks, which ask by address, pass.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'viteHosts'],
  *run({flyConfig, viteHosts}) {
    for (const {group, server, at, config} of viteHosts) {
      if (!flyConfig.services.some(({groups, strayFrom}) => !strayFrom && groups.includes(group))) continue
      const part = server === 'vite preview' ? 'preview' : 'server'
      const name = `${flyConfig.config.app ?? 'APP'}.fly.dev`
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
