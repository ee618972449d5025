import type {FileLocation} from '../../../check.ts'
import type {DjangoSettings} from './settings-files.ts'
import {assigned} from './static-folders.ts'

/** `os.environ.get("SECRET_KEY", "")`, and the same with decouple, django-environ and environs. */
const emptyByDefault =
  /^(?:os\.(?:environ\.get|getenv)|(?:env|config)(?:\.str)?)\(\s{0,20}["'](\w{1,100})["']\s{0,20},\s{0,20}(?:default\s{0,9}=\s{0,9})?(?:""|'')\s{0,20},?\s{0,20}\)$/

/** The variable that SECRET_KEY is empty without: Django raises "must not be empty", once something signs with it. */
export function emptySecretKey(settings: DjangoSettings): {names: string[]; at: FileLocation} | undefined {
  const given = assigned('SECRET_KEY', settings)
  if (!given) return undefined
  const {code, span} = given
  const [, name] = emptyByDefault.exec(code.text.slice(span.start, span.end).trim()) ?? []
  return name === undefined ? undefined : {names: [name], at: code.file.span(span.start, span.end)}
}
