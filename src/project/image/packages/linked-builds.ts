/** What a build makes that loads the C library of the system that it is made on. */
import {allInstructions} from '../../dockerfile/parse.ts'
import type {StageImage} from '../stage-image.ts'

/** What makes programs that load the C library of the system that they are built on. */
export interface Builder {
  what: string
  command: RegExp
  /** In the stage that builds: the result then needs no C library, or it is not known which. */
  isStatic: RegExp
  /** … and without this it does not count. */
  isAsked?: RegExp
  /** On a path that is copied: the result lies there. */
  result: RegExp
  /** It does so in any case. */
  always: boolean
  /** In an Alpine image it makes programs that need no C library. */
  staticOnAlpine?: boolean
  /** It is linked against the glibc that is there, so that an older one is not enough. */
  links: boolean
  /** It holds compiled parts for the one C library or the other, and not for both. */
  carries?: boolean
}

const builders: readonly Builder[] = [
  {
    what: 'what cargo builds',
    command: /^cargo (?:build|b|install|auditable|leptos|rustc)\b/,
    isStatic: /musl|crt-static|zigbuild|RUSTFLAGS/,
    result: /(?:^|\/)target\/(?:[\w.-]+\/)?(?:release|debug|production)\/|\/cargo\/bin\//,
    staticOnAlpine: true,
    always: true,
    links: true,
  },
  {
    what: 'the release that mix makes',
    command: /^mix release\b/,
    isStatic: /include_erts/,
    result: /(?:^|\/)_build\/|\/rel(?:\/|$)/,
    always: true,
    links: true,
  },
  {
    what: 'what swift builds',
    command: /^swift build\b/,
    isStatic: /musl|static-linux|static-executable/,
    result: /(?:^|\/)\.build\/|\/staging(?:\/|$)/,
    always: true,
    links: true,
  },
  // With a C compiler at hand, as in golang's Debian images, net and os/user are taken from the C library.
  {
    what: 'what go builds without CGO_ENABLED=0',
    command: /^go (?:build|install)\b/,
    isStatic: /CGO_ENABLED|-static\b|netgo|osusergo/,
    result: /\/go\/bin\//,
    always: false,
    links: false,
  },
  // Asked for, C needs the C library of where it is built, on Alpine too; what imports nothing of it needs none.
  {
    what: 'what go builds with CGO_ENABLED=1',
    command: /^go (?:build|install)\b/,
    isStatic: /CGO_ENABLED[= ]["']?(?!["']?1\b)|-static\b|netgo|osusergo|musl-gcc/,
    isAsked: /CGO_ENABLED[= ]["']?1\b/,
    result: /\/go\/bin\//,
    always: false,
    links: true,
  },
  {
    what: 'what bun compiles',
    command: /^bun build\b.*--compile\b/,
    isStatic: /musl|--target/,
    result: /^$/,
    always: true,
    links: false,
  },
]

const packages: readonly Builder[] = [
  {
    what: 'the native packages that are installed',
    command: /^(?:npm (?:ci|install|i)|pnpm (?:install|i)|bun (?:install|i|ci)|yarn)\b/,
    isStatic: /--(?:libc|cpu|os|platform)\b|npm_config_(?:libc|platform)|supportedArchitectures/,
    result: /(?:^|\/)node_modules\/?$/,
    always: false,
    links: false,
    carries: true,
  },
  {
    what: 'the Python packages that are installed',
    command:
      /^(?:\S{0,300}\/)?(?:pip3?(?:\.\d+)? install|python\S{0,20} -m pip install|uv (?:sync|pip install)|poetry install)\b/,
    isStatic: /--platform\b|--only-binary|--python-platform/,
    result: /(?:^|\/)\.?v?env\/?$|\/site-packages\/?$/,
    always: false,
    links: false,
    carries: true,
  },
]

/** Packages with a compiled part that their installation fetches or builds for one C library (not those that bring both). */
const native =
  /^(?:better-sqlite3|sqlite3|canvas|sharp|node-rdkafka|re2|isolated-vm|libpq|zeromq|node-pty|@node-rs\/\S+|@libsql\/client|libsql|@napi-rs\/\S+|@swc\/core|lightningcss)$/

/** What a command on another machine makes; `script`: what is run there with it. */
export const builderOn = (command: string, script: string): Builder | undefined =>
  builders.find(
    ({command: own, isStatic, isAsked = /^/}) => own.test(command) && !isStatic.test(script) && isAsked.test(script),
  )

/** What in a stage makes the paths that are copied from it. `dependencies`: those of package.json. */
export function builderOf(
  {stage, commands}: Pick<StageImage, 'stage' | 'commands'>,
  paths: readonly string[],
  dependencies: Iterable<string>,
): Builder | undefined {
  const hasNative = [...dependencies].some((name) => native.test(name))
  const texts = allInstructions(stage)
    .filter(({keyword}) => /^(?:RUN|ENV|ARG)$/.test(keyword))
    .map(({text}) => text)
  const candidates = [...builders, ...packages.filter(({what}) => hasNative || !what.includes('native'))]
  return candidates.find(({command, isStatic, isAsked, result}) => {
    const runs = commands.filter(
      ({words, conditional}) => !conditional && command.test(words.map((word) => word ?? '').join(' ')),
    )
    if (runs.length === 0 || (isAsked && !texts.some((text) => isAsked.test(text)))) return false
    if ([...texts, ...paths].some((text) => isStatic.test(text))) return false
    return paths.some((path) => result.test(path) || texts.some((text) => makes(text, path)))
  })
}

/** Whether a RUN puts its result under this name: `-o /app/shop`, `cp target/release/shop /app/`. */
function makes(text: string, path: string): boolean {
  const name = path.split('/').findLast(Boolean)
  if (!name || /[*$]/.test(name)) return false
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/&&|[;\n]/)
    .some((part) => part.includes(name) && /\s(?:-o|--outfile|--root)[ =]|^\s*(?:cp|mv|install)\s/.test(part))
}
