import {defineCheck, type Facts} from '../../src/check.ts'

type Fault = Facts['entrypointFaults'][number]

export default defineCheck({
  id: 'image/entrypoint-command',
  title: 'ENTRYPOINT takes the command behind it as it is meant',
  why: 'ENTRYPOINT always runs, and gets CMD, a [processes] command or the release command as its arguments.',
  // What a program makes of an argument is its own affair.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['entrypointFaults'],
  uses: ['buildsElse', 'unpreparedStarts'],
  *run({entrypointFaults, unpreparedStarts = [], buildsElse}) {
    for (const {by, words, at, script, condition, wanted, task} of unpreparedStarts) {
      yield {
        message: `${by} is ${words.join(' ')}, and ${script} runs ${task} for ${wanted} alone: no migration runs, and the new version finds the old tables`,
        at,
        related: [condition],
        hint: 'Let each deploy run them once, before the new machines start:\n[deploy]\n  release_command = "./bin/rails db:prepare"',
        failsAt: 'runtime',
      }
    }
    for (const fault of entrypointFaults) {
      const {by, kind, at, entrypoint, script, stops, startsApp, mayBeMeant} = fault
      const isRelease = by === 'release_command'
      const isLost = kind === 'line' || kind === 'script'
      yield {
        message: describe(fault),
        at,
        related: [entrypoint, ...(script ? [script] : [])],
        hint: cure(fault),
        // The release machine then starts what the others start, and does not end.
        ...((isLost ? isRelease : stops) && !buildsElse && {severity: 'error'}),
        ...(isLost && by === 'CMD' && startsApp && {severity: 'info'}),
        // `/app/shop` with `shop …` behind it: that may be a command of the program.
        ...(kind === 'twice' && !stops && mayBeMeant && {severity: 'info'}),
        ...(isRelease && {failsAt: 'release'}),
        ...(isLost && !isRelease && by !== 'CMD' && {failsAt: 'runtime'}),
      }
    }
  },
})

function describe({by, words, kind, starts}: Fault): string {
  const command = words.join(' ')
  switch (kind) {
    case 'line':
      return `${by} is ${command}, and never runs: ENTRYPOINT is a line for a shell, ${starts}, and drops what stands behind it`
    case 'script':
      return `${by} is ${command}, and never runs: ENTRYPOINT starts ${starts}, which does not start what stands behind it`
    case 'program':
      return `${by} is ${command}, and never runs: it is handed to ${starts} of ENTRYPOINT, as arguments`
    case 'first':
      return `${by} is ${command}, of which only ${words[0]} runs: ENTRYPOINT is ${starts} -c, which takes one word for its line`
    case 'twice':
      return `${by} begins with ${words[0]}, which ENTRYPOINT starts already: it gets its own name as its first argument`
  }
}

function cure({by, words, kind, starts}: Fault): string {
  switch (kind) {
    case 'line':
      if (/^\S*litefs mount$/.test(starts))
        return 'Write ENTRYPOINT ["litefs", "mount", "--"]: LiteFS then starts what stands behind it.'
      return by === 'CMD'
        ? 'Write ENTRYPOINT in the JSON form, or take CMD away.'
        : `Write the line as CMD, and leave ENTRYPOINT out: then ${by} takes its place.`
    case 'script':
      return `End ${starts} with exec "$@", and write what it starts now as CMD.`
    case 'program':
      return `Write ENTRYPOINT as CMD: then ${by} takes its place.`
    case 'first':
      return 'Leave ENTRYPOINT out.'
    case 'twice':
      return `Write ${words.slice(1).join(' ')} only.`
  }
}
