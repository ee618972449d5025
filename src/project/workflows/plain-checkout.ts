import type {FlyctlCall} from './flyctl-calls.ts'
import type {Step} from './workflow.ts'
import type {Workflows} from './workflows.ts'

/** The checkouts of the deploys that build a configuration from the working directory and fetch no more than git has. */
export const plainCheckouts = ({deploys}: Workflows, config: string, input: string, fetches: RegExp): Set<Step> =>
  new Set(
    deploys
      .filter(({config: read, call: {folder, flags}}) => read === config && folder === '.' && !flags.has('image'))
      .flatMap(({call}) => plainCheckout(call, input, fetches) ?? []),
  )

/**
 * The own checkout before a deploy, where an input of its own (`lfs`, `submodules`) does not ask for more than what git
 * has, and no step before the deploy seems to fetch that by a command: `fetches`.
 */
function plainCheckout({job: {steps}, step, before}: FlyctlCall, input: string, fetches: RegExp) {
  const checkout = ownCheckout(steps.slice(0, steps.indexOf(step)))
  if (!checkout) return undefined
  const asked = checkout.inputs.get(input)
  // Of an artifact or a cache nobody knows what is in it.
  const brings = fetches.test(before) || /download-artifact|actions\/cache|uses: \.\//.test(before)
  return brings || (asked && asked.text !== 'false') ? undefined : checkout
}

/** The one checkout of these steps, where it is of the project itself and into the working directory. */
export function ownCheckout(steps: readonly Step[]): Step | undefined {
  const [checkout, another] = steps.filter(({uses}) => /^actions\/checkout@/.test(uses?.text ?? ''))
  return checkout && !another && !isOther(checkout) ? checkout : undefined
}

/** Of another repository, or into a folder below. */
const isOther = ({inputs}: Step): boolean => ['repository', 'path'].some((name) => inputs.has(name))
