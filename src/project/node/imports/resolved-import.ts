import {posix} from 'node:path'
import {folderOf} from '../../files/file-index.ts'
import type {Tracked} from '../../files/files.ts'

/** What `@/components/cart` and `$lib/cart` are by the custom of frameworks; another meaning leads to no file. */
export function sourceAlias(from: string, specifier: string, all: Tracked): string | undefined {
  const [, sign, rest] = /^(@|~|\$lib)\/(.+)$/.exec(specifier) ?? []
  if (sign === undefined || rest === undefined) return undefined
  const inside = sign === '$lib' ? `lib/${rest}` : rest
  for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
    const found =
      resolvedImport(posix.join(folder, 'src', inside), all) ?? resolvedImport(posix.join(folder, inside), all)
    if (found || folder === '.') return found
  }
}

const endings = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '.json',
  '.vue',
  '.svelte',
  '.astro',
  '.node',
  '.d.ts',
  '.css',
  '.scss',
  '.mdx',
  '.md',
  '.web.ts',
  '.web.tsx',
  '.server.ts',
  '.client.ts',
]

/** The file that a path means, as bundlers and TypeScript look for it. */
export function resolvedImport(path: string, all: Tracked): string | undefined {
  const plain = path.replace(/\/$/, '')
  // `./orders.js` is orders.ts in TypeScript.
  const source = plain.replace(/\.([cm]?)jsx?$/, '')
  const bases = source === plain ? [plain] : [plain, source]
  if (all.lacksFolder?.(folderOf(plain))) return undefined
  for (const base of bases) {
    const isFolder = !all.lacksFolder?.(base)
    for (const ending of endings) {
      if (all.has(base + ending)) return base + ending
      if (isFolder && all.has(`${base}/index${ending}`)) return `${base}/index${ending}`
    }
    if (isFolder && all.has(`${base}/package.json`)) return `${base}/package.json`
  }
  return undefined
}
