import {spawnSync} from 'node:child_process'
import {chmodSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {readScenario, replay} from '../recordings/recordings.js'
import type {Measurement} from './bench.ts'
import {program, sample, withProject} from './run.ts'

/** Each call takes this long, in milliseconds. */
const delay = 500
/** The longest chain of calls of which each needs the answer of the one before: who asks, which app, what its organisation has. */
const chain = ['auth whoami', 'status -a shop', 'mpg list -o acme-widgets']

/** A run of the live checks, with what they read of the project, against that chain. */
export function livePhase(): Promise<Measurement> {
  return withProject({}, (folder) => {
    // A shell script, as small as can be: what starts with it is counted too.
    const recorded = readScenario('healthy')
    for (const command of Object.keys(recorded)) {
      const {stdout} = replay(recorded, command.split(' '))
      for (const words of [command, `${command} --json`]) writeFileSync(join(folder, words), stdout)
    }
    const flyctl = join(folder, 'flyctl')
    writeFileSync(flyctl, `#!/bin/sh\nsleep ${delay / 1000}\ncat "\${0%/*}/$*"\n`)
    chmodSync(flyctl, 0o755)
    const output = (...args: string[]) =>
      spawnSync(process.execPath, [program, ...args, '--json', '--flyctl', flyctl], {
        cwd: sample,
        encoding: 'utf8',
        env: {PATH: process.env.PATH, HOME: folder},
      }).stdout
    const run = () => (JSON.parse(output('check', '--only', 'live')) as {durationMs: number}).durationMs
    const {calls} = JSON.parse(output('inspect', 'live')) as {calls: unknown[]}
    const times = [run(), run(), run()]
    return {
      what: `the live checks, ${calls.length} calls of flyctl of ${delay} ms each`,
      took: [Math.min(...times), Math.max(...times)] as const,
      against: chain.length * delay,
      budget: 1.3,
    }
  })
}
