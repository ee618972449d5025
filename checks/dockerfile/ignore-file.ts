import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/ignore-file',
  title: 'Docker can read .dockerignore',
  why: 'A pattern that is none ends the build; in a file of UTF-16 no pattern fits any name, and nothing is left out.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['buildContext', 'build'],
  uses: ['buildsElse'],
  *run({buildContext: {unreadIgnoreFile}, build, buildsElse}) {
    if (unreadIgnoreFile) {
      const {path, reason} = unreadIgnoreFile
      yield {
        message: `${path} ${reason}: Docker finds no pattern in it, and leaves nothing out of the image`,
        at: {file: path, line: 1, column: 1},
        hint: 'Save the file as UTF-8.',
        severity: 'warning',
        failsAt: 'silent',
      }
    }
    const lower = buildsElse ? {severity: 'warning' as const} : {}
    for (const {kind, message, at, hint} of build.problems) {
      if (kind === 'ignore-file') yield {message, at, hint, ...lower}
    }
  },
})
