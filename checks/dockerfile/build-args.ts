import {declaredArguments, defineCheck, isPredefined, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/build-args',
  title: 'every build argument is declared by an ARG',
  why: 'A build argument that no ARG declares is lost: Docker says so in one line of its log, and builds without the value.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'dockerfile', 'build'],
  uses: ['buildsElse'],
  *run({flyConfig, dockerfile, build, buildsElse}) {
    const given = Object.keys(flyConfig.config.build?.args ?? {})
    if (given.length === 0) return '[build.args] gives none'
    if (buildsElse) return
    const declared = declaredArguments(build.stages.flatMap(({stage}) => stage.instructions))
    const elsewhere = declaredArguments(dockerfile.stages.flatMap(({instructions}) => instructions))
    // One above the first FROM is for the names of base images, and for other arguments there.
    const above = dockerfile.file.text.match(/^[ \t]*(?:FROM|ARG)\b.*$/gim)?.join('\n') ?? ''
    const used = new Set([...above.matchAll(/\$\{?(\w+)/g)].map(([, each]) => each))
    for (const name of given) {
      if (declared.has(name) || isPredefined(name)) continue
      if (dockerfile.globals.has(name) || dockerfile.open.has(name)) {
        if (used.has(name)) continue
        yield {
          message: `${name} is declared above the first FROM, where only names of images see it, and no FROM has it: its value is lost`,
          at: flyConfig.keyAt('build', 'args', name),
          related: [build.final.stage.at],
          hint: `Repeat it in the stage that needs it, below its FROM: ARG ${name}`,
        }
        continue
      }
      const near = suggest(name, [...declared])
      const isLeft = !near && versions.test(name)
      yield {
        message: elsewhere.has(name)
          ? `${name} is declared by ARG only in a stage that is not built: its value is lost`
          : `no ARG of ${dockerfile.file.path} declares ${name}: its value is lost`,
        at: flyConfig.keyAt('build', 'args', name),
        related: [build.final.stage.at],
        hint: near
          ? `${near} is declared: write that name, or add ARG ${name} to the stage that needs it, below its FROM.`
          : isLeft
            ? `Delete the line, or let a FROM take its tag from it, with ARG ${name} above.`
            : `Add ARG ${name} to the stage that needs it, below its FROM. What the app reads when it runs belongs in [env].`,
        ...(isLeft && {severity: 'info' as const}),
      }
    }
  },
})

/** flyctl launch writes these for a Dockerfile of its own; one that was written since has its versions in its FROMs. */
const versions = /^(?:NODE|PNPM|YARN|NPM|BUN|DENO|PHP|RUBY|PYTHON|GO|RUST|ELIXIR|OTP)_VERSION$/
