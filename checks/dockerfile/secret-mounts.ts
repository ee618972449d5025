import {defineCheck, firstOf, inSeries, secretMounts} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/secret-mounts',
  title: 'the deploy hands over the secrets that the build mounts',
  why: 'A secret of the app is not there during the build: one that a RUN mounts comes from flyctl deploy --build-secret alone.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['build', 'deployCommands'],
  uses: ['buildsElse'],
  *run({build, deployCommands, buildsElse}) {
    const runs = build.stages.flatMap(({stage}) => stage.instructions.map((each) => secretMounts(each)))
    if (!runs.some((mounts) => mounts.length > 0)) return 'no RUN mounts a secret'
    const {commands} = deployCommands
    // By hand, nobody knows with which flags.
    if (commands.length === 0 || buildsElse) return
    if (deployCommands.hasFlag('--build-secret')) return
    const told = new Set<string>()
    for (const mounts of runs) {
      for (const required of [true, false]) {
        const wanted = mounts.filter((each) => each.required === required && !each.isLookedFor)
        const ids = wanted.flatMap(({id}) => (told.has(id) || id.includes('$') ? [] : id))
        const [first] = wanted
        if (!first || ids.length === 0) continue
        for (const id of ids) told.add(id)
        const names = `secret${ids.length > 1 ? 's' : ''} ${ids.length > 3 ? firstOf(ids, 3) : inSeries(ids)}`
        yield {
          message: `the build ${required ? 'stops without' : 'goes on without'} the ${names}, which no flyctl deploy of the project hands over`,
          at: first.at,
          related: commands.slice(0, 3).map((command) => command.at),
          hint: `Add to the deploy: flyctl deploy${ids.map((id) => ` --build-secret ${id}="$${id.replace(/\W/g, '_').toUpperCase()}"`).join('')}`,
          ...(!required && {failsAt: 'silent' as const}),
        }
      }
    }
  },
})
