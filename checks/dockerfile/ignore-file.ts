import {backslashIn, defineCheck} from '../../src/check.ts'

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
    const backslash = ignoreFile && backslashIn(ignoreFile.text)
    if (!ignoreFile || !backslash) return
    const {line, number, stops} = backslash
    // Someone whose computer has Windows may be the only one who deploys; a workflow may bring another file first.
    const elsewhere = workflows?.deploys.some(
      ({config, call: {job, flags, before}}) =>
        config === flyConfig?.file &&
        !flags.has('image') &&
        !flags.has('ignorefile') &&
        !before.includes('ignore') &&
        job.labels.some((label) => /^(?:ubuntu|macos)-/.test(label)),
    )
    yield {
      message: `the \\ of ${line} parts folders on Windows alone: ${elsewhere ? 'on the runner of the workflow' : 'on Linux and macOS'} ${stops ? 'the build stops at it ("syntax error in pattern")' : 'it leaves nothing out of the build'}`,
      at: ignoreFile.lineSpan(number),
      hint: `Write / in the place of \\ in all of ${ignoreFile.path}: this is read on every system.`,
      ...(!stops && {failsAt: 'silent'}),
      ...(!(stops && elsewhere) && {severity: 'warning'}),
      ...lower,
    }
  },
})
