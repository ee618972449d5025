import {defineCheck, type Facts, type FileLocation, type Finding, lineage} from '../../src/check.ts'

type Stage = Facts['image']['stages'][number]

/** Names of the processors that Fly's machines have not, and of the one that they have. */
const other = /(?:^|[^a-z0-9])(?:arm64(?:v8)?|aarch64|arm(?:v|32v)[67]\w*|armhf)(?![a-z0-9])/i
const ours = /amd64|x86[-_]?64|linux-?x64|TARGETARCH|dpkg --print-architecture|uname -m/

export default defineCheck({
  id: 'image/platform',
  title: 'the image is built for amd64',
  why: "Fly's machines have amd64 processors: a program for another one ends with exec format error.",
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image', 'dockerfile'],
  uses: ['deployCommands', 'buildsElse'],
  *run({image, dockerfile, deployCommands, buildsElse}) {
    const isElse = buildsElse || deployCommands?.hasFlag('--build-arg')
    for (const stage of image.stages) {
      const base = wrongBase(stage, dockerfile)
      if (base) {
        yield {
          message: `${base}, and Fly's machines are amd64: no program of it starts`,
          at: stage.stage.at,
          hint: 'Leave --platform out, and take the image of that name without arm64.',
          // What it builds may be for amd64 all the same, where its builder can run it.
          ...((isElse || !isPartOf(stage, image.final)) && {severity: 'warning'}),
        }
        continue
      }
      yield* armFolders(stage, image.stages, isElse)
      for (const command of stage.commands) {
        const made = command.conditional ? undefined : madeForAnother(command, stage, image)
        if (!made) continue
        yield {
          message: `${made.what}, and Fly's machines ${made.machines ?? 'are amd64'}: it ${made.certain ? 'does' : 'may'} not start there`,
          at: placeOf(command.at, dockerfile.file),
          related: [command.at],
          hint: made.hint,
          ...((isElse || !made.certain) && {severity: 'warning'}),
        }
        break
      }
    }
  },
})

/** Where Debian and Ubuntu have the libraries of another processor; an image for amd64 has no such folder. */
const armFolder = /^(?:\/usr)?\/lib\/(?:aarch64|arm)-linux-gnu\w*(?:\/|$)/
const bringsFolder =
  /--add-architecture|\b(?:mkdir|install)\s[^\n]{0,300}-linux-gnu|:arm(?:64|hf)\b|\b(?:tar|unzip|rsync|dpkg-deb|debootstrap)\s|\bdpkg\s+(?:-[xX]|--extract)/

/** The steps that copy from or write to that folder, and what the loader is told to load from there. */
function* armFolders(own: Stage, stages: readonly Stage[], isElse: boolean | undefined): Generator<Finding> {
  const {stage, commands, env} = own
  if (hasFolder(own)) return
  const lowered = isElse ? {severity: 'warning' as const} : {}
  for (const {words, at, conditional, decisive} of commands) {
    const [program = '', ...rest] = words.map((word) => word ?? '$')
    const named = rest.filter((word) => !word.startsWith('-'))
    const makes = program === 'install' && rest.some((word) => /^-\w*[dD]|^--directory/.test(word))
    const asked = program === 'ln' ? named.slice(-1) : /^(?:cp|mv|install)$/.test(program) && !makes ? named : []
    const path = named.length > 1 ? asked.find((word) => armFolder.test(word)) : undefined
    if (path === undefined || conditional || !decisive) continue
    yield {
      message: `${program} needs ${folderOf(path)}, which images for arm64 have, and Fly.io builds for amd64: the build stops with "No such file or directory"`,
      at,
      hint: forAnyProcessor(path),
      failsAt: 'build',
      ...lowered,
    }
  }
  for (const {keyword, words, flags, at} of stage.instructions) {
    const path = keyword === 'COPY' ? words.slice(0, -1).find((word) => armFolder.test(word)) : undefined
    const from = flags.find(([name]) => name === 'from')?.[1]
    if (path === undefined || from === undefined || !isForAmd64(from)) continue
    yield {
      message: `COPY takes ${path}, which images for arm64 have, and Fly.io builds for amd64: the build stops with "not found"`,
      at,
      hint: forAnyProcessor(path),
      failsAt: 'build',
      ...lowered,
    }
  }
  // That of another stage, or an official image, of which Docker takes the one for amd64.
  function isForAmd64(from: string): boolean {
    const other = stages.find((each) => each.stage.name === from || `${each.stage.index}` === from)
    if (other) return !hasFolder(other) && lineage(other.stage).every((each) => isPlain(each))
    return /^[a-z]+(?::[\w.-]+)?$/.test(from)
  }

  function isPlain(each: Stage['stage']): boolean {
    const [, platform] = each.from.line.flags.find(([name]) => name === 'platform') ?? []
    return platform === undefined && !/arm|\$/.test(each.image ?? '')
  }

  const preload = env.get('LD_PRELOAD')
  const {value: loaded = ''} = preload ?? {}
  if (preload && armFolder.test(loaded))
    yield {
      message: `LD_PRELOAD names ${loaded}, which images for arm64 have, and Fly's machines are amd64: nothing of it is loaded`,
      at: preload.at,
      hint: forAnyProcessor(loaded),
      severity: 'warning',
      failsAt: 'silent',
    }
}

