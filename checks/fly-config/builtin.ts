import {defineCheck, oneOf, quote, suggest} from '../../src/check.ts'

/** flyctl internal/build/imgsrc/builtins/defaultbuiltins.go */
const builtins = ['node', 'ruby', 'deno', 'go', 'static', 'hugo-static', 'python']

export default defineCheck({
  id: 'fly-config/builtin',
  title: 'build.builtin is one of those that flyctl has',
  why: 'flyctl stops at the build: it has no Dockerfile of that name built in.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['flyConfig', 'options'],
  uses: ['buildsElse'],
  examines: ['dockerfile'],
  *run({flyConfig, options, dockerfile, buildsElse}) {
    const {builtin, image, builder, dockerfile: named, compose} = flyConfig.config.build ?? {}
    if (!builtin || builtins.includes(builtin)) return
    // These come first, and then no builtin is looked for; that it is not used is told by build-strategy.
    if (options.image || image || builder || named || compose || dockerfile.state === 'ok' || dockerfile.problem) return
    const meant = suggest(builtin, builtins)
    yield {
      message: `build.builtin is ${quote(builtin)}, it must be ${oneOf(builtins)}`,
      at: flyConfig.at('build', 'builtin'),
      ...(meant
        ? flyConfig.write(['build', 'builtin'], meant)
        : {hint: 'Add a Dockerfile, which flyctl finds by itself, and delete builtin.'}),
      ...(buildsElse && {severity: 'warning'}),
    }
  },
})
