import {defineCheck, type Facts, groupBy, inSeries} from '../../src/check.ts'

type MissingVariable = Facts['buildVariables'][number]

export default defineCheck({
  id: 'dockerfile/build-variables',
  title: 'the build has the variables that it stops without',
  why: 'The secrets of the app and [env] are not there during the build: code that demands one of them then ends it.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['buildVariables'],
  uses: ['buildsElse'],
  *run({buildVariables, buildsElse}) {
    const told = new Set<string>()
    const first = buildVariables.filter(({name}) => !told.has(name) && told.add(name))
    // What one command lacks is one fault, with one cure.
    const cases = groupBy(first, ({name, command, at, hint, what, isCertain}) =>
      [command, at.file, at.line, what, isCertain, hint([name]).replaceAll(name, '')].join('\n'),
    )
    for (const same of cases.values()) {
      const [{command, at, hint, what, isCertain}] = same as [MissingVariable]
      const names = same.map((each) => each.name)
      const that = what ? inSeries(names) : names.length > 1 ? 'them' : 'that'
      yield {
        message: `${command} ${isCertain ? 'stops' : 'may stop'}: it reads ${what ?? inSeries(names)}, and nothing sets ${that} during the build`,
        at,
        related: same.map(({read}) => read),
        hint: hint(names),
        ...((buildsElse || !isCertain) && {severity: 'warning'}),
      }
    }
  },
})
