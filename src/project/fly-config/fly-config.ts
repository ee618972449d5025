import {dirname} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {absent, type Fact, known} from '../../facts.ts'
import type {Document, Path, SyntaxProblem} from '../documents/document.ts'
import type {Inputs} from '../inputs.ts'
import {cureOf, type Unreadable} from '../reader.ts'
import type {TextFile} from '../text.ts'
import {decodeFlyConfig, type FlyConfigData} from './decode.ts'
import {configNames, findFlyConfig, otherFlyConfigs} from './find.ts'

/** fly.toml (or fly.json, fly.yaml) as flyctl understands it. */
export interface FlyConfig extends FlyConfigData {
  /** How reports name the file. */
  file: string
  /** The folder that `build.dockerfile` is relative to. Absolute. */
  folder: string
  /** The place of a key; of its nearest existing parent when the key is missing. */
  at(...path: Path): FileLocation
}

export async function loadFlyConfig(inputs: Inputs): Promise<Fact<FlyConfig>> {
  const {reader, options} = inputs
  const path = await findFlyConfig(inputs)
  if (!path) {
    const others = await otherFlyConfigs(inputs)
    return absent('there is no fly.toml', {
      kind: 'missing',
      message: `there is no ${configNames.slice(0, -1).join(', ')} or ${configNames.at(-1)} in ${reader.root === process.cwd() ? 'this folder' : reader.root}`,
      at: {file: 'fly.toml'},
      hint:
        others.length > 0
          ? `Did you mean -c ${others[0]}, or to run in its folder?`
          : 'Run preflight in the folder of fly.toml, or make one: flyctl launch --no-deploy',
      failsAt: 'gate',
      // With a name flyctl deploys without a file: it takes the configuration of the last release (remote.go).
      ...((options.app || inputs.env.FLY_APP) && {severity: 'warning'}),
    })
  }
  const file = reader.display(path)
  const result = await reader.read(path)
  if (!result.ok) {
    const others = result.kind === 'missing' ? await otherFlyConfigs(inputs) : []
    return absent(`${file} ${result.reason}`, {
      kind: result.kind === 'missing' ? 'missing' : 'unreadable',
      message: `${file} ${result.reason}`,
      at: {file, ...(result.line && {line: result.line, column: 1})},
      hint: cure(result.kind, others),
    })
  }
  const document = await parse(result.file)
  if ('message' in document) {
    return absent(`${file} does not parse`, {
      kind: 'syntax',
      message: document.message,
      at: document.at,
      hint: document.hint ?? 'Every flyctl command stops here: correct this line, or the one before it.',
    })
  }
  const {data, problems} = decodeFlyConfig(document.value)
  const problem = problems[0]
  if (problem) {
    // flyctl keeps the first problem and forgets the rest of the file (serde.go); so does preflight.
    return absent(`flyctl cannot decode ${file}`, {
      kind: 'decode',
      message: problem.message,
      at: document.at(problem.path),
      hint: problem.hint,
      app: data.app,
    })
  }
  return known({...data, file, folder: dirname(path), at: (...key) => document.at(key)})

  function cure(kind: Unreadable['kind'], others: readonly string[]): string {
    if (kind === 'missing')
      return others[0] ? `Did you mean -c ${others[0]}?` : '-c is relative to the working directory.'
    return kind === 'folder' && options.config ? `Name the file itself: -c ${file}/fly.toml` : cureOf[kind]
  }
}

/** By suffix, as flyctl does: `.json`, `.yaml`, and everything else, `.yml` too, is TOML (serde.go). */
async function parse(file: TextFile): Promise<Document | SyntaxProblem> {
  if (file.path.endsWith('.json')) return (await import('../documents/yaml.ts')).parseJson(file)
  if (file.path.endsWith('.yaml')) return (await import('../documents/yaml.ts')).parseYaml(file)
  return (await import('../documents/toml.ts')).parseToml(file)
}
