import {defineCheck} from '../../src/check.ts'

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
      const {
        path,
        place,
        command,
        at,
        file,
        named,
        verb = 'names',
        sure,
        without,
        nowhere,
        generator,
        rule,
        beside,
      } = part
      if (told.has(path) || (nowhere && deployCommands?.generates)) continue
      told.add(path)
      const isOutside = path.startsWith('../')
      const why = generator
        ? `that has no Go file before ${generator} has run`
        : nowhere
          ? 'the project does not have it'
          : isOutside
            ? `that is not in the folder that is built, nor at ${place} in the image`
            : rule
              ? `${rule.file} leaves it out of the build`
              : `no COPY brings it to ${place} by then`
      yield {
        message: `${command} ${without ?? (sure ? 'stops' : 'is likely to stop')}: ${file} ${verb} ${path}, and ${why}`,
        at: rule ?? (nowhere ? named : at),
        related: [nowhere ? at : named, rule ? at : beside].filter((each) => each !== undefined),
        hint: rule
          ? `Take it back at the end of ${rule.file}: !${path}`
          : generator
            ? `Run ${generator} before: RUN go run github.com/a-h/templ/cmd/templ@VERSION generate. Or commit what it makes.`
            : nowhere
              ? 'Commit it, if .gitignore leaves it out; make it in a RUN before, if a generator does; or correct its name.'
              : isOutside
                ? 'Build from a folder that has both (fly deploy FOLDER --config … --dockerfile …), or take it into this one.'
                : `Bring it before that command: COPY ${path} ${place}`,
        ...((!sure || buildsElse) && {severity: 'warning' as const}),
        ...(without && {failsAt: 'silent' as const}),
      }
    }
  },
})
