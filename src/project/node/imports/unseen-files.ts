/** Files that may be there although the repository does not show them, or that no script needs. */
import {posix} from 'node:path'
import type {Files, Tracked} from '../../files/files.ts'

/** By the custom of tools that write files. */
export const isGenerated = (path: string): boolean =>
  /\+types\/|\/\$types|generated|\.velite|\.gen(\.|$)|_generated|(?:^|\/)(?:dist|build|target|pkg|wasm)\/|styled-system|\.contentlayer|\.next\/|\.svelte-kit|\.react-router|prisma\/client|paraglide|graphql\/__generated__|manifest/.test(
    path,
  )

/** What is no script, and bundlers know how to take: missing-assets.ts asks for those. */
export const isAsset = (path: string): boolean =>
  /\.(css|scss|sass|less|svg|png|jpe?g|webp|avif|gif|ico|woff2?|ttf|wasm|glsl|txt|html|ya?ml|graphql|gql|sql|csv|mp[34]|pdf)$/.test(
    path,
  )

/** A link of git to a folder, or a submodule, in which it is not seen what lies there. */
export function isBehindLink(path: string, paths: Files): boolean {
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder))
    if (paths.has(folder)) return true
  return false
}

/** `../../vendor/tightenco/ziggy`: what composer brings of a package of PHP. */
export function isOfComposer(path: string, all: Tracked): boolean {
  const [, folder] = /^((?:.{1,200}\/)?)vendor\/[\w-]+\/[\w-]+/.exec(path) ?? []
  return folder !== undefined && all.has(`${folder}composer.json`)
}
