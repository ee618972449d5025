import {posix} from 'node:path'
import {sourceAt} from '../moment.ts'
import {programOf} from '../shell.ts'
import type {Made, OutputRule} from './output.ts'

const valued = /^-(tags|ldflags|gcflags|asmflags|mod|installsuffix|buildmode|p|pkgdir)$/

/**
 * Without -o a program has the name of the first file that is named, else the last part of the package's path, a version
 * such as /v2 left aside (go help build).
 */
export const go: OutputRule = {
  tool: 'go build',
  builds: /^go (?:build|install)\b/,
  harmless: /^\s*(?:[A-Z_]+=\S*\s+)*go (?:build|mod|vet|version|env)\b/,
  wanted: /\/[^/.]+$/,
  ownFolder: false,
  async made({words, moment, folder}, _, {reader, tracked}): Promise<Made | undefined> {
    const rest = words.slice(2)
    if (programOf({words}) !== 'go' || words[1] !== 'build') return undefined
    if (rest.some((word) => word === undefined || /^-(C|modfile|overlay)\b/.test(word))) return undefined
    const packages = (rest as string[]).filter(
      (word, index) =>
        !word.startsWith('-') && !/^-o$/.test(rest[index - 1] ?? '') && !valued.test(rest[index - 1] ?? ''),
    )
    const [first = '.', ...others] = packages
    if (others.length > 0 && !first.endsWith('.go')) return undefined
    const named = await nameOf(first)
    const output = rest.findIndex((word) => /^-o(?:=|$)/.test(word ?? ''))
    if (output < 0) return named && {folder, names: [named.name], because: named.because}
    const written = rest[output]?.slice(3) || rest[output + 1] || ''
    const path = posix.resolve(folder, written)
    // Into a folder that is there it goes by its own name.
    const isFolder = written.endsWith('/') || moment.files.get(path)?.kind === 'folder'
    if (!written || (isFolder && !named)) return undefined
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
