import {allInstructions, mountsOf, rootImage} from '../../dockerfile/parse.ts'
import {plainName} from '../base/base-images.ts'
import type {BuildCommand} from '../build-commands.ts'
import {overlaps} from '../files/image-path.ts'
import type {Lack} from './fetched-programs.ts'

/**
 * Images of which programs are all there is: those of distroless without `debug`, Microsoft's chiseled ones, and those of
 * that kind of others (their own READMEs).
 */
const withoutShell =
  /^(?:scratch$|gcr\.io\/distroless\/(?!.*debug)|mcr\.microsoft\.com\/dotnet\/[\w/-]+:[\w.-]*(?:chiseled|distroless)|(?:oven\/bun|denoland\/deno):(?:[\w.]+-)?distroless|cgr\.dev\/chainguard\/static(?::|$))/

/** RUNs that a shell reads, where there is none: "exec: "/bin/sh": stat /bin/sh: no such file or directory". */
export function* runsWithoutShell(commands: readonly BuildCommand[]): Generator<Lack> {
  for (const command of commands) {
    const {stage, instruction, files} = command.moment
    if (!withoutShell.test(plainName(rootImage(stage) ?? '')) || /^\s*\[/.test(instruction.text)) continue
    const isBrought =
      files.get('/bin/sh') !== undefined ||
      command.moment.unknown.some(({by, path}) => by === 'copy' && overlaps(path, '/bin/sh')) ||
      mountsOf(instruction).some((mount) => mount.has('from')) ||
      allInstructions(stage).some(({keyword}) => keyword === 'SHELL')
    if (!isBrought) yield {command, program: 'sh', says: 'stat /bin/sh: no such file or directory'}
  }
}
