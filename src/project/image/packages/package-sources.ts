/** Where the package manager of a base image looks for packages, when instructions may have told it of other places. */
import type {Instruction} from '../../dockerfile/parse.ts'
import {knownInstallers, runsFetched} from './fetched-scripts.ts'

/** What makes apt look elsewhere, apk and yum. */
const elsewhere =
  /sources\.list|\.sources\b|\/etc\/ap[tk]\/|add-apt-repository|archive\.debian\.org|old-releases\.ubuntu|snapshot\.debian\.org|apt\.postgresql\.org|extrepo|\bdpkg\s+(?:-i|--install)|\.deb(?![\w.])|pgdg|yum\.repos\.d|vault\.centos|\bconfig-manager\b|yum-config-manager|\.repo\b/

/** A script of the project's own; those of these names do other things. */
const script = /(?:^|[\s;&|])(?:[^\s;&|]*\/)?[\w-]+\.sh\b/
const harmless = /wait-for|entrypoint/

/** Whether something makes it look elsewhere: `maybe` where a script is run that is not read. */
export type OtherSources = 'no' | 'maybe' | 'yes'

/** `before`: what the stage says that these instructions are built on. */
export function otherSources(instructions: readonly Instruction[], before: OtherSources = 'no'): OtherSources {
  if (before === 'yes') return before
  if (instructions.some(({keyword, text}) => /^(?:RUN|COPY|ADD)$/.test(keyword) && elsewhere.test(text))) return 'yes'
  const parts = instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text.split(/&&|;/) : []))
  return parts.some(mayBring) ? 'maybe' : before
}

const mayBring = (part: string): boolean =>
  (runsFetched.test(part) || (script.test(part) && !harmless.test(part))) && !knownInstallers.test(part)
