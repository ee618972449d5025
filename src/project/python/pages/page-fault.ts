import type {FileLocation} from '../../../check.ts'
import type {Use} from './template-uses.ts'

/** A template or a static file that a page names, and that the machines do not find. */
export interface PageFault extends Use {
  of: 'template' | 'static file'
  /** Called otherwise by the case of its letters; in no folder; in the project, and not in the image. */
  kind: 'case' | 'absent' | 'left-out'
  /** The file that the project has. */
  file: string | undefined
  /** The line of the ignore file that leaves it out. */
  rule: FileLocation | undefined
  /** Django, else Jinja: the error says who looks. */
  isDjango: boolean
}

/** One line leaves out all of a folder. */
export const isTold = ({kind, rule}: PageFault, found: readonly PageFault[]): boolean =>
  kind === 'left-out' && found.some((each) => each.kind === kind && each.rule?.line === rule?.line)
