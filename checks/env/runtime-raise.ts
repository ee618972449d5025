import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/runtime-raise',
  title: 'the configuration of the release raises only when it must',
  why: 'config/runtime.exs runs before everything: a raise that stands alone there stops every release, whatever is set.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['phoenix', 'flyConfig'],
  *run({phoenix, flyConfig}) {
    for (const at of phoenix.raises) {
      yield {
        message: 'raise is a statement of its own here, which is always reached: the release stops before it starts',
        at,
        hint: 'Make it the right side of what it guards: System.get_env("NAME") || raise "…"',
        failsAt: flyConfig.config.deploy?.release_command ? 'release' : 'boot',
      }
      // The others are not reached.
      return
    }
  },
})
