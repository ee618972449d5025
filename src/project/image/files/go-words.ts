import {plain, type Words} from '../shell/tool-words.ts'

const valued =
  '-C -asmflags -buildmode -compiler -covermode -coverpkg -exec -gccgoflags -gcflags -installsuffix -ldflags -mod -modfile -o -overlay -p -pgo -pkgdir -tags -toolexec'.split(
    ' ',
  )

/** The packages that `go build` is given, or the files of one; of `go run` the first, as the rest is for the program. */
export function goTargets(verb: string | undefined, words: Words): string[] {
  const targets = plain(words, valued)
  const files = targets.findIndex((word) => !word.endsWith('.go'))
  return verb === 'run' ? targets.slice(0, files < 0 ? targets.length : Math.max(files, 1)) : targets
}
