import {defineCheck, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'env/schema-value',
  title: 'the schema takes the values that [env] gives it',
  why: 'A schema of zod or Joi that reads the environment throws at a value that it does not take, and every value there is a text.',
  // A secret of the same name would be taken instead.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['flyConfig', 'refusedVariables'],
  *run({flyConfig, refusedVariables}) {
    for (const {name, value, wants, cure, isTaken, error, at, set} of refusedVariables) {
      const given = value === undefined ? `the value of ${name}` : `${name} is ${quote(value)}, which`
      yield {
        message: isTaken
          ? `${given} is a text that is not empty, and z.coerce.boolean() in ${at.file} makes true of it`
          : `${given} is not what the schema in ${at.file} wants, ${wants}: the app stops with ${error}`,
        at: set ?? flyConfig.at('env', name),
        related: [at],
        hint: cure
          ? `A variable is always a text. In the schema write ${name}: ${cure}`
          : `Write a value that it takes: ${wants}.`,
        ...(isTaken && {failsAt: 'silent' as const}),
      }
    }
  },
})
