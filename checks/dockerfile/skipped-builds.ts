import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/skipped-builds',
  title: 'packages with a native part run their install script',
  why: 'A package without the binary that its install script fetches or builds cannot be loaded: the app stops when it needs it.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['skippedBuilds'],
  *run({skippedBuilds}) {
    for (const {name, version, at, manager, install} of skippedBuilds) {
      yield {
        message: `${name} ${version} is installed without its install script, which fetches or builds its native part`,
        at: install,
        related: [at],
        hint: `Run that script alone, behind the install: RUN ${manager} rebuild ${name} (and again where the packages are installed anew, as by pnpm deploy)`,
      }
    }
  },
})
