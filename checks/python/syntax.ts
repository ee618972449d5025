import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/syntax',
  title: 'Python can read the files of the app',
  why: 'A file that Python cannot read ends the program that imports it: the app does not start.',
  // Nobody may import the file.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['sourceFaults'],
  *run({sourceFaults}) {
    for (const {kind, message, cure, at, importedBy, atRelease} of sourceFaults) {
      if (kind !== 'syntax') continue
      yield {
        message: `${importedBy ? `${importedBy} imports this file, which Python` : 'Python'} cannot read: ${message}`,
        at,
        hint: cure,
        ...(importedBy && {severity: 'error'}),
        ...(atRelease && {failsAt: 'release'}),
      }
    }
  },
})
