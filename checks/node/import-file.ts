import {defineCheck, groupBy} from '../../src/check.ts'

export default defineCheck({
  id: 'node/import-file',
  title: 'the files that the code imports exist',
  why: 'An import of a file that is not there ends the build, or the program when it starts.',
  // Of what is imported as a type alone, bundlers leave the import out.
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['missingImports'],
  uses: ['missingAssets', 'buildsElse'],
  *run({missingImports, missingAssets = [], buildsElse}) {
    const lost = missingImports.filter(({kind}) => kind === 'file')
    const byName = groupBy(lost, ({name}) => name)
    // The first import of each file that is lost, or the first at which something surely stops.
    const first = [...lost.filter(({stops}) => stops), ...lost].toReversed()
    for (const {specifier, name, at, stops, otherCase, ignoredBy} of new Map(
      first.map((each) => [each.name, each]),
    ).values()) {
      const others = (byName.get(name) ?? []).flatMap((each) => (each.at === at ? [] : each.at))
      yield {
        message: `${stops ? `${stops.by} stops: ` : ''}${specifier} is imported, and there is no ${name} in the repository${ignoredBy ? `: git leaves it out, by ${ignoredBy.pattern} in ${ignoredBy.file}` : ''}`,
        at,
        related: [
          ...(ignoredBy ? [{file: ignoredBy.file, line: ignoredBy.line}] : []),
          ...others,
          ...(stops ? [stops.command] : []),
        ],
        ...(stops && {failsAt: stops.when, ...(!buildsElse && {severity: 'error' as const})}),
        hint: ignoredBy
          ? `Write /${ignoredBy.pattern.replace(/^\*\*\//, '')} in ${ignoredBy.file}, which means the folder beside it alone, and commit the file.`
          : cure(otherCase),
      }
    }
    for (const {specifier, name, at, by, command, otherCase} of missingAssets) {
      yield {
        message: `${by} stops: ${specifier} is to be taken, and there is no ${name} in the repository`,
        at,
        related: [command],
        hint: cure(otherCase),
        ...(!buildsElse && {severity: 'error' as const}),
      }
    }
  },
})

const cure = (otherCase: string | undefined): string =>
  otherCase === undefined
    ? 'Commit the file, or correct the path: it is relative to the file that imports it.'
    : `Write it as the file is called, ${otherCase}: Linux tells upper and lower case apart, macOS and Windows do not.`
