import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/build-files',
  title: 'build commands find the files that they read',
  why: 'A build runs before or without the COPY that brings its configuration, a script or a source: it stops, or builds something else.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['buildFiles'],
  uses: ['buildsElse', 'deployCommands', 'emptyProjects'],
  *run({buildFiles, buildsElse, deployCommands, emptyProjects = []}) {
    const told = new Set<string>()
    for (const missing of buildFiles) {
      const {path, place, command, by, at, named, without, rule, beside, laid, nowhere, makes, elsewhere, aliased} =
        missing
      if (told.has(path)) continue
      told.add(path)
      const what = by ? `${command}, which ${by} runs,` : command
      if (nowhere) {
        if (deployCommands?.makes(path) || deployCommands?.laidAt(path)) continue
        const name = path.split('/').at(-1) ?? ''
        const kind = /^(?:cd|go) ?/.test(command) ? 'folder' : /\.\w+$/.test(name) ? 'file' : 'file or folder'
        const isOwner = /^(?:chown|chgrp|chmod)$/.test(command) && kind === 'file or folder'
        const because = elsewhere
          ? `the file stands at ${elsewhere}`
          : `the project has no ${kind} ${name}, and nothing seen makes one`
        yield {
          message: makes
            ? `${what} stops: there is no folder ${place} in which it could make ${makes}`
            : `${what} stops without ${place}: ${because}`,
          at,
          related: named ? [named] : [],
          hint: makes
            ? `Before it: RUN mkdir -p ${place}`
            : elsewhere
              ? `Name it as it is there: ${command.startsWith('prisma') ? '--schema=' : ''}${elsewhere}`
              : `Commit ${path}${isOwner ? ` (git keeps a folder by a file in it, such as ${path}/.keep)` : ''} and bring it before that command: COPY ${path} ${place}; or take the ${isOwner ? 'name' : 'command'} out.`,
          ...((nowhere === 'likely' || buildsElse || deployCommands?.generates) && {severity: 'warning' as const}),
        }
        continue
      }
      const why = rule ? `${rule.file} leaves it out of the build` : `no COPY brings it to ${place} by then`
      const others = [rule && at, laid?.at ?? named, laid ? named : beside].filter((each) => each !== undefined)
      yield {
        message: without
          ? `${what} ${without}: ${path} is in the project, and ${why}`
          : aliased
            ? `${what} stops at the import of ${aliased.specifier} in ${aliased.importedBy}: ${path} says what that is, and ${why}`
            : `${what} stops without ${path}: ${why}`,
        at: rule ?? at,
        related: others,
        hint: rule
          ? `Take it back at the end of ${rule.file}: !${path}`
          : `${laid ? `${laid.keyword} lays the content of a folder down, here in ${laid.folder}, and not the folder. ` : ''}Bring it before that command: COPY ${path} ${place}`,
        ...((without || buildsElse) && {severity: 'warning' as const}),
        ...(without && {failsAt: 'silent' as const}),
      }
    }
    for (const {command, by, at, config, hasJavaScript, late} of emptyProjects) {
      if (told.has(config.path)) continue
      told.add(config.path)
      const what = by ? `${command}, which ${by} runs,` : command
      if (late) {
        yield {
          message: `${what} stops with TS18003: no COPY has brought a file that ${config.path} compiles by then, such as ${late}`,
          at,
          related: [config.whole],
          hint: 'Copy the sources before that command; or, where an install runs it, install with --ignore-scripts and build behind the COPY.',
          ...(buildsElse && {severity: 'warning' as const}),
        }
        continue
      }
      yield {
        message: `${what} stops with TS18003: ${config.path} has no file to compile`,
        at,
        related: [config.whole],
        hint: hasJavaScript
          ? 'Take tsc out of the script, as the project is of JavaScript; or set "allowJs": true, for tsc to look at it.'
          : `Correct include in ${config.path}, or take tsc out of the script.`,
        // A step before may write files of TypeScript.
        severity: 'warning',
      }
    }
  },
})
