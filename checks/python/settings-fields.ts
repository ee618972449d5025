import {defineCheck, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'python/settings-fields',
  title: 'the class of the settings has what the code asks for',
  why: 'Python answers with an AttributeError where the code asks the settings for a field that their class does not have.',
  // Nobody may come to the line.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['lostFields'],
  *run({lostFields}) {
    for (const {name, object, at, class: owner, isClass, definedAt, has, by, runBy, atImport} of lostFields) {
      const meant = suggest(name, has)
      yield {
        message: `the class ${owner} has no ${name}: ${by} starts this module, and ${atImport ? 'its import' : 'the first call that reaches this line'} ends with AttributeError: ${isClass ? `type object '${owner}'` : `'${owner}' object`} has no attribute '${name}'`,
        at,
        related: [definedAt, runBy],
        hint: meant ? `Write ${object}.${meant}.` : `Add ${name} to the fields of ${owner}.`,
        ...(atImport && {failsAt: by === 'release_command' ? ('release' as const) : ('boot' as const)}),
      }
    }
  },
})
