import type {Tracked} from '../../files/files.ts'

/** Whether Python never loads a file, as a package of its name lies beside it: that comes first (importlib's FileFinder). */
export const isShadowed = (path: string, files: Tracked): boolean =>
  path.endsWith('.py') && files.has(`${path.slice(0, -'.py'.length)}/__init__.py`)
