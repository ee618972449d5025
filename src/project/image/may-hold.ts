import {posix} from 'node:path'
import {rootName} from '../dockerfile/parse.ts'
import {escapePattern} from '../escape-pattern.ts'
import {hasNoEntrypoint, plainName} from './base/base-images.ts'
import type {BuiltStage, Unknown} from './build-stage.ts'
import {isBelow} from './files/image-path.ts'
import {isQuiet, partsOf} from './shell/quiet-run.ts'

/** Base images that hold a system and a language, and nothing of an app's own. */
const plainBases =
  /^(?:node|php|nginx|fedora|amazonlinux|rockylinux|almalinux|archlinux|openjdk|eclipse-temurin|gradle|maven|swift|oven\/bun|denoland\/deno|mcr\.microsoft\.com\/dotnet\/\S+|gcr\.io\/distroless\/\S+|quay\.io\/evl\.ms\/fullstaq-ruby|hexpm\/elixir|ghcr\.io\/astral-sh\/uv|cgr\.dev\/chainguard\/(?:rust|go|node|python|jdk|jre|static|glibc-dynamic|wolfi-base|ruby|php|bash)|lukemathwalker\/cargo-chef|rustlang\/rust)(?:[:@]|$)/

/** Folders of the system: what base images and package managers fill. */
const systemFolders = /^\/(?:bin|boot|dev|etc|lib\w*|opt|proc|run|sbin|sys|usr(?!\/src\/)|var)(?:\/|$)/
/** Those that are there, and hold at most what programs keep for themselves: caches, settings, places of disks. */
const emptyFolders =
  /^\/(?:root(?:\/\.|$)|tmp(?:\/(?:[.\w-]*cache|\.|hsperfdata|pear|NuGet)|$)|(?:media|mnt)(?:\/(?:cdrom|floppy|usb)|$))/

/** What plain bases have beside those, at the top or below /home. */
const ownOfBases: readonly (readonly [base: RegExp, paths: RegExp])[] = [
  [/^nginx/, /^\/docker-entrypoint\.(?:sh|d)(?:\/|$)/],
  // Maven and Gradle begin with it.
  [/^(?:eclipse-temurin|maven|gradle)/, /^\/__cacert_entrypoint\.sh$/],
  [/^denoland\/deno/, /^\/(?:deno-dir|tini|deno)(?:\/|$)/],
  [/^gcr\.io\/distroless/, /^\/(?:busybox|nodejs)(?:\/|$)/],
  // Images of their programs alone, which other stages copy from here.
  [/^ghcr\.io\/astral-sh\/uv/, /^\/uvx?$/],
  [/^(?:ubuntu|gradle|node|oven\/bun|mcr\.microsoft\.com\/dotnet)/, /^\/home\/(?:ubuntu|gradle|node|bun|app)(?:\/|$)/],
]

/** Whether the base image of a stage may have a path: a plain one has little beside the system's own folders. */
export function baseMayHave(stage: BuiltStage['stage'], path: string): boolean {
  if (!hasPlainBase(stage) || path === '/' || systemFolders.test(path) || emptyFolders.test(path)) return true
  const base = plainName(rootName(stage) ?? '')
  return ownOfBases.some(([name, paths]) => name.test(base) && paths.test(path))
}

/** `git -C /app clone` and what else fetches folders from elsewhere. */
const fetchers = String.raw`git\s+(?:-\S{1,50}\s+\S{1,200}\s+){0,3}(?:clone|init|checkout|pull)|gh\s+(?:repo|release)|svn\s+(?:co|checkout|export)|hg\s+clone|aws\s+s3|gsutil|rclone|(?:huggingface-cli|hf)\s+download|gdown|aria2c|dpkg-deb|dpkg\s+-[xX]|apt(?:-get)?\s+(?:download|source)|pip3?\s+(?:download|install\s[^;&|\n]{0,300}(?:--target|\s-t)\b)`

/** Programs that make or move files whose names they do not say. */
const makers = new RegExp(
  String.raw`\b(?:${fetchers}|cp|mv|tar|unzip|curl|wget|ln|rsync|patch|npx|degit|cookiecutter|composer\s+create-project|rails\s+new|django-admin|dotnet\s+new|npm\s+(init|install|i|pkg|create)|yarn(?!\s+(build|test|lint))|pnpm\s+(install|i|import|init|add|deploy)|bun\s+(install|init|add)|make|pip-compile|poetry\s+(lock|export)|uv\s+(lock|export|init)|go\s+mod\s+init|cargo\s+(init|new|generate))\b`,
)

/** A script that is fetched and run, and that installs a tool into a folder of the tool's own. */
const toolScripts =
  /\bcurl\s[^|;&\n]{0,200}(?:deb\.nodesource\.com|bun\.(?:sh|com)\/install|astral\.sh\/uv|sh\.rustup\.rs|install\.python-poetry\.org|deno\.land\/(?:x\/)?install|get\.pnpm\.io|fly\.io\/install)[^|;&\n]{0,200}\|\s*(?:sudo\s+(?:-E\s+)?)?(?:[A-Z_]+=\S*\s+){0,5}(?:(?:ba)?sh|python3?)\b(?!\s+-c)[^|;&\n]*/g

/** `ln -s`, `cp`, `mv` to one place: `ln -s /usr/bin/python3 /usr/bin/python`; what is fetched to a file, which lays nothing else. */
const placers = /^(?:sudo\s+)?(?:ln|cp|mv)\s(?:\S+\s+){1,20}(\/[\w.+@/-]*)$/
const downloads =
  /^(?:sudo\s+)?(?:curl\s(?:.{0,1000}\s)?(?:-\w*o|--output)|wget\s(?:.{0,1000}\s)?(?:-\w*O|--output-document))[ =]?(\/[\w.+@/-]+)(?:\s.*)?$/

