import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {allInstructions, flagOf, instructionsBefore} from '../dockerfile/parse.ts'
import {commandsBefore} from '../image/build-commands.ts'
import {isBelow} from '../image/files/image-path.ts'
import {lacks} from '../image/moment.ts'
import {mayInstallAnything} from '../image/programs/programs.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'

/** A release that is made without the manifest of the static files which its endpoint is told of. */
export interface MissingManifest {
  /** `mix release`. */
  at: FileLocation
  path: string
  /** Where `cache_static_manifest` names it. */
  named: FileLocation
}

const digests = /phx\.digest|assets\.deploy|assets\.build|\bdigest\b/

export async function loadStaticManifests({reader}: Inputs, facts: FactStore): Promise<Fact<MissingManifest[]>> {
  const [mix, {commands}, files, dockerfile] = await facts.needAll('mixConfig', 'buildCommands', 'files', 'dockerfile')
  const [release, another] = commands.filter(
    (command) => programOf(command) === 'mix' && command.words[1] === 'release' && !command.conditional,
  )
  const named = manifestOf()
  if (!release || another || !named) return known([])
  const {moment, folder, before} = release
  // What comes after it is too late.
  const texts = [before, ...instructionsBefore(moment.stage, moment.instruction).map(({text}) => text)]
  // An alias is among the commands; a script, and the steps of a release, may run anything.
  const manifest = (await reader.text(posix.join(mix.folder, 'mix.exs')))?.text ?? ''
  const others = commandsBefore(commands, commands.indexOf(release)).map(({words}) => words.join(' '))
  if (texts.some((text) => mayInstallAnything(text)) || /\bsteps:/.test(manifest)) return known([])
  if ([...texts, ...others].some((text) => digests.test(text))) return known([])
  // Static files that lie in git are served as they are.
  const statics = posix.join(mix.folder, posix.dirname(named.path))
  if (files.ending('.css', '.js').some((path) => path.startsWith(`${statics}/`))) return known([])
  // Another stage may have made them: COPY --from=assets /app/priv ./priv
  const copies = allInstructions(dockerfile.final).filter(({keyword}) => keyword === 'COPY')
  if (copies.some((each) => flagOf(each, 'from') !== undefined && /\/(?:priv|static)\b/.test(each.text)))
    return known([])
  const place = posix.join(folder, named.path)
  const isBrought = moment.unknown.some(({by, path}) => by === 'copy' && isBelow(place, path))
  const isMissing = !isBrought && lacks({moment, before}, place)
  return known(isMissing ? [{at: release.at, path: named.path, named: named.at}] : [])

  /** The manifest that the configuration of the environment names. */
  function manifestOf(): {path: string; at: FileLocation} | undefined {
    for (const {code} of mix.files) {
      const match = /^[^#\r\n]{0,300}\bcache_static_manifest:\s{0,100}"([^"]+)"/m.exec(code.text)
      if (match) return {path: match[1] as string, at: code.file.span(match.index, match.index + match[0].length)}
    }
    return undefined
  }
}
