/** Where the images of languages keep their programs. */

import {plainName} from './base-images.ts'

const inLocal = new Map([
  [/^php:/, /^(?:php|php-fpm)$/],
  [/^node:/, /^(?:node|npm|npx|corepack|yarn)$/],
  [/^ruby:/, /^(?:ruby|bundle|gem|rake|irb)$/],
  // Debian's own Python is in the full images.
  [/^python:(?:[\w.]+-)?(?:slim|alpine)/, /^(?:python3?|pip3?)$/],
])

/** Where the official image of a language has its programs: in no other folder of the system. */
export function placeInBase(name: string, program: string): string | undefined {
  const plain = plainName(name)
  const own = [...inLocal].some(([image, programs]) => image.test(plain) && programs.test(program))
  return own ? `/usr/local/${program === 'php-fpm' ? 'sbin' : 'bin'}/${program}` : undefined
}
