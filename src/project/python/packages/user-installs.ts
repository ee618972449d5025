/** What pip lays into somebody's home, whose programs no folder of PATH has. */
import {posix} from 'node:path'
import {allInstructions, type Instruction, rootImage, type Stage} from '../../dockerfile/parse.ts'
import {plainName} from '../../image/base/base-images.ts'
import type {ResolvedInstall} from '../../image/packages/resolve-install.ts'
import {isRoot} from '../../image/users/ownership.ts'

/** Settings that name another folder, and steps that take the programs from there. */
const elsewhere =
  /\.local\/bin|\b(?:PYTHONUSERBASE|PIP_(?:TARGET|PREFIX|ROOT|USER|CONFIG_FILE))\b|pip\.conf|pip\d?\s+config/
/** A RUN that may let everybody write into the folders of the system. */
const opensSystem = /\b(?:chown|chmod|chgrp|setfacl)\b[^&;|]{0,300}\s\/(?:usr(?:\/local\S*)?)?(?:\s|$)/

/**
 * The folder whose `bin` has the programs of an install: that of `--user`, and of a user who may not write into the
 * site-packages of the official images ("Defaulting to user installation because normal site-packages is not writeable").
 */
export function userFolder({tool, location, at}: ResolvedInstall, stage: Stage): string | undefined {
  if (tool !== 'pip') return undefined
  const instructions = allInstructions(stage)
  if (instructions.some(({keyword, text}) => keyword !== 'CMD' && elsewhere.test(text))) return undefined
  const index = instructions.findLastIndex((each) => each.keyword === 'RUN' && (each.at.line ?? 0) <= (at.line ?? 0))
  const run = instructions[index]
  // Copied from another stage: the folder says it.
  if (!run || !isWithin(run, at.line ?? 0)) return location?.endsWith('/.local') ? location : undefined
  const before = instructions.slice(0, index)
  const user =
    before
      .findLast(({keyword}) => keyword === 'USER')
      ?.text.trim()
      .split(':')[0] ?? ''
  if (isRoot(user)) return location === '/root/.local' ? location : undefined
  const isOfSystem = location === '/usr/local' && /^python(?:[:@]|$)/.test(plainName(rootImage(stage) ?? ''))
  if (!/^[a-z_][\w-]*$/i.test(user) || !(isOfSystem || location === '/root/.local')) return undefined
  // uv writes into no home, and what sudo runs is root's.
  if (/\b(?:uv|sudo)\b/.test(run.text) || before.some(({text}) => opensSystem.test(text))) return undefined
  return posix.join(homeOf(user, before), '.local')
}

const isWithin = ({at, text}: Instruction, line: number): boolean => line < (at.line ?? 0) + text.split('\n').length

/** As useradd or adduser is told, or where they lay it by themselves. */
function homeOf(user: string, before: readonly Instruction[]): string {
  const maker = before.find(({text}) => /\b(?:useradd|adduser)\b/.test(text) && text.includes(user))
  return /\s(?:-h|-d|--home(?:-dir)?)[ =](\/\S+)/.exec(maker?.text ?? '')?.[1] ?? `/home/${user}`
}
