/** Programs that a COPY takes from an image of others. */
import {plainName} from '../base/base-images.ts'
import {type Release, releaseOf} from '../base/releases.ts'

export interface ReadyProgram {
  /** `node`. */
  program: string
  release: Release
  /** The COPY names the program itself, and no folder that holds others, too. */
  named: boolean
}

interface Known {
  program: string
  image: RegExp
  /** Where it lies, and the folders that are copied with it. */
  path: RegExp
  /** The C library, where the tag does not tell it. */
  release?: Release
}

const someGlibc: Release = {
  name: 'glibc',
  system: 'a system with glibc',
  libc: 'glibc',
  minor: undefined,
  archived: false,
  stated: false,
}
const inLocalBin = (names: string) => new RegExp(`^/usr/local(?:/bin(?:/(${names}))?)?/?$`)

/** All of them load the C library of their image when they start. */
const known: readonly Known[] = [
  {program: 'node', image: /^node(?::|$)/, path: inLocalBin('node')},
  {program: 'python', image: /^python(?::|$)/, path: inLocalBin('python[\\d.]*')},
  {program: 'ruby', image: /^ruby(?::|$)/, path: inLocalBin('ruby')},
  {program: 'php', image: /^php(?::|$)/, path: inLocalBin('php')},
  {program: 'bun', image: /^oven\/bun(?::|$)/, path: inLocalBin('bun')},
  // denoland/deno_docker, bin.dockerfile: the program of deno's releases, which are for glibc alone.
  {program: 'deno', image: /^denoland\/deno:bin(?:-|$)/, path: /^(\/deno)$/, release: someGlibc},
  // Its image is Ubuntu, and the program is built with cgo for the journal of systemd.
  {program: 'alloy', image: /^grafana\/alloy(?::|$)/, path: /^\/(?:usr\/)?bin\/(alloy)$/, release: someGlibc},
]

/**
 * Images on Alpine that have the glibc too, for a program of their own that is built for it: that of Deno, and those of
 * Bun before there were builds of it for musl.
 */
const hasBoth = /^(?:denoland\/deno:(?:\S+-)?alpine|oven\/bun:1\.[01](?:\.\d+)?-alpine)/

/** Whether programs start there that are built for another C library than that of its system. */
export const startsBoth = (image: string): boolean => hasBoth.test(plainName(image))

/** What these paths of an image are; undefined where it is not known. */
export function readyProgram(image: string, paths: readonly string[]): ReadyProgram | undefined {
  const name = plainName(image)
  if (hasBoth.test(name)) return undefined
  for (const {program, image: pattern, path, release = releaseOf(image)} of known) {
    if (!pattern.test(name) || !release) continue
    const found = paths.map((each) => path.exec(each)).find(Boolean)
    if (found) return {program, release, named: found[1] !== undefined}
  }
  return undefined
}
