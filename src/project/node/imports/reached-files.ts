import {posix} from 'node:path'
import type {Project} from '../typescript/tsconfig.ts'
import {isRoutesFile} from './configured-routes.ts'

/** Every page, layout and route of Next.js is built, and so is each of these. */
export const ofNext =
  /(?:^|\/)(?:app\/(?:.{0,300}\/)?(?:page|layout|route|template|loading|error|global-error|not-found|default|robots|sitemap|manifest)|pages\/.{1,300}|(?:src\/)?(?:middleware|proxy|instrumentation))\.[jt]sx?$/
const ofRoutes = /(?:^|\/)(?:app|src)\/(?:routes\/.{1,300}|root|entry\.(?:server|client))\.[jt]sx?$/
const ofSvelte = /(?:^|\/)src\/(?:routes\/(?:.{1,300}\/)?\+[^/]{1,100}|hooks\.(?:server|client)\.[jt]s)$/
const ofRouter = /(?:^|\/)app\/(?:root|entry\.(?:server|client))\.[jt]sx?$/
const ofPackage = /^(?:index|main|server|app)\.[cm]?[jt]sx?$/

/** The files that a bundler surely sees: where a framework or a package begins, and what is imported from there on. */
export async function reachedFiles(
  sources: readonly string[],
  links: ReadonlyMap<string, readonly string[]>,
  {reader, paths}: Project,
): Promise<ReadonlySet<string>> {
  const texts = (await reader.texts(paths.named('package.json'))).map(({text}) => text)
  const names = (pattern: RegExp) => texts.some((text) => pattern.test(text))
  const hasNext = names(/"next"\s*:/)
  const hasRoutes = names(/"@(?:remix-run\/dev|react-router\/fs-routes|tanstack\/(?:react-)?start)"\s*:/)
  const hasSvelte = names(/"@sveltejs\/kit"\s*:/)
  const hasRouter = names(/"@react-router\/dev"\s*:/)
  const begins = (path: string) =>
    (hasNext && ofNext.test(path)) ||
    (hasRouter && (isRoutesFile(path) || ofRouter.test(path))) ||
    (hasSvelte && ofSvelte.test(path)) ||
    (hasRoutes && ofRoutes.test(path)) ||
    (ofPackage.test(posix.basename(path)) && beginsPackage(path))
  const reached = new Set(sources.filter(begins))
  for (const path of reached) for (const next of links.get(path) ?? []) reached.add(next)
  return reached

  /** `src/main.tsx`, beside package.json or in its src/. */
  function beginsPackage(path: string): boolean {
    const home = posix.dirname(path).replace(/(?:^|\/)src$/, '')
    return paths.has(posix.join(home, 'package.json'))
  }
}
