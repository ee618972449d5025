import {defineCheck, type Facts} from '../../src/check.ts'

type Stage = Facts['image']['stages'][number]
type Instruction = Stage['stage']['instructions'][number]
type Release = NonNullable<Stage['release']>

/** What makes programs that load the C library of the system that they are built on. */
interface Builder {
  what: string
  command: RegExp
  /** In the stage that builds: the result then needs no C library, or it is not known which. */
  isStatic: RegExp
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
    command: /^(?:\S*\/)?(?:pip3?(?:\.\d+)? install|python\S* -m pip install|uv (?:sync|pip install)|poetry install)\b/,
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

export default defineCheck({
  id: 'image/libc',
  title: 'what is built finds its C library in the final image',
  why: 'A program that is linked against a newer or another C library than the final image has does not start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['runnerBuilds'],
  uses: ['image', 'dockerfile', 'deployCommands', 'nodePackages', 'files'],
  *run({runnerBuilds, image, dockerfile, deployCommands, nodePackages, files}) {
    for (const {runner, built, command, at, script, image: name, imageAt, runs, copyAt} of runnerBuilds) {
      const builder = builders.find((each) => each.command.test(command) && !each.isStatic.test(script))
      const wrong = builder && mismatch(builder, built, runs)
      if (!builder || !wrong) continue
      yield {
        message: `${builder.what} on the runner ${runner} (${libcOf(built)}) may not start on ${name} (${libcOf(runs)})`,
        at: imageAt,
        related: [at, copyAt],
        hint: `Take an image that is as new as the runner, such as ${built.system.toLowerCase().replace(' ', ':')}, or build in a job with container: ${runs.libc === 'glibc' ? `debian:${runs.name}` : 'alpine'}.`,
        // What else the workflow does with it is not followed.
        severity: 'warning',
      }
      return
    }
    if (!image || !dockerfile) return
    const {final} = image
    const hasNative = [...(nodePackages?.dependencies.keys() ?? [])].some((name) => native.test(name))
    // Another C library is brought along.
    if (!final.release || !final.packages.lack(/^(?:gcompat|libc6-compat|glibc\S*)$/)) return
    const copies = stagesOf(image).flatMap(({stage}) => stage.instructions.filter(({keyword}) => keyword === 'COPY'))
    if (copies.some(({words}) => words.some((word) => /(?:^|\/)lib(?:64|\/x86_64|\/ld-)|ld-linux|glibc/.test(word))))
      return
    for (const copy of copies) {
      const from = copy.flags.find(([name]) => name === 'from')?.[1]
      const source = image.stages.findLast(
        ({stage}) => from && (stage.name === from.toLowerCase() || String(stage.index) === from),
      )
      if (!source?.release || source === final) continue
      const builder = builderOf(source, copy.words.slice(0, -1), hasNative)
      const found = builder && mismatch(builder, source.release, final.release)
      if (!builder || !found) continue
      // .cargo/config.toml may ask for another target, or for a program that needs no C library.
      const isSet =
        builder.what.includes('cargo') && (files?.named('.cargo/config', '.cargo/config.toml') ?? []).length > 0
      const wrong = isSet ? 'likely' : found
      const isElse = deployCommands?.buildsElse(dockerfile.file.path) ?? false
      yield {
        message: `${builder.what} on ${nameOf(source)} (${libcOf(source.release)}) ${wrong === 'likely' ? 'may not' : 'does not'} ${builder.carries ? 'load' : 'start'} on ${nameOf(final)} (${libcOf(final.release)})`,
        at: rootOf(final).at,
        related: [rootOf(source).at, copy.at],
        hint: cure(source.release, final.release, builder),
        ...((isElse || wrong === 'likely') && {severity: 'warning'}),
      }
      return
    }
  },
})

const rootOf = ({stage}: Stage): Stage['stage'] => {
  let root = stage
  while (root.parent) root = root.parent
  return root
}

const nameOf = (stage: Stage): string => rootOf(stage).image ?? 'its base'

/** The final stage and those that it is built on. */
const stagesOf = ({stages, final}: Facts['image']): Stage[] => {
  const indexes = new Set<number>()
  for (let each: Stage['stage'] | undefined = final.stage; each; each = each.parent) indexes.add(each.index)
  return stages.filter(({stage}) => indexes.has(stage.index))
}

const libcOf = ({system, libc, minor}: Release): string =>
  libc === 'none' ? 'without a C library' : libc === 'musl' ? `${system}, musl` : `${system}, glibc 2.${minor}`

/** What in a stage makes the paths that are copied from it. */
function builderOf({stage, commands}: Stage, paths: readonly string[], hasNative: boolean): Builder | undefined {
  const instructions: Instruction[] = []
  for (let each: Stage['stage'] | undefined = stage; each; each = each.parent) instructions.push(...each.instructions)
  const texts = instructions.filter(({keyword}) => /^(?:RUN|ENV|ARG)$/.test(keyword)).map(({text}) => text)
  const candidates = [...builders, ...packages.filter(({what}) => hasNative || !what.includes('native'))]
  return candidates.find(({command, isStatic, result}) => {
    const runs = commands.filter(
      ({words, conditional}) => !conditional && command.test(words.map((word) => word ?? '').join(' ')),
    )
    if (runs.length === 0 || [...texts, ...paths].some((text) => isStatic.test(text))) return false
    return paths.some((path) => result.test(path) || texts.some((text) => makes(text, path)))
  })
}

/** Whether a RUN puts its result under this name: `-o /app/shop`, `cp target/release/shop /app/`. */
function makes(text: string, path: string): boolean {
  const name = path.split('/').findLast(Boolean)
  if (!name || /[*$]/.test(name)) return false
  return text
    .split(/&&|;|\n(?<!\\\n)/)
    .some((part) => part.includes(name) && /\s(?:-o|--outfile|--root)[ =]|^\s*(?:cp|mv|install)\s/.test(part))
}

/** Whether a program of one system surely, or likely, does not start on another. */
function mismatch(
  {always, links, staticOnAlpine, carries}: Builder,
  built: Release,
  runs: Release,
): 'sure' | 'likely' | undefined {
  if (carries) return built.libc !== runs.libc && built.libc !== 'none' && runs.libc !== 'none' ? 'likely' : undefined
  if (built.libc === 'musl') return runs.libc === 'glibc' && links && !staticOnAlpine ? 'sure' : undefined
  if (built.libc !== 'glibc') return undefined
  if (runs.libc !== 'glibc') return always ? 'sure' : 'likely'
  const [newer = 0, older = 0] = [built.minor, runs.minor]
  if (!links || newer <= older) return undefined
  // Every program that is linked since 2.34 asks for that version (__libc_start_main).
  if (newer >= 34 && older < 34) return built.stated && runs.stated ? 'sure' : 'likely'
  // What many take of 2.38 and 2.39: strtol of C23, and pidfd_spawnp of Rust's Command.
  return newer >= 39 && older < 38 ? 'likely' : undefined
}

function cure(built: Release, runs: Release, {what}: Builder): string {
  if (built.libc === runs.libc)
    return `Build and run on the same release: take images of ${runs.system} for both, or of ${built.system}.`
  if (what.startsWith('what go')) return 'Build it without the C library: RUN CGO_ENABLED=0 go build …'
  return 'Take images of the same kind for both stages: either Debian for both, or Alpine for both.'
}
