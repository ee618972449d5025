import type {FileLocation} from '../../../check.ts'
import type {TextFile} from '../../files/text.ts'

/** The app that a command builds. */
export interface BuiltSite {
  /** What stands behind the tool and its subcommand. */
  args: readonly string[]
  /** Packages that its package.json asks for. */
  packages: ReadonlySet<string>
  /** Whether the stage, its RUN or package.json names a variable or an option. */
  mayBeSet(name: string): boolean
  /** The files of such a name in the app's folder. */
  configs(names: RegExp): Promise<TextFile[]>
  /** The files that are called so in the app's folder or below it: `.vitepress/config.ts`. */
  below(...names: readonly string[]): Promise<TextFile[]>
  /** Whether the app's folder has such a file or folder. */
  has(path: string): boolean
}

/** Paths are relative to the folder that the command runs in. */
export interface Written {
  /** All that it writes is in these. */
  folders: string[]
  /** The one that has index.html; undefined where none does, or it is not known. */
  index?: string | undefined
  /** Folders below them that it surely does not make, and that other tools do. */
  lacks?: string[]
  related: FileLocation[]
  /** Nothing of it depends on code that is not read. */
  proven: boolean
}

export interface Tool {
  /** The command, without its arguments. */
  command: RegExp
  /** Packages by which the same command writes elsewhere, and one that it must have. */
  unless?: RegExp
  package?: string
  /** undefined where it cannot be told. */
  writes(site: BuiltSite): Promise<Written | undefined>
}

/** The value of a flag: `--outDir dist`, `--outDir=dist`. */
export function flagValue(args: readonly string[], ...names: string[]): string | undefined {
  for (const [index, word] of args.entries()) {
    if (names.includes(word)) return args[index + 1]
    const name = names.find((each) => word.startsWith(`${each}=`))
    if (name) return word.slice(name.length + 1)
  }
  return undefined
}
