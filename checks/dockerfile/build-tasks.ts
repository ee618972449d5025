import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/build-tasks',
  title: 'the tasks that the build runs exist',
  why: 'A script, a target or a task that the project does not have stops the build where it is asked for.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['missingTasks'],
  uses: ['buildsElse'],
  *run({missingTasks, buildsElse}) {
    for (const {likely, ...task} of missingTasks) yield {...task, ...((likely || buildsElse) && {severity: 'warning'})}
  },
})
