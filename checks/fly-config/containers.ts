import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/containers',
  title: 'the containers of the machines can be made',
  why: 'flyctl reads the compose file or machine_config only after the build and the release command, and stops there.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: [],
  examines: ['containers'],
  *run({containers}) {
    if (containers.state === 'ok') return
    if (containers.problem?.kind !== 'refused') return containers.reason
    yield containers.problem
  },
})