/** Whether a step makes such a folder, chooses between processors, or may bring anything. */
const hasFolder = ({stage}: Stage): boolean =>
  lineage(stage).some(({instructions}) =>
    instructions.some(
      ({keyword, text, words}) =>
        ours.test(text) ||
        bringsFolder.test(text) ||
        (/^(?:COPY|ADD)$/.test(keyword) && (armFolder.test(words.at(-1) ?? '') || laysAll(words))),
    ),
  )

/** A folder of the project that is laid over those of the system. */
const laysAll = (words: readonly string[]): boolean =>
  /^(?:\/usr)?(?:\/lib)?\/?$/.test(words.at(-1) ?? '') &&
  words.slice(0, -1).some((word) => !/\.\w+$/.test(word.replace(/\.so[.\d]*$/, '.so')))

const folderOf = (path: string): string => /^.*?-linux-gnu\w*/.exec(path)?.[0] ?? path

const forAnyProcessor = (path: string): string =>
  `Write ${path.replace(/(?:aarch64|arm)-linux-gnu\w*/, 'x86_64-linux-gnu')}; or $(uname -m)-linux-gnu in a RUN, which is right for both.`

const isPartOf = ({stage}: Stage, final: Stage): boolean => lineage(final.stage).includes(stage)

/** The FROM that asks for another platform, by its flag or by the image's name. */
function wrongBase({stage}: Stage, {globals}: Facts['dockerfile']): string | undefined {
  if (stage.parent) return undefined
  const written = stage.from.line.flags.find(([name]) => name === 'platform')?.[1] ?? ''
  const platform = written.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => globals.get(name) ?? whole)
  if (other.test(platform)) return `FROM asks for ${platform}`
  return /^(?:docker\.io\/)?arm(?:64v8|32v[67])\//.test(stage.image ?? '')
    ? `${stage.image} is an image for arm`
    : undefined
}

interface Made {
  what: string
  hint: string
  /** Nothing else can come of it than a program that does not run. */
  certain: boolean
  /** What Fly's machines are, or do; else amd64. */
  machines?: string
}

