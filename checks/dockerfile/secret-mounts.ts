import {defineCheck, escapePattern, type Facts, type FileLocation, firstOf, inSeries} from '../../src/check.ts'

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
    const mounts = build.stages.flatMap(({stage}) => stage.instructions.flatMap((each) => secretsOf(each) ?? []))
    if (mounts.length === 0) return 'no RUN mounts a secret'
    const {commands} = deployCommands
    // By hand, nobody knows with which flags.
    if (commands.length === 0 || buildsElse) return
    if (deployCommands.hasFlag('--build-secret')) return
    const told = new Set<string>()
    for (const {secrets, at} of mounts) {
      for (const required of [true, false]) {
        const kind = secrets.filter((each) => each.required === required && !each.isLookedFor)
        const ids = kind.flatMap(({id}) => (told.has(id) ? [] : id))
        if (ids.length === 0) continue
        for (const id of ids) told.add(id)
        const names = `secret${ids.length > 1 ? 's' : ''} ${ids.length > 3 ? firstOf(ids, 3) : inSeries(ids)}`
        yield {
          message: `the build ${required ? 'stops without' : 'goes on without'} the ${names}, which no flyctl deploy of the project hands over`,
          at,
          related: commands.slice(0, 3).map((command) => command.at),
          hint: `Add to the deploy: flyctl deploy${ids.map((id) => ` --build-secret ${id}="$${id.replace(/\W/g, '_').toUpperCase()}"`).join('')}`,
          ...(!required && {failsAt: 'silent' as const}),
        }
      }
    }
  },
})

type Instruction = Facts['build']['final']['stage']['instructions'][number]

interface Mounts {
  secrets: {id: string; required: boolean; isLookedFor: boolean}[]
  at: FileLocation
}

/**
 * `--mount=type=secret,id=NAME,required`: the id is by default the name of the file that it becomes. One whose file the
 * RUN looks for (`[ -s /run/secrets/NAME ]`) may be missing.
 */
function secretsOf({keyword, flags, text, at}: Instruction): Mounts | undefined {
  const secrets = flags.flatMap(([name, value]) => {
    const options = value.split(',').map((each) => each.split('='))
    const option = (...keys: string[]) => options.find(([key = '']) => keys.includes(key))?.[1]
    if (name !== 'mount' || option('type') !== 'secret') return []
    const file = option('target', 'dst', 'destination')
    const id = option('id') ?? file?.split('/').at(-1)
    if (!id || id.includes('$')) return []
    const isLookedFor = new RegExp(`\\s-[sefr]\\s+["']?${escapePattern(file ?? `/run/secrets/${id}`)}(?![\\w.-])`).test(
      text,
    )
    const required = options.some(([key, said]) => key === 'required' && said !== 'false')
    return [{id, required, isLookedFor: isLookedFor && !required}]
  })
  return keyword === 'RUN' && secrets.length > 0 ? {secrets, at} : undefined
}
