import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/redis',
  title: 'the Redis that the app asks for has a URL',
  why: 'Without REDIS_URL the code takes its default, which on a machine of Fly.io leads nowhere.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['app', 'secrets', 'environment', 'redis'],
  uses: ['flyConfig', 'image', 'processes'],
  appliesTo({environment, flyConfig, image, processes}) {
    const read = environment.reads.find(isOfRedis)
    if (!read) return 'no code reads REDIS_URL'
    if (read.without === 'fails' || read.required)
      return 'the code needs REDIS_URL, of which live/required-secrets tells'
    if (flyConfig?.config.env?.REDIS_URL !== undefined || image?.final.env.has('REDIS_URL'))
      return 'REDIS_URL is set in [env] or in the image'
    return !processes?.mayAssign('REDIS_URL') || 'a command of the deploy may set REDIS_URL'
  },
  *run({app, secrets, environment, redis}) {
    const read = environment.reads.find(isOfRedis)
    if (!read || secrets.names.has('REDIS_URL')) return
    if (redis.length === 0)
      return `${app.organization ?? 'the organisation'} has no Redis, and the code goes on without`
    const names = redis.map((each) => each.name)
    const [only] = redis.length === 1 ? names : ['NAME']
    yield {
      message: `${app.name} has no REDIS_URL, which the code reads, and goes on with a default; ${names.slice(0, 3).join(', ')} could be what it is for`,
      at: {live: 'redis', subject: names[0] as string},
      related: [read.at],
      hint: `flyctl redis status ${only} shows its private URL; then flyctl secrets set REDIS_URL=<value> -a ${app.name}`,
    }
  },
})

const isOfRedis = ({name}: {name: string}): boolean => name === 'REDIS_URL'
