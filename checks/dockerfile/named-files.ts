import {defineCheck, type Facts, firstOf, inSeries} from '../../src/check.ts'

type Part = Facts['namedFiles'][number]

export default defineCheck({
  id: 'dockerfile/named-files',
  title: 'a build finds the parts of the project that it names',
  why: 'A package, a member or a file that the project names is not in the image when its build reads that: the build stops.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['namedFiles'],
  uses: ['buildsElse', 'deployCommands'],
  *run({namedFiles, buildsElse, deployCommands}) {
    const told = new Set<string>()
    const parts = namedFiles.filter(({path, nowhere}) => {
      // A step before the deploy may make it.
      const isMade =
        deployCommands && (deployCommands.generates || deployCommands.makes(path) || deployCommands.madeBy(path))
      if (told.has(path) || (nowhere && isMade)) return false
      told.add(path)
      return true
    })
    const covered = new Set<Part>()
    for (const part of parts) {
      const {command, at, file, named, verb = 'names', sure, without, nowhere, rule, beside} = part
      if (covered.has(part)) continue
      const same = parts.filter((each) => each === part || isAlike(each, part))
      for (const each of same) covered.add(each)
      const [why, cure] = reasonOf(part, same)
      const all = same.map(({path}) => path)
      const paths = all.length > 3 ? firstOf(all, 3) : inSeries(all)
      yield {
        message: `${command} ${without ?? (sure ? 'stops' : 'is likely to stop')}: ${file} ${verb} ${paths}, and ${why}`,
        at: rule ?? (nowhere ? named : at),
        related: [...(nowhere ? [at] : same.map((each) => each.named)), rule ? at : beside].filter(
          (each) => each !== undefined,
        ),
        hint: cure,
        ...((!sure || buildsElse) && {severity: 'warning' as const}),
        ...(without && {failsAt: 'silent' as const}),
      }
    }
  },
})

/** One command wants both for the same reason, and the same kind of instruction helps. */
const isAlike = (a: Part, b: Part): boolean =>
  [a, b].every(({nowhere, generator, rule, path}) => !nowhere && !generator && !rule && !path.startsWith('../')) &&
  a.at === b.at &&
  a.file === b.file &&
  a.command === b.command &&
  a.verb === b.verb &&
  a.sure === b.sure &&
  a.without === b.without

/** Why it is not there, and what helps. */
function reasonOf({path, place, nowhere, generator, rule}: Part, same: readonly Part[]): [why: string, cure: string] {
  if (generator)
    return [
      `that has no Go file before ${generator} has run`,
      `Run ${generator} before: RUN go run github.com/a-h/templ/cmd/templ@VERSION generate. Or commit what it makes.`,
    ]
  if (nowhere)
    return [
      'the project does not have it',
      'Commit it, if .gitignore leaves it out; make it in a RUN before, if a generator does; or correct its name.',
    ]
  const fromIgnore = rule && `Take it back at the end of ${rule.file}: !${path}`
  if (path.startsWith('../'))
    return [
      `that is not in the folder that is built, nor at ${place} in the image`,
      fromIgnore ??
        'Build from a folder that has both (fly deploy FOLDER --config … --dockerfile …), or take it into this one.',
    ]
  if (rule && fromIgnore) return [`${rule.file} leaves it out of the build`, fromIgnore]
  if (same.length > 1)
    return [
      'no COPY brings them into the image by then',
      `Bring them before that command: ${same.map((each) => `COPY ${each.path} ${each.place}`).join(', ')}`,
    ]
  return [`no COPY brings it to ${place} by then`, `Bring it before that command: COPY ${path} ${place}`]
}
