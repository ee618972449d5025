import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/compiled-file',
  title: 'tsc writes the files that node starts',
  why: 'A file that no source is compiled to is not in the image: node ends with Cannot find module.',
  // Another step may write it.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['compiledFiles', 'build'],
  *run({compiledFiles, build}) {
    for (const {command, path, folder, config, at, source} of compiledFiles) {
      yield {
        message: source
          ? `${command.by} starts ${path}, which tsc would write from ${source}, and there is no such file`
          : `${command.by} starts ${path}, but tsc writes to ${folder}, as ${config} says`,
        at: command.at,
        related: [at, build.final.stage.at],
        hint: source
          ? `Name the file that tsc writes, below ${folder}, or correct rootDir in ${config}.`
          : `Start the file in ${folder}, or set outDir in ${config} to ${path.replace(/^\.\//, '').split('/')[0]}.`,
        ...(command.by === 'release_command' && {failsAt: 'release'}),
      }
    }
  },
})
