import {defineCheck, type Facts, type Finding} from '../../src/check.ts'

type Call = Facts['workflows']['deploys'][number]['call']

export default defineCheck({
  id: 'ci/step-environment',
  title: 'the build and the app get what the deploying step sets',
  why: 'flyctl hands nothing of its own environment on: an ARG stays empty, vite.config.ts and the app read nothing.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['workflows', 'flyConfig', 'dockerfile'],
  uses: ['environment', 'publicVariables', 'buildsElse'],
  *run({workflows, flyConfig, dockerfile, environment, publicVariables = [], buildsElse}) {
    if (buildsElse) return
    const instructions = dockerfile.stages.flatMap((stage) => stage.instructions)
    const empty = (name: string) => instructions.find(({keyword, words}) => keyword === 'ARG' && words.includes(name))
    const told = new Set(publicVariables.map(({name}) => name))
    for (const {call, config} of workflows.deploys) {
      // These build something else, or nothing.
      if (config !== flyConfig.file || elsewhere.some((flag) => call.flags.has(flag))) continue
      const lost = ownVariables(call).flatMap(([name, value]) => {
        const isGiven = Object.hasOwn(dockerfile.buildArgs, name) || dockerfile.globals.has(name)
        if (told.has(name) || isGiven || ofFlyctl.test(name) || mayBeRead(call, name)) return []
        const argument = empty(name)
        const isNamed = instructions.some(({text}) => text.includes(name))
        const read = isNamed
          ? undefined
          : environment?.reads.find((each) => each.name === name && ofBuild.test(each.at.file))
        return argument || read ? [{name, value, argument, read}] : []
      })
      const [first, ...others] = lost
      if (!first) {
        yield* unreadByApp(call)
        continue
      }
      for (const {name} of lost) told.add(name)
      const {name, value, argument, read} = first
      const isSecret = value.text.includes('secrets.') && read !== undefined
      yield {
        message: `${name} is set for flyctl alone, which hands nothing of its environment to the build: ${argument ? `ARG ${name} of ${dockerfile.file.path} stays empty` : `${read?.at.file} reads it there, and finds nothing`}${alsoOf(others)}`,
        at: value.at,
        related: [argument?.at ?? read?.at ?? call.at, call.at],
        hint: isSecret
          ? `Hand it over: flyctl deploy --build-secret ${name}="$${name}", and mount it where it is needed: RUN --mount=type=secret,id=${name},env=${name} …`
          : `Hand it over: flyctl deploy --build-arg ${name}="$${name}"${argument ? '' : `, with ARG ${name} in the stage that builds`}.`,
      }
    }

    function* unreadByApp(call: Call): Generator<Finding> {
      // What the app has by another way, or a step sets as a secret.
      const isElsewhere = (name: string) =>
        flyConfig.config.env?.[name] !== undefined ||
        instructions.some(({keyword, text}) => keyword === 'ENV' && text.includes(name)) ||
        /\bsecrets\s+(?:set|import)\b/.test(call.workflow.file.text)
      const unread = ownVariables(call).flatMap(([name, value]) => {
        const read = environment?.reads.find((each) => each.name === name && !ofBuild.test(each.at.file))
        const isOther = told.has(name) || ofFlyctl.test(name) || mayBeRead(call, name) || isElsewhere(name)
        return read && !isOther ? [{name, value, read}] : []
      })
      const [first, ...others] = unread
      if (!first) return
      for (const {name} of unread) told.add(name)
      const {name, value, read} = first
      const isSecret = unread.every((each) => each.value.text.includes('secrets.'))
      yield {
        message: `${name} is set for flyctl alone, which hands nothing of its environment to the machines: ${read.at.file} reads it there${alsoOf(others)}`,
        at: value.at,
        related: [read.at, call.at],
        hint: isSecret
          ? `Set it as a secret of the app, unless it is one already: flyctl secrets set --stage ${name}="$${name}" before the deploy.`
          : `Write it in [env] of ${flyConfig.file}, or hand it over: flyctl deploy --env ${name}="$${name}"`,
        // The app may have it as a secret of its own.
        ...(isSecret && {severity: 'info'}),
      }
    }
  },
})

const alsoOf = (others: readonly {name: string}[]): string =>
  others.length > 0 ? ` (so is it with ${others.map(({name}) => name).join(', ')})` : ''

const elsewhere = ['image', 'dockerfile', 'nixpacks', 'buildpacks', 'build-target', 'target', 'build-only']
/** What flyctl, Docker and the runner go by. */
const ofFlyctl =
  /^(?:FLY_\w+|(?:DOCKER|BUILDKIT|BUILDX|GITHUB|GH|RUNNER|ACTIONS|LC)_\w+|NO_COLOR|FORCE_COLOR|CI|DEBUG|LOG_LEVEL|TZ|LANG|PATH|HOME|SHELL|NODE_OPTIONS|(?:https?|no|all)_proxy)$/i
const ofBuild =
  /(?:^|\/)(?:vite|next|nuxt|astro|svelte|remix|react-router|webpack|rollup|gatsby)(?:[.-][\w.-]{1,50})?[.-]config\.[cm]?[jt]s$/
/** They may be for these, on the runner. */
const programs =
  /\b(?:npm|npx|yarn|pnpm|bunx?|make|turbo|nx|vite|docker|node|sh|bash|python3?|ruby|go|mix)\b|\.sh\b|\.\//

/** Of the step itself: what stands above is for other steps, too. */
const ownVariables = ({job, step}: Call) => {
  const start = step.keys.get('env')?.line ?? Number.POSITIVE_INFINITY
  const end = job.steps[job.steps.indexOf(step) + 1]?.at.line ?? Number.POSITIVE_INFINITY
  return [...step.env].filter(
    ([
      ,
      {
        at: {file, line = 0},
      },
    ]) => file === step.at.file && line >= start && line < end,
  )
}

/** Whether the step names it, or starts something beside flyctl that may read it. */
function mayBeRead({step, script, written}: Call, name: string): boolean {
  const texts = [step.run?.text ?? '', script, ...[...step.inputs.values()].map(({text}) => text)].join('\n')
  const rest = texts.split(written || '\0').join('\n')
  return texts.includes(name) || programs.test(rest)
}
