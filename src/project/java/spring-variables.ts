import type {FileLocation} from '../../check.ts'
import {withoutSlashComments} from '../code/comments.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import {springSettings} from './spring-settings.ts'

/** What a property is called as a variable (Spring Boot's reference, "Binding From Environment Variables"). */
const variableOf = (key: string): string => key.toUpperCase().replaceAll('.', '_').replaceAll('-', '')

/** A bean that is there under a condition alone. */
const conditional = /@(?:Profile|Conditional\w*|Disabled|Deprecated)\b|@PropertySource/

/**
 * `@Value("${shop.currency}")` of a property that nothing sets in the profile of the deploy: "Could not resolve placeholder
 * 'shop.currency'". A variable may, or a secret.
 */
export async function springValues(
  paths: Files,
  reader: ProjectReader,
  variable: (name: string) => {value: string | undefined} | undefined,
): Promise<{names: string[]; at: FileLocation}[]> {
  const sources = paths.ending('.java', '.kt').filter((path) => /(?:^|\/)src\/main\/(?:java|kotlin)\//.test(path))
  const settings = sources.length > 0 ? await springSettings({paths, reader}, variable) : undefined
  const files = settings ? await reader.texts(sources) : []
  if (
    !settings ||
    files.some(({text}) =>
      /@PropertySource|PropertySourcesPlaceholder|EnvironmentPostProcessor|setDefaultProperties/.test(text),
    )
  )
    return []
  const found = new Map<string, {names: string[]; at: FileLocation}>()
  for (const file of files) {
    if (!/@Value\b/.test(file.text) || conditional.test(file.text)) continue
    const text = withoutSlashComments(file.text)
    for (const match of text.matchAll(/@Value\s{0,9}\(\s{0,9}"\\?\$\{([a-z][\w.-]{0,200})\}"/g)) {
      const [whole, key = ''] = match
      // What Spring itself, Java and the system set.
      if (/^(?:spring|server|java|os|user|local|random|info|management)\./.test(key) || settings.get(key) !== undefined)
        continue
      if (!key.includes('.') || found.has(key)) continue
      found.set(key, {names: [variableOf(key)], at: file.span(match.index, match.index + whole.length)})
    }
  }
  return [...found.values()]
}

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
