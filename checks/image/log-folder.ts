import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/log-folder',
  title: 'the folder of the log file is in the image',
  why: "Python's logging opens its file when the handler is made, and makes no folder for it: the import ends with FileNotFoundError.",
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['logFolders'],
  uses: ['buildsElse'],
  *run({logFolders, buildsElse}) {
    for (const {file, folder, at, command} of logFolders) {
      yield {
        message: `${command.by} imports this file, which opens ${file} for its log, and nothing makes ${folder} in the image: the import ends with FileNotFoundError`,
        at,
        related: [command.at],
        hint: `Log to the terminal, where fly logs reads it: logging.StreamHandler(). Or make the folder before: os.makedirs("${posixFolder(file)}", exist_ok=True).`,
        ...(buildsElse && {severity: 'warning' as const}),
        ...(command.by === 'release_command' && {failsAt: 'release' as const}),
      }
    }
  },
})

const posixFolder = (file: string): string => file.slice(0, file.lastIndexOf('/'))
