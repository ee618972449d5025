import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/limited-route',
  title: 'what slowapi limits has an argument called request',
  why: 'slowapi finds the request by the name of the argument, and ends the import of a function that has none with an Exception.',
  // Nobody may import the file.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['sourceFaults'],
  *run({sourceFaults}) {
    for (const {kind, message, at, cure, importedBy, atRelease} of sourceFaults) {
      if (kind !== 'limit') continue
      const ends = importedBy ? `${importedBy} imports this file, and` : 'the import of this file'
      yield {
        message: `slowapi limits ${message}, which has no argument called request: ${ends} ends with an Exception (No "request" or "websocket" argument on function …)`,
        at,
        hint: cure,
        ...(importedBy && {severity: 'error'}),
        ...(atRelease && {failsAt: 'release'}),
      }
    }
  },
})
