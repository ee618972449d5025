import {declaredArguments, defineCheck, inSeries, isPredefined, secretMounts, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/unused-build-value',
  title: 'the build uses the arguments and secrets it is handed',
  why: 'A build argument that no ARG declares, and a secret that no RUN mounts, are lost without a word: the build goes on without them.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['workflows', 'flyConfig', 'dockerfile', 'build'],
  uses: ['buildsElse'],
  *run({workflows, flyConfig, dockerfile, build, buildsElse}) {
    if (buildsElse) return
    const instructions = dockerfile.stages.flatMap((stage) => stage.instructions)
    const declared = new Set([
      ...declaredArguments(instructions),
      ...dockerfile.globals.keys(),
      ...dockerfile.open.keys(),
    ])
    const mounted = instructions.flatMap(secretMounts).map(({id}) => id)
    const {path} = dockerfile.file
    const told = new Set<string>()
    for (const {call, config} of workflows.deploys) {
      // These build something else, or nothing.
      if (config !== flyConfig.file || elsewhere.some((flag) => call.flags.has(flag))) continue
      const lost: string[] = []
      const undeclared: string[] = []
      for (const [, kind = '', name = ''] of call.written.matchAll(handed)) {
        if (told.has(`${kind} ${name}`)) continue
        told.add(`${kind} ${name}`)
        if (kind === 'arg' && !declared.has(name) && !isPredefined(name)) {
          const near = suggest(name, [...declared])
          // Templates hand those of a commit over for whoever wants to show them.
          if (near === undefined && !ofCommit.test(name)) undeclared.push(name)
          else
            yield {
              ...unknownArguments([name], path),
              at: call.wordAt(name),
              related: [build.final.stage.at],
              hint: near
                ? `${near} is declared: hand over that one, or add ARG ${name} to the stage that needs it, below its FROM.`
                : addArguments([name], flyConfig.file),
              ...(ofCommit.test(name) && {severity: 'info'}),
            }
        }
        if (kind !== 'secret' || mounted.some((id) => id === name || id.includes('$'))) continue
        // A RUN that reads it without mounting it is told by dockerfile/mounted-secrets.
        if (instructions.some(({keyword, text}) => keyword === 'RUN' && text.includes(`/run/secrets/${name}`))) continue
        lost.push(name)
      }
      if (undeclared.length > 0)
        yield {
          ...unknownArguments(undeclared, path),
          at: call.wordAt(undeclared[0] as string),
          related: [build.final.stage.at],
          hint: addArguments(undeclared, flyConfig.file),
        }
      const [first] = lost
      if (first === undefined) continue
      const near = lost.length === 1 ? suggest(first, mounted) : undefined
      yield {
        message: `flyctl deploy hands over ${inSeries(lost.map((name) => `--build-secret ${name}`))}, and no RUN of ${path} mounts ${lost.length > 1 ? 'them' : 'it'}: the build does not see ${lost.length > 1 ? 'them' : 'it'}`,
        at: call.wordAt(first),
        related: [build.final.stage.at],
        hint: near
          ? `The secret ${near} is mounted: hand over that one, or mount id=${first}.`
          : `Mount ${lost.length > 1 ? 'each' : 'it'} where it is needed: RUN --mount=type=secret,id=${first},env=${first} …. What the app reads when it runs is a secret of the app: flyctl secrets set ${lost.map((name) => `${name}=…`).join(' ')}`,
      }
    }
  },
})

function unknownArguments(names: readonly string[], path: string): {message: string} {
  const are = names.length > 1 ? 'them: their values are' : 'it: its value is'
  return {
    message: `flyctl deploy hands over ${inSeries(names.map((name) => `--build-arg ${name}`))}, and no ARG of ${path} declares ${are} lost`,
  }
}

const addArguments = (names: readonly string[], config: string): string =>
  `Add ${inSeries(names.map((name) => `ARG ${name}`))} to the stage that needs ${names.length > 1 ? 'them' : 'it'}, below its FROM. What the app reads when it runs belongs in [env] of ${config}.`

const ofCommit = /(?:^|_)(?:SHA|COMMIT|REVISION|REF|BRANCH|TAG|VERSION|RELEASE)(?:$|_)|^BUILD_(?:DATE|TIME|NUMBER|ID)$/
const elsewhere = ['image', 'dockerfile', 'nixpacks', 'buildpacks', 'build-target', 'target']
const handed = /(?:^|\s)--build-(arg|secret)[=\s]\s{0,20}["']?([A-Za-z_]\w{0,200})=/g
