import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/fastify-plugins',
  title: 'plugins of Fastify are for the version that is there',
  why: 'Fastify refuses a plugin that is for another version with FST_ERR_PLUGIN_VERSION_MISMATCH: the app does not start.',
  // What is imported may be registered on a condition.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['fastifyPlugins'],
  *run({fastifyPlugins}) {
    for (const {name, version, fastify, fitting, at, by, command} of fastifyPlugins) {
      const [major] = fastify.split('.')
      yield {
        message: `${by} loads ${name} ${version}, which is for Fastify ${major === '5' ? 4 : 5}, and Fastify ${fastify} is installed: it refuses the plugin, and the app stops`,
        at,
        related: [command],
        hint: `Take the version for Fastify ${major}: npm install ${name}@${fitting}`,
      }
    }
  },
})
