import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {isOfProject} from '../report/docs.ts'

/** The page of a check, by the path under which the package (in `root`) holds it; undefined where it is not there. */
export const readPage = async (root: string, docs: string): Promise<string | undefined> =>
  isOfProject(docs) ? undefined : readFile(join(root, docs), 'utf8').catch(() => undefined)
