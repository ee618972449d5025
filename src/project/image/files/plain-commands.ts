/** What the plain commands of coreutils, and of busybox, take and make by their words. */

import {plain, type Words} from '../shell/tool-words.ts'

/** What must be there, and what is made in a folder that must be there. */
export interface Paths {
  takes?: readonly string[]
  makes?: readonly string[]
}

const has = (words: Words, letters: string, ...names: string[]): boolean =>
  words.some((word) => names.includes(word) || new RegExp(`^-\\w*[${letters}]`).test(word))

/** The last word is where the others go; with -t it is not. */
function moved(words: Words, valued: Words = []): Paths {
  if (words.some((word) => /^-\w*[tT]|^--(?:target-directory|no-target-directory)/.test(word))) return {}
  const paths = plain(words, ['-S', '--suffix', ...valued])
  return paths.length < 2 ? {} : {takes: paths.slice(0, -1), makes: paths.slice(-1)}
}

/** Commands that stop without what they are given (coreutils, and busybox as well). */
export const plainCommands: Readonly<Record<string, (words: Words) => Paths>> = {
  cat: (words) => ({takes: plain(words)}),
  ls: (words) => ({takes: plain(words, ['-I', '--ignore', '--hide', '-w', '--width', '-T', '--tabsize'])}),
  cd: (words) => ({takes: plain(words).slice(0, 1)}),
  rmdir: (words) => ({takes: plain(words)}),
  rm: (words) => (has(words, 'f', '--force') ? {} : {takes: plain(words)}),
  chmod: changed,
  chown: changed,
  chgrp: changed,
  sed(words) {
    if (!has(words, 'i', '--in-place') || words.includes('')) return {}
    const scripts = ['-e', '-f', '--expression', '--file']
    const files = plain(words, scripts)
    return {takes: words.some((word) => scripts.includes(word)) ? files : files.slice(1)}
  },
  cp: moved,
  mv: moved,
  ln(words) {
    const {takes = [], makes = []} = moved(words)
    return has(words, 's', '--symbolic') ? {makes} : {takes, makes}
  },
  install(words) {
    if (has(words, 'd', '--directory')) return {}
    const {takes = [], makes = []} = moved(words, ['-m', '-o', '-g', '--mode', '--owner', '--group'])
    return has(words, 'D') ? {takes} : {takes, makes}
  },
  touch: (words) => (has(words, 'cdrt', '--no-create', '--reference', '--date') ? {} : {makes: plain(words)}),
  mkdir: (words) => (has(words, 'p', '--parents') ? {} : {makes: plain(words, ['-m', '--mode'])}),
  tee: (words) => ({makes: plain(words)}),
}

function changed(words: Words): Paths {
  return words.some((word) => word.startsWith('--reference')) ? {} : {takes: plain(words).slice(1)}
}
