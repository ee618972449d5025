import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/needed-packages',
  title: 'what the app needs beside its imports is installed',
  why: 'NestJS, TypeORM, Sequelize and Knex load some packages only when they are used, and Supabase looks for a WebSocket: without them the app stops.',
  // Whether what is loaded is used is for the rest of the code to say.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['neededPackages'],
  *run({neededPackages}) {
    for (const {packages, use, error, at, by, command, lock, node} of neededPackages) {
      if (node) {
        const {version, has, from, at: place} = node
        yield {
          message: `${use} needs the WebSocket that Node has since 22 (@supabase/realtime-js ${version}), and throws on Node ${has} of ${from}: ${error}`,
          at: place,
          related: [at, command, {file: lock}],
          hint: 'Take a newer Node (FROM node:24-slim), or hand it one: npm install ws, and createClient(url, key, {realtime: {transport: ws}}).',
        }
        continue
      }
      const [name = ''] = packages
      yield {
        message: `${use} needs ${packages.join(' or ')}, which ${lock} does not have: ${by} ends with ${error}`,
        at,
        related: [command, {file: lock}],
        hint: `Add ${name} to the dependencies, in the version that goes with the others of package.json.`,
      }
    }
  },
})
