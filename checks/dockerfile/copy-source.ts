import {
  defineCheck,
  type Facts,
  type FileLocation,
  type Finding,
  inSeries,
  mayBeBuilt,
  plural,
  suggest,
} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/copy-source',
  title: 'what COPY and ADD take is there',
  why: 'The build ends at the first COPY whose source is missing, or that .dockerignore leaves out.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['build', 'buildContext'],
  uses: ['deployCommands', 'workflows', 'flyConfig', 'files', 'buildCommands', 'missingOutputs', 'buildsElse'],
  *run({
    build,
    buildContext,
    deployCommands,
    workflows,
    flyConfig,
    files,
    buildCommands,
    missingOutputs = [],
    buildsElse,
  }) {
    const deploys = workflows?.deploys.filter(({config}) => config === flyConfig?.file) ?? []
    const here = deploys.filter(({call: {folder}}) => folder === '.').map(({call}) => call.at)
    const lower = buildsElse ? {severity: 'warning' as const} : {}
    const {ignoreFile} = buildContext
    const leftOut = (path: string) => ({
      message: `${path} is left out of the build by ${ignoreFile?.path ?? '.dockerignore'}`,
      related: ignoreFile ? [ignoreFile.whole] : [],
      hint: `Take it back at the end of that file: !${path}`,
    })
    for (const missing of missingOutputs) {
      yield {
        ...describe(missing),
        at: missing.at,
        related: [missing.build],
        ...(missing.kind === 'nothing' && {failsAt: 'boot'}),
        ...((!missing.sure || missing.kind === 'nothing') && {severity: 'warning'}),
        ...lower,
      }
    }
    const isNowhere = (path: string): boolean => {
      const name = path.split('/').at(-1) ?? ''
      return /^[\w.-]+$/.test(name) && files?.named(name).length === 0 && !files.hasFolderNamed(name)
    }
    // In the wrong folder each COPY fails, and the first of them says so for all.
    const strays = new Map<string, Stray[]>()
    const lost: {path: string; told: Finding}[] = []
    const home = here.length === 0 ? folderOfAll() : undefined
    // Its workflows run flyctl elsewhere, and what they make there is not looked for here.
    const away = here.length === 0 ? deploys.find(({call: {folder}}) => folder !== undefined)?.call : undefined
    // What a stage lacks has that cause then, and is told of it.
    const isAbroad = build.problems.some(({kind, missing}) => kind === 'copy' && missing && missing.from === undefined)
    for (const {kind, message, at, missing, hint} of build.problems) {
      if (kind !== 'copy' || missingOutputs.some((each) => each.at === at && each.wanted === missing?.path)) continue
      if (!missing) {
        yield {message, at, hint: hint ?? 'Copy to another place, or end the destination with a /.', ...lower}
        continue
      }
      const path = missing.path.slice(1)
      if (missing.own !== undefined) {
        const {own, from} = missing
        // What git ignores, or a source of that name becomes, is made there after all.
        if (isAbroad || missing.madeLater || deployCommands?.makes(own) || !files || !buildCommands) continue
        if (mayBeBuilt(own, files, buildCommands)) continue
        // Other tools than next write into public; those of the stage that takes it, and behind it, come too late.
        const taker = build.stages.find(({stage}) => stage.instructions.some((each) => each.at === at))
        const commands = buildCommands.commands.filter(({moment}) => !taker || moment.stage.index < taker.stage.index)
        if (
          /(?:^|\/)public$/.test(own) &&
          !(commands.some(isNextBuild) && commands.every((each) => isNextBuild(each) || writesNothing(each)))
        )
          continue
        if (files.has(own) || files.hasFolder(own)) {
          if (!buildContext.leftOut(`/${own}`)) continue
          const {message: why, ...rest} = leftOut(own)
          const said = `the stage ${from} has no ${missing.path}: ${why}, and no RUN is seen to make it`
          yield {...rest, message: said, at, severity: 'warning'}
          continue
        }
        yield {
          message: `the stage ${from} has no ${missing.path}: the project has no ${own}, and no RUN is seen to make it`,
          at,
          hint: /(?:^|\/)\.env(?:\.\w+)*$/.test(own)
            ? 'Take the line out, and set the values by [env] of fly.toml or fly secrets set: a clean checkout has no such file.'
            : /\.\w+$/.test(own)
              ? 'Bring the file back, or take the line out.'
              : `Bring the folder back (git keeps no empty one: touch ${own}/.gitkeep), or take the line out.`,
          severity: 'warning',
        }
      } else if (missing.from !== undefined) {
        if (missing.madeLater) continue
        yield {
          message: `the stage ${missing.from} has no ${missing.path}${lack(missing)}`,
          at,
          hint: `Correct the path, which begins at the root of that stage, or let the stage make it.`,
          ...lower,
          ...((missing.likely || missing.argument) && {severity: 'warning'}),
        }
      } else if (missing.leftOut) {
        yield {...leftOut(path), at, ...lower}
      } else {
        const isMade = missing.madeLater || deployCommands?.makes(path)
        // Made or not: it does not come through.
        if (isMade && buildContext.closes(missing.path) && !deployCommands?.mayChange('.dockerignore')) {
          yield {...leftOut(path), at, severity: 'warning'}
          continue
        }
        const maker = isMade ? deployCommands?.madeBy(path) : undefined
        const deploy = deployCommands?.commands[0]
        const forgotten = maker && !maker.isRun && deploy
        // Where every workflow runs flyctl in the folder that has the file, only a deploy from here fails.
        const elsewhere =
          here.length === 0
            ? deploys.find(
                ({call: {folder}}) =>
                  folder !== undefined &&
                  (files?.has(`${folder}/${path}`) ||
                    files?.hasFolder(`${folder}/${path}`) ||
                    folder === missing.above?.folder),
              )
            : undefined
        // A script that names what is further up may copy it, and mostly reads it.
        const isAbove = missing.above && !missing.madeLater && !missing.argument && !(isMade && maker?.isRun !== false)
        const beside = !missing.madeLater && !missing.argument && !isMade ? home : undefined
        if (elsewhere || isAbove || beside) {
          const folder = elsewhere?.call.folder ?? missing.above?.folder ?? beside ?? '.'
          strays.set(folder, [
            ...(strays.get(folder) ?? []),
            {path, at, call: elsewhere?.call.at, above: missing.above, isMade: !!isMade},
          ])
          continue
        }
        const told: Finding = {
          message: `${path} is not in the build context, which is the folder where flyctl runs${lack(missing)}${forgotten ? `: ${maker.script.file} makes it, and the deploy does not run that` : ''}`,
          at,
          related: forgotten ? [maker.script, deploy.at] : away ? [away.at] : here,
          ...lower,
          ...((isMade || missing.argument || away) && {severity: 'warning'}),
          // Only who deploys by hand may still forget it.
          ...(maker?.isRun && {severity: 'info'}),
          hint: forgotten
            ? `Run ${maker.script.file} in ${deploy.at.file}, before flyctl deploy.`
            : away
              ? `Run preflight and flyctl in ${away.folder}, as ${away.at.file} does.`
              : missing.submodule
                ? `${missing.submodule} is a submodule: git submodule update --init ${missing.submodule}`
                : missing.madeLater
                  ? isLock.test(path)
                    ? 'git ignores it: take it out of .gitignore and commit it, so that every build installs the same versions.'
                    : 'git ignores it, so a step before the deploy must make it. Make it, or build it in the Dockerfile.'
                  : isNowhere(path)
                    ? (ofStage(at, path) ??
                      'The project has nothing of this name: commit it, or take it out of this line.')
                    : 'Correct the path: it is relative to the folder where flyctl runs, not to the Dockerfile.',
        }
        const isPlain = !(forgotten || away || isMade || missing.submodule || missing.argument)
        if (isPlain && !missing.madeLater) lost.push({path, told})
        else yield told
      }
    }
    // A Dockerfile of another project, or for another folder, lacks all that it takes.
    const [absent, ...alike] = lost
    if (absent && alike.length > 1) {
      yield {
        ...absent.told,
        message: `${absent.path} and ${plural(alike.length, 'other source')} are not in the build context, which is the folder where flyctl runs`,
        related: [...(absent.told.related ?? []), ...alike.map(({told: {at}}) => at)],
        hint: lost.every(({path}) => isNowhere(path))
          ? 'The project has nothing of these names: the Dockerfile seems to be of another one. Write it for what is here, or commit what it takes.'
          : 'The Dockerfile seems to be written for another folder: its paths begin where flyctl runs. Run flyctl there, or correct them.',
      }
    } else yield* lost.map(({told}) => told)
    for (const [folder, [first, ...others]] of strays) {
      if (!first) continue
      const {at, call, above} = first
      const [what, does] =
        others.length > 0 ? [`${first.path} and ${plural(others.length, 'other source')}`, 'are'] : [first.path, 'is']
      yield {
        message: `${what} ${does} not in this folder, but in ${folder}${call ? `, where ${call.file} runs flyctl` : ''}: a deploy from here fails`,
        at,
        related: [...(call ? [call] : here), ...others.slice(0, 4).map((each) => each.at)],
        ...lower,
        ...((call || [first, ...others].every((each) => each.isMade)) && {severity: 'warning'}),
        hint: call
          ? `Run preflight and flyctl in ${folder}, too.`
          : above
            ? deployFrom(above, at.file)
            : `Run preflight and flyctl there: cd ${folder} && flyctl deploy${flyConfig?.file === `${folder}/fly.toml` ? '' : ' -c PATH'}`,
      }
    }

    /** For `COPY /go/bin/shop /usr/local/bin/` behind another stage: that stage was meant, and is not named. */
    function ofStage(at: FileLocation, path: string): string | undefined {
      const taker = build.stages.find(({stage}) => stage.instructions.some((each) => each.at === at))?.stage
      const text = taker?.instructions.find((each) => each.at === at)?.text ?? ''
      return taker && taker.index > 0 && ` ${text}`.includes(` /${path} `)
        ? `If a stage before makes it, name that stage: COPY --from=STAGE /${path} …`
        : undefined
    }

    /** The folder of the Dockerfile, below this one, where it has all that is not here: one file may be misplaced there. */
    function folderOfAll(): string | undefined {
      const lost = build.problems.filter(
        ({kind, missing}) => kind === 'copy' && missing && !missing.from && !missing.own,
      )
      const dockerfile = lost[1]?.at.file ?? ''
      const folder = dockerfile.slice(0, Math.max(0, dockerfile.lastIndexOf('/')))
      const isThere = (path = '') => files?.has(`${folder}${path}`) || files?.hasFolder(`${folder}${path}`)
      return folder !== '' && !folder.startsWith('..') && lost.every(({missing}) => isThere(missing?.path))
        ? folder
        : undefined
    }

    /** The call for who means that folder. Without build.dockerfile flyctl would look for the Dockerfile there. */
    function deployFrom({folder, here: place}: {folder: string; here: string}, dockerfile: string): string {
      const config = flyConfig && !flyConfig.file.startsWith('../') ? ` -c ${place}/${flyConfig.file}` : ''
      const isNamed = flyConfig?.config.build?.dockerfile || dockerfile.startsWith('../')
      return `Run it there: cd ${folder} && flyctl deploy${config}${isNamed ? '' : ` --dockerfile ${place}/${dockerfile}`}`
    }
  },
})

