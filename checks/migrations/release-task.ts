import {defineCheck, type Facts} from '../../src/check.ts'

type Task = Facts['releaseTasks'][number]

export default defineCheck({
  id: 'migrations/release-task',
  title: 'what the release is told to evaluate is there',
  why: 'A module, a function or an application that the release does not have raises: the migrations do not run.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['releaseTasks'],
  uses: ['buildsElse'],
  *run({releaseTasks, buildsElse}) {
    for (const task of releaseTasks) {
      yield {
        message: describe(task),
        at: task.at,
        related: task.at === task.command ? [] : [task.command],
        hint: cure(task),
        ...((!task.sure || buildsElse) && {severity: 'warning'}),
        ...(task.by !== 'release_command' && {failsAt: 'boot'}),
      }
    }
  },
})

function describe({by, task, kind, name, own}: Task): string {
  if (kind === 'program')
    return `${by} runs ${name}, which starts ${task}, and the release is called ${own[0]}: it is not found`
  if (kind === 'module') return `${by} evaluates ${task}, and no file of the project defines ${name}`
  if (kind === 'function') return `${by} evaluates ${task}, and that module has no function ${name}`
  return `${task} reads the repos of :${name}, which is no application of the project: it raises when ${by} evaluates it`
}

function cure({kind, task, name, own}: Task): string {
  const module = task.replace(/\.\w+[?!]?$/, '')
  if (kind === 'program') return `Write ./${own[0]}, or let mix phx.gen.release write the script anew.`
  if (kind === 'module')
    return `Write the name that the module has, or make it: mix phx.gen.release writes lib/…/release.ex`
  if (kind === 'function') return `Write the name that the function has, or add it to ${module}: def ${name} do`
  return `Write @app :${own[0]}`
}
