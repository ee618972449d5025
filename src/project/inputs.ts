import type {ProjectReader} from './files/reader.ts'
import type {Repository} from './git/repository.ts'

/** What the user asked for, in the words of the command line; what the facts are read with. */
export interface Options {
  /** `-c`: relative to the working directory. */
  config?: string | undefined
  /** `-a` */
  app?: string | undefined
  /** `--dockerfile`: relative to the working directory; `build.dockerfile` wins. */
  dockerfile?: string | undefined
  /** `--build-target`; `build.build-target` wins. */
  buildTarget?: string | undefined
  /** `--build-arg`, beating `[build.args]`. */
  buildArgs?: Readonly<Record<string, string>> | undefined
  /** `--image`: nothing is built. */
  image?: string | undefined
  /** `--since`: what the merge base with this commit has is not new. */
  since?: string | undefined
  /** Nothing says that it is deployed so: `--all` takes it from the files. Names and paths may be given elsewhere. */
  assumed?: boolean | undefined
}

export interface Inputs {
  reader: ProjectReader
  repository: Repository
  options: Options
  env: Readonly<Record<string, string | undefined>>
}
