import type {FileLocation} from '../../../check.ts'
import type {Files} from '../../files.ts'
import type {ProjectReader} from '../../reader.ts'

export interface PrismaSchema {
  /** The generator block. */
  at: FileLocation
  /** The client runs without Prisma's engine, and so without OpenSSL (6.16 and later). */
  withoutEngine: boolean
  /** It names the engines itself, in place of the one for where it is generated. */
  namesTargets: boolean
}

/** The first schema with a generator of the JavaScript client. */
export async function readPrismaSchema(reader: ProjectReader, paths: Files): Promise<PrismaSchema | undefined> {
  for (const path of paths.ending('.prisma')) {
    const file = await reader.text(path)
    for (const match of file?.text.matchAll(/^generator\s+\w+\s*\{[^}]*\}/gm) ?? []) {
      if (!/\bprovider\s*=\s*"prisma-client(-js)?"/.test(match[0])) continue
      const withoutEngine = /\bengineType\s*=\s*"client"|"queryCompiler"/.test(match[0])
      const namesTargets = /\bbinaryTargets\s*=\s*\[(?!\s*"native"\s*\])/.test(match[0])
      return file && {at: file.span(match.index, match.index + match[0].length), withoutEngine, namesTargets}
    }
  }
  return undefined
}
