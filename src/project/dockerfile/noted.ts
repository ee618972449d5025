/** The Dockerfile that the project's own notes tell to pass: where somebody deploys by hand, nothing else names it. */
import {posix} from 'node:path'
import {deploysIn} from '../deploys/written-deploys.ts'
import {type Files, isNear} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import {samePath} from '../files/same-path.ts'
import {TextFile} from '../files/text.ts'
import type {FlyConfig} from '../fly-config/fly-config.ts'

/**
 * What `flyctl deploy [-c FLY.TOML] --dockerfile PATH` names in the comments of that fly.toml and of the Dockerfiles beside
 * it, and in Markdown: where all that deploy this configuration agree, and the file is there.
 */
export async function notedDockerfile(
  {file: config}: FlyConfig,
  files: Files,
  reader: ProjectReader,
): Promise<string | undefined> {
  const folder = posix.dirname(config)
  const beside = files.in(folder).filter((path) => /dockerfile/i.test(posix.basename(path)))
  const prose = files.only(isNear).ending('.md')
  const read = [await reader.text(config), ...(await reader.texts([...beside, ...prose]))]
  const told = read.flatMap((file) => (file?.text.includes('deploy') ? deploysIn(notesIn(file)) : []))
  const exact = told.filter((each) => each.config !== undefined && samePath(each.config, config))
  // Without -c flyctl takes the fly.toml where it runs.
  const byDefault = config === 'fly.toml' ? told.filter((each) => each.config === undefined) : []
  const named = (exact.length > 0 ? exact : byDefault).map(({dockerfile}) => dockerfile)
  const [first] = named
  return first !== undefined && named.every((each) => each === first) && files.has(posix.normalize(first))
    ? first
    : undefined
}

/** Markdown without the signs of code, and the comments of another file without theirs. */
function notesIn(file: TextFile): TextFile {
  const text = file.path.endsWith('.md') ? file.text : file.text.replace(/^[ \t]{0,200}#|^[^#\n].*$/gm, '')
  return new TextFile(file.path, file.absolute, text.replaceAll('`', ' '))
}
