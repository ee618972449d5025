import type {FileLocation} from '../../../check.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'

export interface PrismaSchema {
  /** The generator block. */
  at: FileLocation
  /** The client runs without Prisma's engine, and so without OpenSSL (6.16 and later). */
  withoutEngine: boolean
}

/** The blocks of a schema that generate a client for JavaScript, or for TypeScript alone. */
export function* clientGenerators(schema: TextFile): Generator<{text: string; start: number; isTypeScript: boolean}> {
  for (const {0: text, index: start} of schema.text.matchAll(/^generator\s+\w+\s*\{[^}]*\}/gm)) {
    const [provider, ofJavaScript] = /\bprovider\s*=\s*"prisma-client(-js)?"/.exec(text) ?? []
    if (provider) yield {text, start, isTypeScript: ofJavaScript === undefined}
  }
}

/** The first schema with a generator of the JavaScript client. */
export async function readPrismaSchema(reader: ProjectReader, paths: Files): Promise<PrismaSchema | undefined> {
  for (const path of paths.ending('.prisma')) {
    const file = await reader.text(path)
    for (const {text, start} of file ? clientGenerators(file) : []) {
      const withoutEngine = /\bengineType\s*=\s*"client"|"queryCompiler"/.test(text)
      return file && {at: file.span(start, start + text.length), withoutEngine}
    }
  }
  return undefined
}
