import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/postgres',
  title: 'the Postgres app that preflight.toml names exists',
  why: 'The release command and every machine connect to a database that is not there.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['settings', 'postgres'],
  appliesTo: ({settings: {postgres}}) => postgres.app !== undefined || 'preflight.toml names no Postgres app',
  *run({settings: {postgres: named}, postgres}) {
    const {app} = named
    if (!app || postgres.apps.some(({name}) => name === app.name)) return
    yield {
      message: `preflight.toml names the Postgres app ${app.name}, which does not exist or is not visible to this login`,
      at: app.at,
      related: [{live: 'postgres', subject: app.name}],
      hint: 'Correct the name: flyctl postgres list',
    }
  },
})