/** What is left of a RUN without what is known to lay files elsewhere than at a path: the system's packages, links of its programs. */
function thatMayReach(text: string, path: string): string {
  if (/<<|`|\$\(/.test(text)) return text
  return partsOf(text.replace(/\\\r?\n/g, ' ').replace(toolScripts, ' '))
    .filter((part) => {
      const [, target] = placers.exec(part) ?? downloads.exec(part) ?? []
      return target === undefined ? !isQuiet(part) : isBelow(path, target) || isBelow(target, path)
    })
    .join('\n')
}

/** Whether a command may make or move files whose names it does not say. */
export const bringsUnnamed = (text: string): boolean => makers.test(text)

/** Whatever its tag: that one is often left to an ARG without a default. */
function hasPlainBase(stage: BuiltStage['stage']): boolean {
  const base = rootName(stage)
  return base !== undefined && (hasNoEntrypoint(base) || plainBases.test(plainName(base)))
}

/** Programs that move, unpack or fetch whole folders, and so files under names that they do not say. */
const movers = new RegExp(
  String.raw`\b(?:${fetchers}|gleam\s+export|tsc\s+--init|cp|mv|tar|unzip|ln|rsync|patch|degit|cookiecutter)\b`,
)
/** Whether a command fetches files, or moves whole folders. */
export const movesFiles = (text: string): boolean => movers.test(text) || /\b(?:curl|wget)\b/.test(text)

/** The sources of packages, as the program that fetches them lays them out. */
const installed: readonly (readonly [folder: RegExp, by: RegExp])[] = [
  [/\/deps\//, /\bmix\s+(?:do\s+)?deps\.get\b/],
  [/\/vendor\//, /\b(?:composer\s+install|bundle\s+install|go\s+mod\s+vendor)\b/],
  [/\/node_modules\//, /\b(?:npm|pnpm|yarn|bun)\b/],
]

/** A part of a shell text in which such words are the names of packages. */
const installs = /^(?:sudo\s+)?(?:apt-get|apt|apk|dnf|microdnf|yum|npm|pnpm|yarn|pip3?)\b/

/** It leaves files of the project in a folder of its own: turborepo.com, "prune"; moonrepo.dev, "moon docker". */
const prunes = /\bturbo\b.{0,200}\bprune\b|\bmoon\s+docker\b/s
/** pnpm.io, "pnpm deploy": the files of a member are copied into the folder that is its last word. */
const deploys = /\bpnpm\s+(?:-\S+(?:\s+[^-\s]\S*)?\s+){0,9}deploy\b/

/** Whether a RUN may leave a file of the project at a path, as a tool copies those of one member elsewhere. */
function mayLeave(text: string, path: string): boolean {
  if (prunes.test(text)) return true
  return partsOf(text.replace(/\\\r?\n/g, ' '))
    .filter((part) => deploys.test(part))
    .some((part) => {
      const target = /\s(\S+)$/.exec(part)?.[1] ?? ''
      return !/^[\w./@-]+$/.test(target) || path.split('/').includes(posix.basename(target))
    })
}

/**
 * Whether a file that the project has, and that the instructions are not seen to bring, may be in the stage all the
 * same. A program that makes files is not likely to make this one: what counts is a RUN that names it, or that moves
 * whole folders.
 */
export function mayBring(
  {stage, unknown}: Pick<BuiltStage, 'stage'> & {unknown: readonly Unknown[]},
  path: string,
): boolean {
  // `apk add --no-cache`, `opcache` and `seed-cache.ts` name no folder cache, a task `assets.deploy` none of that name.
  const name = new RegExp(
    `(?<![A-Za-z\\d]|[A-Za-z\\d]-|--no-)${escapePattern(posix.basename(path))}(?!-?[A-Za-z\\d]|[.:](?:setup|deploy|build|precompile)\\b)`,
  )
  return unknown.some((each) => {
    if (each.by === 'base') return !hasPlainBase(stage)
    if (each.by === 'copy' && !isBelow(path, each.path)) return false
    // A COPY that lays it there by its name.
    if (each.by === 'copy' && each.path === path) return true
    if (each.text === undefined) return true
    // What it keeps of the project is not seen here, or the COPY would have brought it by name.
    if (each.by === 'copy' ? prunes.test(each.text) || deploys.test(each.text) : mayLeave(each.text, path)) return true
    const parts = partsOf(thatMayReach(each.text, path).replace(/\\\r?\n/g, ' '))
    return name.test(each.text) || movers.test(parts.filter((part) => !installs.test(part)).join('\n'))
  })
}

/**
 * Whether a path that the instructions are not seen to make may be in the stage all the same: from a base image that is
 * not known, by a RUN that may have made it, or in what a COPY brought unseen.
 */
export function mayHold(
  {stage, unknown}: Pick<BuiltStage, 'stage'> & {unknown: readonly Unknown[]},
  path: string,
): boolean {
  const name = posix.basename(path)
  return unknown.some((each) => {
    if (each.by === 'copy') return isBelow(path, each.path)
    if (each.by === 'run') {
      const text = each.text ?? ''
      if (mayLeave(text, path)) return true
      if (installed.some(([folder, by]) => folder.test(path) && by.test(text))) return true
      if (isQuiet(text)) return /\bmkdir\b/.test(text) && text.includes(name)
      return text.includes(name) || makers.test(thatMayReach(text, path))
    }
    return baseMayHave(stage, path)
  })
}
