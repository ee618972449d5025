import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/response-body',
  title: 'no route of FastAPI declares a body for a 204',
  why: 'An answer with the status 204, 205 or 304 has no body: FastAPI ends the import of a route that declares one with an AssertionError.',
  // Nobody may import the file.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['sourceFaults'],
  *run({sourceFaults}) {
    for (const {kind, message, cure, at, isSure, importedBy, atRelease} of sourceFaults) {
      if (kind !== 'body') continue
      yield {
        message: `${message}: ${importedBy ? `${importedBy} imports this file, and` : 'the import of this file'} ends with an AssertionError (Status code ${cure} must not have a response body)`,
        at,
        hint: `Let the route say that it has none: status_code=${cure}, response_model=None. Or answer with 200, where there is something to return.`,
        ...(importedBy && isSure && {severity: 'error'}),
        ...(atRelease && {failsAt: 'release'}),
      }
    }
  },
})
