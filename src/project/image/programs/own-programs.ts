/** What the project's own programs are called. */
import type {Files} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'

/**
 * The names of what Cargo and Go build of the project: those of packages, modules and programs, and of the folders in
 * cmd/. `go build .` calls its program by the last part of the module's path, but for a version (go help build).
 */
export async function ownPrograms({reader}: Inputs, files: Files): Promise<ReadonlySet<string>> {
  const crates = await reader.texts(files.named('Cargo.toml'))
  const named = crates.flatMap(({text}) => [...text.matchAll(/^name[ \t]*=[ \t]*"([\w-]+)"/gm)].map(([, name]) => name))
  const folders = files.named('main.go').map((each) => /(?:^|\/)cmd\/([\w-]+)\/main\.go$/.exec(each)?.[1])
  const modules = (await reader.texts(files.named('go.mod'))).map(
    ({text}) => /^module[ \t]+"?(?:[^\s"]{1,300}\/)?(?!v\d+"?[ \t]*$)([\w-]+)(?:\/v\d+)?"?[ \t]*$/m.exec(text)?.[1],
  )
  return new Set([...named, ...folders, ...modules].filter((name) => name !== undefined))
}
