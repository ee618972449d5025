import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/removed-option',
  title: 'Rails still has the options that it is given',
  why: 'An option of Active Record that the version has no more raises when the app starts.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['removedOptions'],
  *run({removedOptions}) {
    for (const {option, since, version, instead, at} of removedOptions) {
      yield {
        message: `${option} is gone since Rails ${since}, and Gemfile.lock has ${version}: the app stops with an error when it starts`,
        at,
        hint: instead,
        // Where something has loaded Active Record before the initializers, they come too late to be read.
        ...('file' in at && at.file.startsWith('config/initializers/') && {severity: 'warning'}),
      }
    }
  },
})
