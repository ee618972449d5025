import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/multi-stage',
  title: 'compilers and headers stay out of the final stage',
  why: 'They make each deploy push and pull hundreds of megabytes, and each machine start later.',
  severity: 'info',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['image'],
  *run({image: {final}}) {
    const [first] = final.buildPackages
    if (!first) return
    const names = final.buildPackages.map(({name}) => name)
    yield {
      message: `the final stage installs what only a build needs: ${names.slice(0, 6).join(', ')}${names.length > 6 ? ' …' : ''}`,
      at: first.at,
      hint: 'Install them and build in an earlier stage, and copy the result: COPY --from=builder …',
    }
  },
})
