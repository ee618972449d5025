/** What esbuild makes one file of, and leaves the packages as imports in it. */
import {posix} from 'node:path'
import {flagValue} from '../output/built-site.ts'

export interface BundledEntry {
  /** As the command names it: `server/index.ts`. */
  entry: string
  /**
   * All of it is loaded at the start, what `import('./vite')` names too: without --splitting it lies in the same file, and an
   * import of ESM can only stand at its top (tried with esbuild 0.25). In CommonJS its packages wait for the call.
   */
  isOneModule: boolean
}

/** Options that change neither where the file is written, nor what it imports. */
const plain =
  /^--(?:bundle|packages=external|platform=node|format=(?:esm|cjs)|target=[\w.,]+|external:[^*]+|outdir=.+|outfile=.+|sourcemap(?:=.+)?|minify(?:-\w+)?|tree-shaking=true|splitting|keep-names|allow-overwrite|log-level=.+|legal-comments=.+|charset=.+|loader:.+)$/

/**
 * The entry of `esbuild server/index.ts --bundle --packages=external --outdir=dist`, where the scripts have one such command
 * that writes this file, and no option of it may do something else.
 *
 * @param script the started file, from the folder of package.json: `dist/index.js`
 */
export function bundledEntry(scripts: readonly string[], script: string): BundledEntry | undefined {
  const commands = scripts.flatMap((text) => text.split(/&&|\|\||[;&|\n]/)).filter((text) => /\besbuild\b/.test(text))
  const [command, another] = commands
  const [program, ...words] =
    command
      ?.trim()
      .replace(/^npx\s+/, '')
      .split(/\s+/) ?? []
  if (program !== 'esbuild' || another !== undefined) return undefined
  const options = words.filter((word) => word.startsWith('-')).map((word) => word.replace(/["']/g, ''))
  const [entry, more] = words.filter((word) => !word.startsWith('-'))
  if (!entry || more !== undefined || !/^[\w@./-]+\.[cm]?[jt]sx?$/.test(entry)) return undefined
  if (!['--bundle', '--packages=external'].every((each) => options.includes(each))) return undefined
  if (!options.every((each) => plain.test(each))) return undefined
  const folder = flagValue(options, '--outdir')
  const name = `${posix.basename(entry).replace(/\.\w+$/, '')}.js`
  const written = flagValue(options, '--outfile') ?? (folder && posix.join(folder, name))
  if (written === undefined || posix.normalize(written) !== posix.normalize(script)) return undefined
  return {
    entry: posix.normalize(entry),
    isOneModule: options.includes('--format=esm') && !options.includes('--splitting'),
  }
}
