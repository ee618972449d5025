import {
  type Builder,
  builderOf,
  builderOn,
  defineCheck,
  type Facts,
  isNamed,
  libcMismatch,
  libcOf,
  readyProgram,
  startsBoth,
} from '../../src/check.ts'

type Stage = Facts['image']['stages'][number]
type Release = NonNullable<Stage['release']>

export default defineCheck({
  id: 'image/libc',
  title: 'what is built finds its C library in the final image',
  why: 'A program that is linked against a newer or another C library than the final image has does not start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['runnerBuilds'],
  uses: ['image', 'dockerfile', 'nodePackages', 'files', 'buildsElse'],
  *run({runnerBuilds, image, dockerfile, nodePackages, files, buildsElse}) {
    for (const {runner, built, command, at, script, image: name, imageAt, runs, copyAt} of runnerBuilds) {
      const builder = builderOn(command, script)
      const wrong = builder && libcMismatch(builder, built, runs)
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
    // Another C library is brought along.
    if (
      !final.release ||
      startsBoth(final.root.image ?? '') ||
      !final.packages.lack(/^(?:gcompat|libc6-compat|glibc\S*)$/)
    )
      return
    const copies = stagesOf(image).flatMap(({stage}) => stage.instructions.filter(({keyword}) => keyword === 'COPY'))
    if (copies.some(({words}) => words.some((word) => /(?:^|\/)lib(?:64|\/x86_64|\/ld-)|ld-linux|glibc/.test(word))))
      return
    for (const copy of copies) {
      const from = copy.flags.find(([name]) => name === 'from')?.[1]
      const source = image.stages.findLast(({stage}) => from && isNamed(stage, from))
      const ready =
        from && source !== final ? readyProgram(source?.root.image ?? from, copy.words.slice(0, -1)) : undefined
      if (ready && isOther(ready.release, final.release) && final.packages.lack(/^musl/)) {
        yield {
          message: `${ready.program} of ${source ? nameOf(source) : from} (${ready.release.libc}) does not start on ${nameOf(final)} (${libcOf(final.release)})`,
          at: final.root.at,
          related: [copy.at],
          hint:
            final.release.libc === 'musl'
              ? `Base the last stage on Debian, or take a build of ${ready.program} for Alpine.`
              : `Copy ${ready.program} from an image that is Debian, too: its tags without -alpine.`,
          // What lies beside it may be all that is wanted.
          ...((buildsElse || !ready.named || ready.program === 'alloy') && {severity: 'warning'}),
        }
        return
      }
      if (!source?.release || source === final) continue
      const builder = builderOf(source, copy.words.slice(0, -1), nodePackages?.dependencies.keys() ?? [])
      const lacking = builder?.what.includes('mix') && !hasErlang(final) ? lackOnAlpine(source, final) : undefined
      if (lacking) {
        yield {
          message: `the release that mix makes on ${nameOf(source)} does not start on ${nameOf(final)}: ${lacking.why}`,
          at: final.root.at,
          related: [source.root.at, copy.at],
          hint: lacking.hint,
          ...(buildsElse && {severity: 'warning'}),
        }
        return
      }
      const found = builder && libcMismatch(builder, source.release, final.release)
      if (!builder || !found) continue
      // With include_erts: false the release has no program of its own: it runs in the Erlang of its image.
      if (builder.what.includes('mix') && hasErlang(final)) continue
      // .cargo/config.toml may ask for another target, or for a program that needs no C library.
      const isSet =
        builder.what.includes('cargo') && (files?.named('.cargo/config', '.cargo/config.toml') ?? []).length > 0
      const wrong = isSet ? 'likely' : found
      yield {
        message: `${builder.what} on ${nameOf(source)} (${libcOf(source.release)}) ${wrong === 'likely' ? 'may not' : 'does not'} ${builder.carries ? 'load' : 'start'} on ${nameOf(final)} (${libcOf(final.release)})`,
        at: final.root.at,
        related: [source.root.at, copy.at],
        hint: cure(source.release, final.release, builder),
        ...((buildsElse || wrong === 'likely') && {severity: 'warning'}),
      }
      return
    }
  },
})

const isOther = (built: Release, runs: Release): boolean =>
  built.libc !== runs.libc && built.libc !== 'none' && runs.libc !== 'none'

const nameOf = ({root}: Stage): string => root.image ?? 'its base'

const hasErlang = ({root, packages}: Stage): boolean =>
  /\b(?:erlang|elixir)\b/.test(root.image ?? '') || !packages.lack(/^(?:esl-)?erlang/)

/** Packages of Alpine that do not bring libstdc++ along. */
const withoutCpp =
  /^(?:openssl|libssl3|libcrypto3|ncurses(?:-libs)?|bash|ca-certificates|tzdata|curl|libgcc|file|su-exec|tini|dumb-init|zlib|jq|git|openssh-client|sqlite|sqlite-libs|postgresql-client|busybox-extras)$/

/** What the Erlang of a release loads, and the last stage has not: both are Alpine. Since Erlang 24 it is written in C++, too. */
function lackOnAlpine(built: Stage, final: Stage): {why: string; hint: string} | undefined {
  if (built.release?.name !== 'alpine' || !/^(?:docker\.io\/)?(?:library\/)?alpine(?::|$)/.test(final.root.image ?? ''))
    return undefined
  const [, erlang] = /\/elixir:[^-]{1,60}-erlang-(\d+)/.exec(built.root.image ?? '') ?? []
  const [, minor] = /(?:^|\/)elixir:1\.(\d+)(?:\.\d+)?(?:-otp-\d+)?-alpine/.exec(built.root.image ?? '') ?? []
  const isNew = Number(erlang ?? 0) >= 24 || Number(minor ?? 0) >= 14
  // Those of Elixir 1.14 and later were last built on 3.17 or a later one.
  const from = built.release.alpine ?? (isNew ? 17 : undefined)
  const to = final.release?.alpine
  if (from !== undefined && to !== undefined && from >= 17 && to < 17 && final.packages.lack(/openssl3|libcrypto3/))
    return {
      why: `it is linked with OpenSSL 3, and Alpine 3.${to} has OpenSSL 1.1 (libcrypto.so.3: No such file or directory)`,
      hint: built.release.alpine ? `FROM alpine:3.${from}` : 'Take alpine:3.17 or later.',
    }
  return isNew && final.packages.lack((name) => !withoutCpp.test(name))
    ? {
        why: 'the Erlang of it loads libstdc++.so.6, which nothing installs there',
        hint: 'RUN apk add --no-cache libstdc++ openssl ncurses-libs',
      }
    : undefined
}

/** The final stage and those that it is built on. */
const stagesOf = ({stages, final}: Facts['image']): Stage[] => {
  const indexes = new Set<number>()
  for (let each: Stage['stage'] | undefined = final.stage; each; each = each.parent) indexes.add(each.index)
  return stages.filter(({stage}) => indexes.has(stage.index))
}

function cure(built: Release, runs: Release, {what}: Builder): string {
  if (built.libc === runs.libc)
    return `Build and run on the same release: take images of ${runs.system} for both, or of ${built.system}.`
  if (what.startsWith('what go')) return 'Build it without the C library: RUN CGO_ENABLED=0 go build …'
  return 'Take images of the same kind for both stages: either Debian for both, or Alpine for both.'
}
