import {defineCheck, type Facts, type FileLocation} from '../../src/check.ts'

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
    const mounts = build.stages.flatMap(({stage}) => stage.instructions.flatMap(secretsOf))
    if (mounts.length === 0) return 'no RUN mounts a secret'
    const {commands} = deployCommands
    // By hand, nobody knows with which flags.
    if (commands.length === 0 || buildsElse) return
    if (deployCommands.hasFlag('--build-secret')) return
    const told = new Set<string>()
    for (const {id, required, at} of mounts) {
      if (told.has(id)) continue
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

type Instruction = Facts['build']['final']['stage']['instructions'][number]

/** `--mount=type=secret,id=NAME,required`: the id is by default the name of the file that it becomes. */
function secretsOf({keyword, flags, at}: Instruction): {id: string; required: boolean; at: FileLocation}[] {
  if (keyword !== 'RUN') return []
  return flags.flatMap(([name, value]) => {
    const options = value.split(',').map((each) => each.split('='))
    const option = (...keys: string[]) => options.find(([key = '']) => keys.includes(key))?.[1]
    if (name !== 'mount' || option('type') !== 'secret') return []
    const id = option('id') ?? option('target', 'dst', 'destination')?.split('/').at(-1)
    const required = options.some(([key, said]) => key === 'required' && said !== 'false')
    return id && !id.includes('$') ? [{id, required, at}] : []
  })
}
