import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/kestrel-address',
  title: 'ASP.NET Core can listen at the addresses it is given',
  why: 'For https Kestrel wants a certificate, and the one for development is on the computer of the developer alone.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['kestrelFaults'],
  uses: ['buildsElse'],
  *run({kestrelFaults, buildsElse}) {
    for (const {by, address, variable, at, kind, sure} of kestrelFaults) {
      const given = variable ? `${variable} has ${address}` : `${at.file} has ${address}`
      yield {
        message:
          kind === 'scheme'
            ? `${given}, which is no URL: what ${by} starts stops with "Invalid url"`
            : `${given}, and nothing brings a certificate for https: what ${by} starts stops with "Unable to configure HTTPS endpoint"`,
        at,
        hint:
          kind === 'scheme'
            ? `Write http:// before it: http://${address}`
            : "Listen for http alone: Fly.io's proxy has the certificate, and speaks http with the machine.",
        ...((!sure || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})
