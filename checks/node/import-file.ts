import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/import-file',
  title: 'the files that the code imports exist',
  why: 'An import of a file that is not there ends the build, or the program when it starts.',
  // Of what is imported as a type alone, bundlers leave the import out.
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['missingImports'],
  *run({missingImports}) {
    const lost = missingImports.filter(({kind}) => kind === 'file')
    for (const {specifier, name, at} of new Map(lost.toReversed().map((each) => [each.name, each])).values()) {
      yield {
        message: `${specifier} is imported, and there is no ${name} in the repository`,
        at,
        related: lost.filter((each) => each.name === name && each.at !== at).map((each) => each.at),
        hint: 'Commit the file, or correct the path: it is relative to the file that imports it.',
      }
    }
  },
})
