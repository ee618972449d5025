import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/install-files',
  title: 'install commands find the files that they read',
  why: 'npm ci without its lock file, pip without its requirements, or a package.json that is no JSON stops the build.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['build'],
  uses: ['lateManifests', 'unreadManifests', 'buildsElse', 'workflows', 'flyConfig'],
  *run({build, lateManifests = [], unreadManifests = [], buildsElse, workflows, flyConfig}) {
    // Where every workflow runs flyctl in another folder, only a deploy from here fails.
    const deploys = workflows?.deploys.filter(({config}) => config === flyConfig?.file) ?? []
    const isElsewhere = deploys.length > 0 && deploys.every(({call}) => call.folder !== '.')
    const lower = buildsElse || isElsewhere ? {severity: 'warning' as const} : {}
    for (const {kind, message, at, hint, madeLater} of build.problems) {
      if (kind !== 'need') continue
      if (madeLater === undefined) yield {message, at, hint, ...lower}
      else {
        yield {
          message: `${message}: git ignores it, so that only who has one of their own can build this`,
          at,
          hint: `Take ${madeLater} out of .gitignore, and commit it.`,
          severity: 'warning',
        }
      }
    }
    for (const {command, commandAt, file, message, at} of unreadManifests) {
      yield {
        message: `${command} stops at ${file}: ${message}`,
        at,
        related: [commandAt],
        hint: 'Correct it here, or in the line above. JSON knows no comments, and no comma behind the last entry.',
        ...(buildsElse && {severity: 'warning'}),
      }
    }
    for (const {command, at, folder, broughtBy} of lateManifests) {
      yield {
        message: `${command} runs before package.json is in ${folder}: it installs nothing and ends well, and no install follows`,
        at,
        related: [broughtBy],
        hint: `Copy the manifest and its lock file before that line, or move the line behind the COPY: COPY package*.json yarn.lock* ./`,
        severity: 'warning',
        failsAt: 'boot',
      }
    }
  },
})
