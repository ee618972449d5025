import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/framework-task',
  title: 'the tasks that the machines ask for are defined',
  why: 'manage.py, rake and artisan stop at a task that nothing defines.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['frameworkTasks'],
  uses: ['buildsElse'],
  *run({frameworkTasks, buildsElse}) {
    for (const {by, command, name, what, at, related, hint, sure, supervised} of frameworkTasks) {
      yield {
        message: sure
          ? `${by} runs ${command}, and there is no ${what} ${name}`
          : `${by} runs ${command}, and no file of the project has the ${what} ${name}`,
        at,
        related,
        hint,
        ...((!sure || supervised || buildsElse) && {severity: 'warning'}),
        ...(supervised && {failsAt: 'runtime'}),
        ...(by === 'release_command' && {failsAt: 'release'}),
      }
    }
  },
})
