import {isAbsolute, posix} from 'node:path'
import type {Report} from './report.ts'

/** How a deploy is called among others: its configuration, as seen from where preflight was started. */
export const deployName = ({root, config}: Pick<Report['target'], 'root' | 'config'>): string =>
  isAbsolute(root) ? `${root}/${config ?? ''}` : posix.join(root, config ?? '')
