import {defineCheck, keyPath, replace, suggest} from '../../src/check.ts'

const types = ['connections', 'requests']

export default defineCheck({
  id: 'fly-config/concurrency',
  title: 'the limits of every service can be reached in order',
  why: 'Requests queue and fail with 503 at a full machine while others stay stopped.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  // fly.io/docs/reference/configuration (services.concurrency) and fly.io/docs/reference/load-balancing.
  *run({flyConfig}) {
    for (const {path: service, concurrency} of flyConfig.services) {
      if (!concurrency) continue
      const path = [...service, 'concurrency']
      const {type, soft_limit: soft, hard_limit: hard} = concurrency
      if (type && !types.includes(type)) {
        const meant = suggest(type, types)
        yield {
          message: `${keyPath([...path, 'type'])} is ${JSON.stringify(type)}, it must be "connections" or "requests"`,
          at: flyConfig.at(...path, 'type'),
          hint: `Write type = "${meant ?? 'requests'}".`,
          failsAt: 'machine',
          fix: meant ? replace(flyConfig.valueAt(...path, 'type'), JSON.stringify(meant)) : undefined,
        }
      }
      // A 0 is no limit: flyctl leaves it out.
      if (soft && hard && soft > hard) {
        yield {
          message: `soft_limit ${soft} of ${keyPath(service)} is above hard_limit ${hard}: a machine is full before it counts as busy, so no further machine is started for the load`,
          at: flyConfig.at(...path, 'soft_limit'),
          related: [flyConfig.at(...path, 'hard_limit')],
          hint: `Write a soft_limit of at most ${hard}, such as soft_limit = ${Math.max(1, Math.floor(hard * 0.8))}.`,
        }
      }
    }
  },
})
