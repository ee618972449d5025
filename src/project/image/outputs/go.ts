import {posix} from 'node:path'
import {sourceAt} from '../moment.ts'
import {programOf} from '../shell/command.ts'
import type {Made, OutputRule} from './output.ts'

const valued = /^-(tags|ldflags|gcflags|asmflags|mod|installsuffix|buildmode|p|pkgdir)$/

/**
 * Without -o a program has the name of the first file that is named, else the last part of the package's path, a version
 * such as /v2 left aside (go help build).
 */
export const go: OutputRule = {
  tool: 'go build',
  // `go install golang.org/dl/go1.24.5@latest` brings a program of that name, which is Go itself (go.dev/doc/manage-install).
  builds: /^go[\d.]* (?:build|install(?! golang\.org\/dl\/))\b/,
  harmless: /^\s*(?:[A-Z_]+=\S*\s+)*go[\d.]* (?:build|mod|vet|version|env|download|install golang\.org\/dl\/)\b/,
  wanted: /\/[^/.]+$/,
  ownFolder: false,
  async made({words, moment, folder}, _, {reader, tracked}): Promise<Made | undefined> {
    const rest = words.slice(2)
    if (!/^go[\d.]*$/.test(programOf({words}) ?? '') || words[1] !== 'build') return undefined
    const output = rest.findIndex((word) => /^-o(?:=|$)/.test(word ?? ''))
    // With -o it does not matter what a word is that cannot be known, such as one of -ldflags.
    const known = rest.filter((word) => word !== undefined)
    if (known.some((word) => /^-(C|modfile|overlay)\b/.test(word)) || (output < 0 && known.length < rest.length))
      return undefined
    const packages = known.filter(
      (word, index) =>
        !word.startsWith('-') && !/^-o$/.test(known[index - 1] ?? '') && !valued.test(known[index - 1] ?? ''),
    )
    const [first = '.', ...others] = packages
    if (others.length > 0 && !first.endsWith('.go')) return undefined
    const named = await nameOf(first)
    if (output < 0) return named && {folder, names: [named.name], because: named.because}
    const written = rest[output]?.slice(3) || rest[output + 1] || ''
    const path = posix.resolve(folder, written)
    // Into a folder that is there it goes by its own name.
    const isFolder = written.endsWith('/') || moment.files.get(path)?.kind === 'folder'
    if (!written || (isFolder && (!named || known.length < rest.length))) return undefined
    return isFolder
      ? {folder: path, names: [named?.name ?? ''], because: named?.because ?? ''}
      : {folder: posix.dirname(path), names: [posix.basename(path)], because: `as -o ${written} says`, alone: true}

    async function nameOf(word: string): Promise<{name: string; because: string} | undefined> {
      if (word.endsWith('.go')) return {name: posix.basename(word, '.go'), because: `after the file ${word}`}
      if (/\.\.\.|\$/.test(word) || !/^\.{0,2}(\/|$)/.test(word)) return undefined
      const target = posix.resolve(folder, word)
      const mod = sourceAt(moment, posix.join(target, 'go.mod'), tracked)
      if (mod === undefined)
        return target === folder ? undefined : {name: posix.basename(target), because: `after the package ${word}`}
      const module = /^module\s+"?([^\s"]+)/m.exec((await reader.text(mod))?.text ?? '')?.[1]
      const name = module
        ?.replace(/\/v\d+$/, '')
        .split('/')
        .at(-1)
      return name === undefined ? undefined : {name, because: `after the module ${module}`}
    }
  },
}
