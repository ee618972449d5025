import {defineCheck, type Facts} from '../../src/check.ts'

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
    for (const part of namedFiles) {
      const {path, command, at, file, named, verb = 'names', sure, without, nowhere, rule, beside} = part
      // A step before the deploy may make it.
      const isMade =
        deployCommands && (deployCommands.generates || deployCommands.makes(path) || deployCommands.madeBy(path))
      if (told.has(path) || (nowhere && isMade)) continue
      told.add(path)
      const [why, cure] = reasonOf(part)
      yield {
        message: `${command} ${without ?? (sure ? 'stops' : 'is likely to stop')}: ${file} ${verb} ${path}, and ${why}`,
        at: rule ?? (nowhere ? named : at),
        related: [nowhere ? at : named, rule ? at : beside].filter((each) => each !== undefined),
        hint: cure,
        ...((!sure || buildsElse) && {severity: 'warning' as const}),
        ...(without && {failsAt: 'silent' as const}),
      }
    }
  },
})

/** Why it is not there, and what helps. */
function reasonOf({path, place, nowhere, generator, rule}: Part): [why: string, cure: string] {
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
  return [`no COPY brings it to ${place} by then`, `Bring it before that command: COPY ${path} ${place}`]
}