/** What a command builds or fetches for another processor; nothing where its RUN chooses between them. */
function madeForAnother(command: Stage['commands'][number], stage: Stage, image: Facts['image']): Made | undefined {
  const [program = '', ...rest] = command.words.map((word) => word ?? '')
  const text = [program, ...rest].join(' ')
  const name = program.split('/').at(-1)
  // Built for each of them, and the right one is chosen later.
  const choosesLater = () =>
    image.stages.some((each) => each.stage.instructions.some(({text: line}) => ours.test(line))) ||
    // It may build the server with one command, and what others fetch from it with another.
    image.stages.some((each) =>
      each.commands.some(
        ({words, at}) =>
          words[0] === program && words[1] === rest[0] && !other.test(tellers({words, at}, each).join('\n')),
      ),
    )
  if (name === 'go' && rest[0] === 'build') {
    const set = /\bGOARCH[= ]["']?(\w+)/
    const arch = tellers(command, stage).findLast((each) => set.test(each))
    const wanted = (arch && set.exec(arch)?.[1]) ?? stage.env.get('GOARCH')?.value ?? ''
    const system = systemOf(command, stage)
    if (otherSystem.test(system) && !image.stages.some((each) => each.commands.some(isForLinux(each))))
      return {what: `go builds for ${system}`, hint: 'Write GOOS=linux.', certain: true, machines: 'run Linux'}
    if (!other.test(wanted)) return undefined
    return {what: `go builds for ${wanted}`, hint: 'Write GOARCH=amd64.', certain: !choosesLater()}
  }
  const target = option(rest, ['--target', '-r', '--runtime', '-a', '--arch']) ?? ''
  if (!other.test(target) && !/\b(?:curl|wget)$/.test(name ?? '')) return undefined
  const what = `${name} ${rest[0] ?? ''} builds for ${target}`
  const hint = `Write ${forAmd64(target)} in the place of ${target}.`
  switch (name) {
    case 'cargo':
    case 'cross':
    case 'deno':
      return {what, hint, certain: !choosesLater()}
    case 'bun':
      return rest.includes('--compile') ? {what, hint, certain: !choosesLater()} : undefined
    case 'dotnet':
      // A restore alone builds nothing; without code of the processor's own the result runs anywhere.
      if (!/^(?:publish|build)$/.test(rest[0] ?? '')) return undefined
      return {
        what,
        hint,
        certain:
          !choosesLater() && /--self-contained(?! false)|--sc\b|PublishAot=true|PublishSingleFile=true/.test(text),
      }
    case 'curl':
    case 'wget': {
      const address = rest.find((word) => /^https?:/.test(word) && other.test(word.replace(/^https?:\/\/[^/]*/, '')))
      if (!address || choosesLater()) return undefined
      const file = address.split('/').at(-1) ?? address
      return {
        what: `${file} is made for arm`,
        hint: `Fetch the file for amd64 (also called x86_64): ${forAmd64(file)}.`,
        certain: false,
      }
    }
    default:
      return undefined
  }
}

const otherSystem = /^(?:darwin|windows|freebsd|openbsd|netbsd)$/
const goos = /\bGOOS[= ]["']?(\w+|\$)/g

/** What GOOS is for a command of Go; `linux` where nothing says so, or a RUN has several. */
function systemOf(command: Stage['commands'][number], stage: Stage): string {
  const told = tellers(command, stage).map((each) => [...each.matchAll(goos)].map(([, system]) => system))
  const [system = 'linux', another] = new Set(
    told.findLast((each) => each.length > 0) ?? [stage.env.get('GOOS')?.value],
  )
  return another === undefined ? system : 'linux'
}

/** Whether a command builds with Go for another one than these systems: the server, beside what others fetch from it. */
const isForLinux =
  (stage: Stage) =>
  (command: Stage['commands'][number]): boolean =>
    command.words[0] === 'go' &&
    /^(?:build|install)$/.test(command.words[1] ?? '') &&
    !otherSystem.test(systemOf(command, stage))

/** What may say for which processor a command builds: the ENV and ARG of its stage, its RUN, and its own words. */
function tellers({words, at}: Pick<Stage['commands'][number], 'words' | 'at'>, {stage}: Stage): string[] {
  return [...settingsOf(stage), runs(stage).get(at.line ?? 0) ?? [], words.join(' ')].flat()
}

type Lines = Stage['stage']
const settings = new WeakMap<Lines, string[]>()
const byLine = new WeakMap<Lines, Map<number, string>>()

/** Both kept, as every command asks. */
function settingsOf(stage: Lines): string[] {
  const known =
    settings.get(stage) ?? stage.instructions.filter(({keyword}) => /^(?:ENV|ARG)$/.test(keyword)).map(({text}) => text)
  settings.set(stage, known)
  return known
}

function runs(stage: Lines): ReadonlyMap<number, string> {
  let known = byLine.get(stage)
  if (!known) {
    known = new Map()
    for (const {text, at} of stage.instructions) {
      const {line = 0, endLine = line} = at
      for (let number = line; number <= endLine; number++) known.set(number, text)
    }
    byLine.set(stage, known)
  }
  return known
}

function option(words: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    const [flag, value] = word.split(/=(.*)/s)
    if (names.includes(flag ?? '')) return value ?? words[index + 1]
  }
  return undefined
}

/** The same name in the words of the same tool. */
const forAmd64 = (text: string): string =>
  text
    .replace(/aarch64/g, 'x86_64')
    .replace(/linux-arm64$/, 'linux-x64')
    .replace(/^arm64$/, 'x64')
    .replace(/arm64/g, 'amd64')

/** The ARG or ENV that the value comes from, where the command itself does not say it. */
function placeOf(at: FileLocation, file: Facts['dockerfile']['file']): FileLocation {
  const [from, to] = [at.line ?? 1, at.endLine ?? at.line ?? 1]
  for (let number = from; number <= to; number++) if (other.test(file.line(number))) return at
  for (let number = from; number >= 1; number--) {
    if (/^\s*(?:ARG|ENV)\s/i.test(file.line(number)) && other.test(file.line(number))) return file.lineSpan(number)
  }
  return at
}
