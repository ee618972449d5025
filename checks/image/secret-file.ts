import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/secret-file',
  title: 'the image holds no file with secrets',
  why: 'Whoever can read the image can read the file: registries keep images, and so do builders and caches.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['secretFiles', 'buildContext'],
  *run({secretFiles, buildContext: {ignoreFile}}) {
    for (const {source, path, what, at, copy} of secretFiles) {
      yield {
        message: `${source} holds ${what}, and is at ${path} in the image`,
        at: copy,
        related: [at, ...(ignoreFile ? [ignoreFile.whole] : [])],
        hint: `Leave it out: add ${source} to ${ignoreFile?.path ?? 'a .dockerignore'}. What the app needs of it: flyctl secrets set NAME=…`,
      }
    }
  },
})
