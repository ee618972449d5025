import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'git/secret-file',
  title: 'git tracks no file with secrets',
  why: 'Whoever has a copy of the repository has the secrets, and deleting the file later takes them out of no copy.',
  severity: 'warning',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['trackedSecrets'],
  *run({trackedSecrets}) {
    for (const {file, what, at, isOfSymfony} of trackedSecrets) {
      yield {
        message: `${file} is in git and holds ${what}, for everybody who can read the repository`,
        at,
        hint: isOfSymfony
          ? `Leave the value of ${what} empty there, as Symfony reads ${file}, and set a new one for production: flyctl secrets set ${what}=…`
          : `git rm --cached ${file}, add it to .gitignore, and make the secrets in it anew: the old ones stay in the history`,
      }
    }
  },
})
