import {defineCheck, mayBeBuilt} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/copy-source',
  title: 'what COPY and ADD take is there',
  why: 'The build ends at the first COPY whose source is missing, or that .dockerignore leaves out.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['build', 'buildContext', 'dockerfile'],
  uses: ['deployCommands', 'workflows', 'flyConfig', 'files', 'buildCommands', 'goOutputs'],
  *run({build, buildContext, dockerfile, deployCommands, workflows, flyConfig, files, buildCommands, goOutputs = []}) {
    const lower = deployCommands?.buildsElse(dockerfile.file.path) ? {severity: 'warning' as const} : {}
    for (const {stage, wanted, made, after, at, build: command, sure} of goOutputs) {
      yield {
        message: `the stage ${stage} has no ${wanted}: go build names the program ${made}, after ${after}`,
        at,
        related: [command],
        hint: `Name it there: go build -o ${wanted}, or copy ${made}.`,
        ...(!sure && {severity: 'warning'}),
        ...lower,
      }
    }
    for (const {kind, message, at, missing, hint} of build.problems) {
      if (kind !== 'copy') continue
      if (!missing) {
        yield {message, at, hint: hint ?? 'Copy to another place, or end the destination with a /.', ...lower}
        continue
      }
      const path = missing.path.slice(1)
      if (missing.own !== undefined) {
        const {own, from} = missing
        // What git ignores, or a source of that name becomes, is made there after all.
        if (missing.madeLater || deployCommands?.makes(own) || !files || !buildCommands) continue
        if (files.has(own) || mayBeBuilt(own, files, buildCommands)) continue
        yield {
          message: `the stage ${from} has no ${missing.path}: the project has no ${own}, and no RUN is seen to make it`,
          at,
          hint: 'Bring the file back, or take the line out.',
          severity: 'warning',
        }
      } else if (missing.from !== undefined) {
        yield {
          message: `the stage ${missing.from} has no ${missing.path}`,
          at,
          hint: `Correct the path, which begins at the root of that stage, or let the stage make it.`,
          ...lower,
          ...(missing.likely && {severity: 'warning'}),
        }
      } else if (missing.leftOut) {
        yield {
          message: `${path} is left out of the build by ${buildContext.ignoreFile?.path ?? '.dockerignore'}`,
          at,
          related: buildContext.ignoreFile ? [buildContext.ignoreFile.whole] : [],
          hint: `Take it back at the end of that file: !${path}`,
          ...lower,
        }
      } else {
        const isMade = missing.madeLater || deployCommands?.makes(path)
        const maker = isMade ? deployCommands?.madeBy(path) : undefined
        const deploy = deployCommands?.commands[0]
        const forgotten = maker && !maker.isRun && deploy
        // A workflow may run flyctl where the file is: then only a deploy from here fails.
        const elsewhere = workflows?.deploys.find(
          ({call: {folder}, config}) =>
            folder !== undefined &&
            config === flyConfig?.file &&
            (files?.has(`${folder}/${path}`) || files?.hasFolder(`${folder}/${path}`)),
        )
        yield {
          message: `${path} is not in the build context, which is the folder where flyctl runs${forgotten ? `: ${maker.script.file} makes it, and the deploy does not run that` : ''}`,
          at,
          related: elsewhere ? [elsewhere.call.at] : forgotten ? [maker.script, deploy.at] : [],
          ...lower,
          ...((isMade || elsewhere) && {severity: 'warning'}),
          // Only who deploys by hand may still forget it.
          ...(maker?.isRun && {severity: 'info'}),
          hint: elsewhere
            ? `The project's workflow runs flyctl in ${elsewhere.call.folder}, where the file is: run preflight and flyctl there, too.`
            : forgotten
              ? `Run ${maker.script.file} in ${deploy.at.file}, before flyctl deploy.`
              : missing.madeLater
                ? 'git ignores it, so a step before the deploy must make it. Make it, or build it in the Dockerfile.'
                : 'Correct the path: it is relative to the folder where flyctl runs, not to the Dockerfile.',
        }
      }
    }
  },
})
