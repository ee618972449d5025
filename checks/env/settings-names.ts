import {defineCheck, firstOf, inSeries} from '../../src/check.ts'

export default defineCheck({
  id: 'env/settings-names',
  title: 'settings are read from the variables that they name',
  why: 'pydantic-settings 2 does not look at Field(env=…): a field is filled from the variable of its own name, whatever env says.',
  // A secret may have the name that is read.
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['unreadNames'],
  *run({unreadNames}) {
    for (const {class: owner, field, named, read, required, at, others, runBy} of unreadNames) {
      const outcome = required
        ? `without that one the app stops with a ValidationError: Field required`
        : `it keeps its default, whatever ${named.length > 1 ? 'these say' : 'that says'}`
      const more = others.length > 0 ? ` (and so ${firstOf(others, 4)})` : ''
      const [first = ''] = named
      yield {
        message: `${owner}.${field} names ${inSeries(named)} by env=, which pydantic-settings 2 does not look at: it reads ${read}, and ${outcome}${more}`,
        at,
        related: [runBy],
        hint: `Write validation_alias=${named.length > 1 ? `AliasChoices(${named.map((each) => `"${each}"`).join(', ')})` : `"${first}"`} in place of env=.`,
        ...(required && {failsAt: 'boot' as const}),
      }
    }
  },
})
