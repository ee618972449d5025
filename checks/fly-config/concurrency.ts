import {defineCheck, keyPath, oneOf, quote, suggest} from '../../src/check.ts'

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
          message: `${keyPath([...path, 'type'])} is ${quote(type)}, it must be ${oneOf(types)}`,
          at: flyConfig.at(...path, 'type'),
          ...(meant
            ? flyConfig.write([...path, 'type'], meant)
            : {hint: `Write ${flyConfig.setting('type', 'requests')}`}),
          failsAt: 'machine',
        }
      }
      // A 0 is no limit: flyctl leaves it out.
      if (soft && hard && soft > hard) {
        yield {
          message: `${keyPath([...path, 'soft_limit'])} is ${soft}, above the hard_limit of ${hard}: a machine is full before it counts as busy, so no further machine is started for the load`,
          at: flyConfig.at(...path, 'soft_limit'),
          related: [flyConfig.at(...path, 'hard_limit')],
          hint: `Write at most ${hard}, such as ${flyConfig.setting('soft_limit', Math.max(1, Math.floor(hard * 0.8)))}`,
        }
      }
    }
  },
})
