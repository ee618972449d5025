import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/queue-worker',
  title: 'something runs the jobs that the app queues',
  why: 'Jobs that nobody takes from their queue stay there without a word: mails are not sent, files are not worked on.',
  // A machine of another app may be what works.
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['idleQueues', 'flyConfig'],
  *run({idleQueues, flyConfig}) {
    for (const {framework, queue, at, job, variable, worker, isPlan} of idleQueues) {
      if (isPlan) {
        yield {
          message: `${framework} has tasks by the clock, and no process of the machines starts its beat: they never run`,
          at,
          related: [job],
          hint: `Start it in a process group of its own, on one machine, beside the worker: [processes] beat = "${worker}".`,
        }
        continue
      }
      const puma =
        variable === undefined ? '' : `, and config/puma.rb does so only with ${variable}, which nothing sets`
      yield {
        message: `${framework} puts its jobs into ${queue}, and no process of the machines takes them from there${puma}: they never run`,
        at,
        related: [job],
        hint: `${variable === undefined ? '' : `Add to [env]: ${flyConfig.setting(variable, 'true')}. Or start`}${variable === undefined ? 'Start' : ''} a worker in a process group of its own, beside that of the server, as [processes] worker = "${worker}".`,
      }
    }
  },
})
