/** `apt-key`, which releases of Debian and Ubuntu do not have any more. */
import {allInstructions} from '../../dockerfile/parse.ts'
import type {BuildCommand} from '../build-commands.ts'
import {heldOf, type Image} from '../image.ts'
import {programOf} from '../shell/command.ts'
import type {Lack} from './fetched-programs.ts'

/** apt 2.9.15 took it away (the contents of the package in Debian 13), and no other package brings it. */
const without = /^(?:trixie|forky|sid|plucky|questing|resolute)$/

export function* withoutAptKey(commands: readonly BuildCommand[], image: Image): Iterable<Lack> {
  for (const command of commands) {
    if (programOf(command) !== 'apt-key' || command.words[0] !== 'apt-key') continue
    if (command.conditional || !command.decisive || command.by !== undefined) continue
    const {held} = heldOf(image, command)
    const release = held?.release?.name
    const base = held?.root.image
    if (!release || !base || !without.test(release)) continue
    // Somebody may have written one.
    const {stage} = command.moment
    if (allInstructions(stage).some(({keyword, text}) => keyword !== 'RUN' && text.includes('apt-key'))) continue
    // A builder may still have what a tag without a release was before.
    yield {command, program: 'apt-key', says: undefined, likely: !base.includes(release)}
  }
}
