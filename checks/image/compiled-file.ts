import {defineCheck, type Facts} from '../../src/check.ts'

type File = Facts['compiledFiles'][number]

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
    for (const file of compiledFiles) {
      const {command, at, moved} = file
      yield {
        message: `${command.by} starts ${file.path}, ${describe(file)}`,
        at: command.at,
        related: [at, ...(moved ? [{file: moved.beside}] : []), build.final.stage.at],
        hint: cure(file),
        ...(command.by === 'release_command' && {failsAt: 'release'}),
      }
    }
  },
})

function describe({tool, folder, config, source, writesNothing, moved}: File): string {
  if (writesNothing) return `and ${tool}, which should write it, writes nothing: ${config} says noEmit`
  if (moved)
    return `but ${tool} writes ${moved.to}: ${moved.importedBy ? `${moved.importedBy} imports ${moved.beside}, which is not in the folder of the others` : `${moved.beside} stands beside src`} and is compiled, too, and ${config} has no rootDir`
  return source
    ? `which ${tool} would write from ${source}, and there is no such file`
    : `but ${tool} writes to ${folder}, as ${config} says`
}

function cure({tool, path, folder, config, source, writesNothing, moved}: File): string {
  if (writesNothing) return `Take noEmit out of ${config}, and set outDir to ${folder} there.`
  if (moved)
    return moved.importedBy
      ? `${apart(moved.beside, tool)}. Or start ${moved.to}.`
      : `In ${config} set "rootDir": "src" and "include": ["src"]. Or start ${moved.to}.`
  if (tool === 'nx build') return `Start the file in ${folder}, or set outputPath in ${config}.`
  return source
    ? `Name the file that is written, below ${folder}, or correct rootDir in ${config}.`
    : `Start the file in ${folder}, or set outDir in ${config} to ${path.replace(/^\.\//, '').split('/')[0]}.`
}

const apart = (path: string, tool: File['tool']): string =>
  path.endsWith('.json')
    ? 'Read it when the app runs: JSON.parse(readFileSync(…))'
    : `Give it a build of its own, and import it as a package${tool === 'nest build' ? '; or have nest bundle it: "webpack": true in nest-cli.json' : ''}`
