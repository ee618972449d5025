import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/package-manager',
  title: 'the package manager of the image is the project’s',
  why: 'Another package manager, or another version of it, stops at the lock file or installs other versions.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['managerGaps'],
  uses: ['buildsElse'],
  *run({managerGaps, buildsElse}) {
    const lower = buildsElse ? {severity: 'warning' as const} : {}
    for (const gap of managerGaps) yield {...gap, ...lower}
  },
})
