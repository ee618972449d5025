import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/install-files',
  title: 'install commands find the files that they read',
  why: 'npm ci without its lock file, or pip without its requirements, stops the build.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['build', 'dockerfile'],
  uses: ['deployCommands'],
  *run({build, dockerfile, deployCommands}) {
    const lower = deployCommands?.buildsElse(dockerfile.file.path) ? {severity: 'warning' as const} : {}
    for (const {kind, message, at, hint} of build.problems) if (kind === 'need') yield {message, at, hint, ...lower}
  },
})
