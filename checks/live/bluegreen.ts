import {defineCheck, deployedMachines, doneBeforeMachines, type Facts, groupBy, plural} from '../../src/check.ts'

export default defineCheck({
  id: 'live/bluegreen',
  title: 'a bluegreen deploy finds machines that it can replace',
  why: 'flyctl stops a bluegreen deploy when the machines do not all run one image, or belong to somebody else.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig', 'app'],
  uses: ['deployCommands'],
  appliesTo({flyConfig, deployCommands}) {
    if (flyConfig.config.deploy?.strategy !== 'bluegreen') return 'the strategy is not bluegreen'
    const elsewhere = deployCommands?.hasFlag('--strategy') || deployCommands?.picksMachines
    return !elsewhere || 'a deploy chooses its strategy or its machines on the command line'
  },
  *run({flyConfig, app}) {
    const own = deployedMachines(app).filter(({group}) => flyConfig.groups.includes(group))
    const at = flyConfig.at('deploy', 'strategy')

    // What a host does not tell is left out (strategy_bluegreen.go, DetectMultipleImageVersions).
    const pulled = own.filter(({image, reachable}) => image && reachable)
    const images = groupBy(pulled, ({image}) => image)
    if (images.size > 1) {
      const byRelease = [...images].sort(([, [one]], [, [other]]) => (one?.release ?? 0) - (other?.release ?? 0))
      const told = byRelease.map(([image, machines]) => `${image} on ${plural(machines.length, 'machine')}`)
      yield {
        message: `the machines of ${app.name} run ${images.size} images (${told.join(', ')}), and a bluegreen deploy goes on only where all run the same${doneBeforeMachines(flyConfig.config)}`,
        at,
        related: own.map(({id}) => ({live: 'app' as const, subject: id})),
        hint: `Destroy those of the image that should not be there: flyctl machine destroy --force --image ${byRelease[0]?.[0]} -a ${app.name}. Or deploy once with --strategy rolling`,
      }
    }

    const foreign = deployedMachines(app).length === 0 ? foreignMachines(app, flyConfig) : []
    const [first] = foreign
    if (first) {
      yield {
        message: `${app.name} has no machines of Fly Launch, and ${plural(foreign.length, 'other machine')} of the group ${first.group}: flyctl does not know which a bluegreen deploy may replace, and stops`,
        at,
        related: foreign.map(({id}) => ({live: 'app' as const, subject: id})),
        hint: `Destroy what is not needed (flyctl machine destroy ${foreign.map(({id}) => id).join(' ')} --force -a ${app.name}), or let deploy have them: flyctl machine update ID --metadata fly_platform_version=v2 -a ${app.name}`,
        // Older versions of flyctl, before July 2026, go on and make machines beside them.
        severity: 'warning',
      }
    }
  },
})

/** validateNoDetachedBluegreenMachines (internal/command/deploy/machines.go). */
const foreignMachines = ({machines}: Facts['app'], {groups}: Facts['flyConfig']) =>
  machines.filter(({managed, group}) => !managed && groups.includes(group))
