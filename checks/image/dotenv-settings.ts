import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/dotenv-settings',
  title: 'no local .env can stop the settings of the app',
  why: 'pydantic-settings refuses a .env with names that the class does not have: the app does not start.',
  // A deploy from a fresh checkout has no such file.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['dotenvSettings', 'buildContext'],
  *run({dotenvSettings, buildContext: {ignoreFile}}) {
    for (const {name, at, others, listed, copy} of dotenvSettings) {
      const [first = ''] = others
      const more = others.length > 1 ? ` and ${others.length - 1} more` : ''
      const list = 'file' in listed ? listed.file : '.env'
      yield {
        message: `${name} reads .env and refuses names that it does not have, such as ${first}${more} of ${list}: a .env in the working directory gets into the image and ends the app`,
        at,
        related: [listed, copy, ...(ignoreFile ? [ignoreFile.whole] : [])],
        hint: `Leave it out: add .env to ${ignoreFile?.path ?? 'a .dockerignore'}; or let the class pass over other names: extra="ignore"`,
      }
    }
  },
})
