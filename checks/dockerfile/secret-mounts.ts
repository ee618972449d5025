import {defineCheck, secretMounts} from '../../src/check.ts'

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
    const mounts = build.stages.flatMap(({stage}) => stage.instructions.flatMap(secretMounts))
    if (mounts.length === 0) return 'no RUN mounts a secret'
    const {commands} = deployCommands
    // By hand, nobody knows with which flags.
    if (commands.length === 0 || buildsElse) return
    if (deployCommands.hasFlag('--build-secret')) return
    const told = new Set<string>()
    for (const {id, required, at} of mounts) {
      if (told.has(id) || id.includes('$')) continue
      told.add(id)
      yield {
        message: `the build ${required ? 'stops without' : 'goes on without'} the secret ${id}, which no flyctl deploy of the project hands over`,
        at,
        related: commands.slice(0, 3).map((command) => command.at),
        hint: `Add it to the deploy: flyctl deploy --build-secret ${id}="$${id.replace(/\W/g, '_').toUpperCase()}"`,
        ...(!required && {failsAt: 'silent' as const}),
      }
    }
  },
})
