import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/certificates',
  title: 'the certificates of the app serve',
  why: 'Browsers refuse a name whose certificate was never issued, whatever is deployed behind it.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['app', 'certificates'],
  *run({app, certificates}) {
    for (const {hostname, configured, status} of certificates) {
      if (configured) continue
      yield {
        message: `the certificate for ${hostname} is not issued (${status?.replaceAll('_', ' ') ?? 'not configured'}): https://${hostname} fails until its DNS leads to ${app.name}`,
        at: {live: 'certificates', subject: hostname},
        hint: `See which DNS record is missing: flyctl certs check ${hostname} -a ${app.name}. No longer wanted: flyctl certs remove ${hostname} -a ${app.name}`,
      }
    }
  },
})
