import {backslashOf, defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/ignore-file',
  title: 'Docker can read .dockerignore',
  why: 'A pattern that is none ends the build; in a file of UTF-16 no pattern fits any name, and nothing is left out.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['buildContext', 'build'],
  uses: ['buildsElse', 'workflows', 'flyConfig'],
  *run({buildContext: {unreadIgnoreFile, ignoreFile}, build, buildsElse, workflows, flyConfig}) {
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
    const lines = ignoreFile?.text.split('\n') ?? []
    const kinds = lines.map(backslashOf)
    const kind = kinds.includes('stops') ? 'stops' : 'other'
    const number = kinds.indexOf(kind) + 1
    if (!ignoreFile || number === 0) return
    const stops = kind === 'stops'
    // Someone whose computer has Windows may be the only one who deploys.
    const elsewhere = workflows?.deploys.some(
      ({config, call: {job, flags}}) =>
        config === flyConfig?.file &&
        !flags.has('image') &&
        job.labels.some((label) => /^(?:ubuntu|macos)-/.test(label)),
    )
    yield {
      message: `the \\ of ${lines[number - 1]?.trim()} parts folders on Windows alone: ${elsewhere ? 'on the runner of the workflow' : 'on Linux and macOS'} ${stops ? 'the build stops at it ("syntax error in pattern")' : 'it leaves nothing out of the build'}`,
      at: ignoreFile.lineSpan(number),
      hint: `Write / in the place of \\ in all of ${ignoreFile.path}: this is read on every system.`,
      ...(!stops && {failsAt: 'silent'}),
      ...(!(stops && elsewhere) && {severity: 'warning'}),
      ...lower,
    }
  },
})
