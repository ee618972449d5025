import {defineCheck, mayRunServers} from '../../src/check.ts'

export default defineCheck({
  id: 'image/local-service',
  title: 'no database is looked for in the machine itself',
  why: 'On a laptop the database, the cache and the queue run beside the app; in a machine of Fly.io the app is alone.',
  // Something that is not seen may start it.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['localConnections'],
  uses: ['flyConfig', 'processes', 'image'],
  *run({localConnections, flyConfig, processes, image}) {
    if (mayRunServers({flyConfig, processes, image})) return
    for (const {callee, target, at, by} of localConnections) {
      yield {
        message: `${callee} connects to ${target}, where nothing listens in the machine: ${by} runs this code, and each connection is refused`,
        at,
        hint: 'Read the address from a variable, and set it as a secret: another app on Fly.io is APP.internal, or APP.flycast through its proxy.',
      }
    }
  },
})
