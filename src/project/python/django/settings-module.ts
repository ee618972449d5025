import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'

const variable = 'DJANGO_SETTINGS_MODULE'
const fallback = new RegExp(`${variable}["']\\s*,\\s*["']([\\w.]+)["']`)

/**
 * Django's settings in the machine: the module that DJANGO_SETTINGS_MODULE names there, else the one that wsgi.py or
 * asgi.py falls back to. Undefined where several files could be it.
 */
export async function settingsModule(
  paths: Files,
  reader: ProjectReader,
  given: (name: string) => string | undefined,
): Promise<TextFile | undefined> {
  let name = given(variable)
  for (const path of name ? [] : paths.named('asgi.py', 'wsgi.py')) {
    name ??= fallback.exec((await reader.text(path))?.text ?? '')?.[1]
  }
  const end = name && `${name.replaceAll('.', '/')}.py`
  const [only, another] = end ? paths.named(end) : []
  return only === undefined || another ? undefined : reader.text(only)
}
