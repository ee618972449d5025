import {defineCheck, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'image/parsed-address',
  title: 'the app can parse the addresses that [env] gives it',
  why: 'Code that makes an IP address of a variable stops when the value is written in another way.',
  // Another place may give the code the value, or catch the error.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['flyConfig', 'parsedAddresses'],
  *run({flyConfig, parsedAddresses}) {
    for (const {name, value, wanted, at} of parsedAddresses) {
      const port = /:(\d+)$/.exec(value)?.[1] ?? flyConfig.services[0]?.internal_port ?? 8080
      const all = /^\[?::/.test(value) ? '::' : '0.0.0.0'
      const right = wanted === 'ip' ? all : all === '::' ? `[::]:${port}` : `0.0.0.0:${port}`
      const kind = wanted === 'ip' ? 'an IP address alone, without brackets and port' : 'an IP address with its port'
      yield {
        message: `${name} is ${quote(value)}, but ${at.file} parses it as ${kind}: the app stops when it starts`,
        at: flyConfig.at('env', name),
        related: [at],
        ...flyConfig.write(['env', name], right),
      }
    }
  },
})
