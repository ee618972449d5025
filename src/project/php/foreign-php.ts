import type {Stage} from '../dockerfile/parse.ts'
import {nameParts} from '../image/base/base-images.ts'

/**
 * Whether a package of the distribution is one for its own PHP, in the official image, which has another PHP in
 * /usr/local: `php-imagick`, `php8.2-gd`, `php83-pecl-redis`.
 */
export const foreignPhp = ({image}: Pick<Stage, 'image'>, name: string): boolean =>
  nameParts(image ?? '')[0] === 'php' && /^php[\d.]{0,4}(?:-[a-z][\w+.-]*)?$/.test(name)
