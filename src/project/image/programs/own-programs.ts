/** What the project's own programs are called. */
import type {Files} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'

/** The names of what Cargo and Go build of the project: those of packages and programs, and of the folders in cmd/. */
export async function ownPrograms({reader}: Inputs, files: Files): Promise<ReadonlySet<string>> {
  const crates = await reader.texts(files.named('Cargo.toml'))
  const named = crates.flatMap(({text}) => [...text.matchAll(/^name[ \t]*=[ \t]*"([\w-]+)"/gm)].map(([, name]) => name))
  const folders = files.named('main.go').map((each) => /(?:^|\/)cmd\/([\w-]+)\/main\.go$/.exec(each)?.[1])
  return new Set([...named, ...folders].filter((name) => name !== undefined))
}
