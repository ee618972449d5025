import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/import-package',
  title: 'the packages that the code imports are declared',
  why: 'A package that no package.json declares and no lock file has is not installed in the image: the build or the start fails.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['missingImports'],
  *run({missingImports}) {
    const told = new Set<string>()
    for (const {kind, specifier, name, at} of missingImports) {
      if (kind !== 'package' || told.has(name)) continue
      told.add(name)
      yield {
        message: `${specifier} is imported, and ${name} is neither in package.json nor in the lock file`,
        at,
        hint: `Declare it, and commit both files: npm install ${name}, or the same with the project's own package manager`,
      }
    }
  },
})
