import type {FileSystem} from './file-system.ts'

/** A disk that is asked each thing once, however many runs read the same repository. For one run's time only. */
export function sharedFileSystem(fs: FileSystem): FileSystem {
  return {
    stat: once((path) => fs.stat(path)),
    read: once((path) => fs.read(path)),
    list: once((path) => fs.list(path)),
    link: once((path) => fs.link(path)),
    real: once((path) => fs.real(path)),
  }
}

function once<T>(ask: (path: string) => T): (path: string) => T {
  const answers = new Map<string, T>()
  return (path) => {
    let answer = answers.get(path)
    if (answer === undefined) {
      answer = ask(path)
      answers.set(path, answer)
    }
    return answer
  }
}
