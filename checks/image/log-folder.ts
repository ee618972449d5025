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
    for (const {file, folder, at, command, byDjango} of logFolders) {
      yield {
        message: byDjango
          ? `${command.by} sets Django up, LOGGING opens ${file}, and nothing makes ${folder} in the image: Django stops (ValueError: Unable to configure handler)`
          : `${command.by} imports this file, which opens ${file} for its log, and nothing makes ${folder} in the image: the import ends with FileNotFoundError`,
        at,
        related: [command.at],
        hint: byDjango
          ? `Log to the terminal, where fly logs reads it: "class": "logging.StreamHandler". Or make the folder above LOGGING: (BASE_DIR / "${posixFolder(file)}").mkdir(exist_ok=True).`
          : `Log to the terminal, where fly logs reads it: logging.StreamHandler(). Or make the folder before: os.makedirs("${posixFolder(file)}", exist_ok=True).`,
        ...(buildsElse && {severity: 'warning' as const}),
        ...(command.by === 'release_command' && {failsAt: 'release' as const}),
      }
    }
  },
})

const posixFolder = (file: string): string => file.slice(0, file.lastIndexOf('/'))
