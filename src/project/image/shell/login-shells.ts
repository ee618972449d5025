/** Shells that are started as at a login (`sh -lc`): they read /etc/profile, and that sets PATH anew. */
import {posix} from 'node:path'
import {allInstructions, rootImage} from '../../dockerfile/parse.ts'
import {plainName} from '../base/base-images.ts'
import type {BuiltStage} from '../build-stage.ts'

/** Official images of Debian. Ubuntu's /etc/profile leaves PATH alone, that of Alpine adds to it. */
const ofDebian =
  /^(?:debian|python|node|ruby|golang|rust|php|perl|openjdk|ghcr\.io\/astral-sh\/uv:\S*(?:debian|slim|bookworm|trixie|bullseye)\S*)(?::|$)/

/** PATH of Debian's /etc/profile (base-files), of root; other users have less of it. */
const profile = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'.split(':')

/** What may give such a shell another PATH, or lay programs into the folders that it keeps: a login shell of the build, too. */
const changes =
  /profile|sh\b["',\s]+(?:-[a-z]*l|--login)|\.bash|\/etc\/environment|\bln\b[^;&\n]{0,300}bin|\b(?:cp|mv)\b[^;&\n]{0,300}\/usr\/(?:local\/)?bin/

/** The folders of PATH that a login shell keeps in this image; undefined where it may keep all. */
export function loginPath({stage, config}: BuiltStage): string[] | undefined {
  const base = plainName(rootImage(stage) ?? '')
  if (!ofDebian.test(base) || /alpine/.test(base)) return undefined
  const instructions = allInstructions(stage)
  if (instructions.some(({keyword, text}) => /^(?:RUN|COPY|ADD|SHELL)$/.test(keyword) && changes.test(text)))
    return undefined
  const path = (config.env.get('PATH') ?? '').split(':')
  return path.every((folder) => profile.includes(posix.resolve('/', folder))) ? undefined : profile
}

/** Whether words start a login shell: `bash -lc …`, `sh -l -c …`, `bash --login start.sh`. */
export function startsLoginShell(words: readonly string[]): boolean {
  const shell = words.findIndex((word) => /^(?:\S*\/)?(?:ba|da)?sh$/.test(word))
  if (shell < 0) return false
  for (const word of words.slice(shell + 1)) {
    if (!word.startsWith('-')) return false
    if (word === '--login' || /^-[a-z]*l/.test(word)) return true
  }
  return false
}
