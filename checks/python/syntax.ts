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
  uses: ['startedFaults'],
  *run({sourceFaults, startedFaults}) {
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
    for (const {kind, message, cure, at, command, isSure} of startedFaults ?? []) {
      if (kind !== 'compiler') continue
      yield {
        message,
        at,
        hint: cure,
        ...(isSure && {severity: 'error'}),
        ...(command.by === 'release_command' && {failsAt: 'release'}),
      }
    }
  },
})
