import type {FileLocation} from '../../check.ts'
import type {Files} from '../files.ts'
import type {ProjectReader} from '../reader.ts'

/**
 * `${X}` without a default in the configuration that Spring Boot reads in every profile. The names are those of
 * environment variables: another property may stand behind one in lower case.
 */
export async function springVariables(
  paths: Files,
  reader: ProjectReader,
): Promise<{names: string[]; at: FileLocation}[]> {
  const own = paths.named(
    ...['application.properties', 'application.yml', 'application.yaml'].flatMap((name) => [
      `src/main/resources/${name}`,
      `src/main/resources/config/${name}`,
    ]),
  )
  const [only, another] = own
  // Of several modules it is not known which is started.
  const file = another === undefined ? await reader.text(only) : undefined
  // Documents of one profile alone, and files that are read besides.
  if (!file || /spring\.(?:config|profiles)|^[ \t]*(?:on-profile|import):|^---/m.test(file.text)) return []
  return [...file.text.matchAll(/^[ \t]*[^#!\s][^\n]*/gm)].flatMap(({0: line, index}) =>
    [...line.replace(/\s#.*$/s, '').matchAll(/(?<!:)\$\{([A-Z][A-Z0-9_]*)\}/g)].map((match) => {
      const start = index + match.index
      return {names: [match[1] as string], at: file.span(start, start + match[0].length)}
    }),
  )
}
