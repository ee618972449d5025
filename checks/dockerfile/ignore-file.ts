import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/ignore-file',
  title: 'Docker can read .dockerignore',
  why: 'A pattern that is none ends the build; in a file of UTF-16 no pattern fits any name, and nothing is left out.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['buildContext', 'dockerfile'],
  uses: ['deployCommands'],
  *run({buildContext: {ignoreFile, unreadIgnoreFile, badPattern}, dockerfile, deployCommands}) {
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
    if (!ignoreFile || badPattern === undefined) return
    yield {
      message: `${ignoreFile.path} has a pattern that Docker cannot read: ${badPattern.text}`,
      at: badPattern.at,
      hint: badPattern.text.includes('[')
        ? 'Close the [ or escape it: \\['
        : 'Write what it takes back behind the !, or remove it.',
      ...(deployCommands?.buildsElse(dockerfile.file.path) && {severity: 'warning'}),
    }
  },
})
