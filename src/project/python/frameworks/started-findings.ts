import type {Finding} from '../../../check.ts'
import type {StartedFault} from './module-faults.ts'

/** What one library refuses of the modules that the deploy starts, as a check tells it. */
export function* startedFindings(
  faults: readonly StartedFault[],
  kind: StartedFault['kind'],
  buildsElse: unknown,
): Iterable<Finding> {
  for (const {message, cure, at, command, isSure, isLate} of faults.filter((each) => each.kind === kind)) {
    yield {
      message,
      at,
      related: [command.at],
      hint: cure,
      ...((!isSure || Boolean(buildsElse)) && {severity: 'warning' as const}),
      ...(command.by === 'release_command' && {failsAt: 'release' as const}),
      ...((command.supervised || isLate) && {failsAt: 'runtime' as const}),
    }
  }
}
