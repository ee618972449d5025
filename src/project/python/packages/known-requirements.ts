import type {Image} from '../../image/image.ts'
import type {Processes} from '../../processes/processes.ts'
import type {Requirement} from './requirements.ts'

/** Every package that the image's installs name, what they bring along left out; else why that cannot be told. */
export function knownRequirements({final}: Image, processes: Processes): Requirement[] | string {
  const installs = [...final.installs, ...final.copied].filter(({tool}) => tool !== 'pip wheel')
  if (installs.length === 0) return 'the Dockerfile installs no Python packages that can be told'
  // One step that cannot be read, or one when the machine starts, may bring more.
  const later = processes.find(/\b(pip|uv|poetry|pdm|pipenv)\b.{0,300}\b(install|add|sync|run)\b/)
  if (!final.understood || later || !installs.every(({complete}) => complete)) {
    return 'not every installed Python package can be told'
  }
  return installs.flatMap(({requirements}) => requirements)
}