const isLock =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|(?:poetry|uv|pdm|Cargo|Gemfile|composer|deno|flake|mix)\.lock|go\.sum)$/

/** A source of COPY that is in another folder than that of the build. */
interface Stray {
  path: string
  at: FileLocation
  /** What runs flyctl there. */
  call: FileLocation | undefined
  above: {folder: string; here: string} | undefined
  /** A script seems to make it. */
  isMade: boolean
}

const lack = ({argument}: {argument?: string}): string => (argument ? `: ${argument} has no value here` : '')

type Command = Pick<NonNullable<Facts['buildCommands']>['commands'][number], 'words'>

const isNextBuild = ({words}: Command): boolean => words[0] === 'next' && words[1] === 'build'

/** Nothing into folders of the project that are for what is written by hand; scripts of its own may write anything. */
const writesNothing = ({words: [program = '']}: Command): boolean =>
  /^(?:npm|pnpm|yarn|bun|npx|bunx|corepack|turbo|cross-env|dotenv|prisma|tsc|eslint|biome|prettier|husky|apk|apt|apt-get|rm|chown|chmod|adduser|addgroup|useradd|groupadd|echo|test|\[|set|cd|true|export|if|then|else|elif|fi|exit)$/.test(
    program,
  )

/** What a build does not write under the name that is taken. */
function describe({
  stage,
  wanted,
  tool,
  made,
  kind,
  because,
}: Facts['missingOutputs'][number]): Pick<Finding, 'message' | 'hint'> {
  if (kind === 'cached')
    return {
      message: `the stage ${stage} has no ${wanted}: its RUN writes it into a cache mount, which is in no layer of the image`,
      hint: `Copy it out of there in the same RUN, such as cp ${wanted} /out/, and take that.`,
    }
  if (kind === 'root')
    return {
      message: `the stage ${stage} is not seen to make ${wanted}: a path of COPY --from begins at the root of the stage, and that works in ${because}`,
      hint: `Write the whole path: ${made[0]}`,
    }
  if (kind === 'unmade')
    return {
      message: `the stage ${stage} has no ${wanted}: no RUN of it makes a release`,
      hint: `Make it as the last step of that stage: RUN ${tool}`,
    }
  if (kind === 'several')
    return {
      message: `${wanted} finds ${inSeries(made.map(nameOf))}, which do not fit into one file: the command stops`,
      hint: `Name the one that is meant: ${made[0]}`,
    }
  if (kind === 'nothing')
    return {
      message: `${wanted} finds nothing in the stage ${stage}: ${tool} writes ${inSeries(made)}, ${because}`,
      hint: `Copy ${made[0]}: a COPY whose pattern finds nothing goes on without it.`,
    }
  const near = suggest(nameOf(wanted), made.map(nameOf))
  const likeliest = made.find((each) => nameOf(each) === near) ?? (made[0] as string)
  const names = made.length > 3 ? `programs such as ${likeliest}` : inSeries(made)
  // go takes another name for its program; the others have theirs from the project.
  const isFree = tool === 'go build' && !because.startsWith('as -o')
  return {
    message: `the stage ${stage} has no ${wanted}: ${tool} ${isFree ? 'names the program' : 'writes'} ${names}, ${because}`,
    hint: isFree ? `Name it there: go build -o ${wanted}, or copy ${likeliest}.` : `Copy ${likeliest}.`,
  }
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
