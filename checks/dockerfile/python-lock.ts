import {defineCheck, type Facts} from '../../src/check.ts'

type Drift = Facts['lockDrift'][number]

export default defineCheck({
  id: 'dockerfile/python-lock',
  title: 'the lock file is what the Python project asks for',
  why: 'Poetry, uv --locked and pipenv --deploy stop when the manifest was changed after the lock file was written.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['lockDrift'],
  uses: ['deployCommands', 'buildsElse'],
  *run({lockDrift, deployCommands, buildsElse}) {
    for (const {manager, command, install, difference, at, lock, proven} of lockDrift) {
      // A step of the deploy may bring the two in line.
      const isMade = deployCommands?.makes(lock.file)
      yield {
        message: `${command} stops: ${lock.file} is out of date, as ${difference}`,
        at,
        related: [lock, install],
        hint: `${cures[manager]}, and commit ${lock.file}.`,
        ...((!proven || buildsElse || isMade) && {severity: 'warning' as const}),
      }
    }
  },
})

const cures: Readonly<Record<Drift['manager'], string>> = {
  uv: 'Run uv lock',
  poetry: 'Run poetry lock (poetry lock --no-update before Poetry 2)',
  pipenv: 'Run pipenv lock',
}
