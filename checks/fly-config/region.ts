import {defineCheck, regions, regionsOf, retiredRegions} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/region',
  title: 'primary_region is a region where machines can be made',
  why: 'In a region that Fly.io has retired, or that there is not, no machine and no volume can be made.',
  // What Fly.io offers changes, and not with the files.
  severity: 'warning',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['deployCommands'],
  *run({flyConfig, deployCommands}) {
    const {primary_region: region, deploy, mounts = []} = flyConfig.config
    if (!region || regions.includes(region)) return
    if (deployCommands?.commands.some((command) => command.region)) return
    const at = flyConfig.at('primary_region')
    const meant = region.toLowerCase().trim()
    const instead = retiredRegions.get(meant)
    // Its machine is made anew for every deploy, in the primary region; others may go on where they are.
    const makesOne = Boolean(deploy?.release_command)
    if (instead) {
      yield {
        message: `Fly.io has retired the region ${region}: ${makesOne ? 'no machine can be made there for the release command' : 'no new machines and volumes can be made there'}`,
        at,
        hint: `Write primary_region = "${instead}", which Fly.io names instead.${mounts.length > 0 ? ' Volumes do not move along: make new ones there from their snapshots.' : ''}`,
        ...(makesOne && {failsAt: 'release'}),
      }
    } else if (!isChoice(meant)) {
      yield {
        message: `${region} is no region that preflight knows (of ${regionsOf}): where there is no such region, no machine can be made`,
        at,
        hint: regions.includes(meant)
          ? `Write primary_region = "${meant}".`
          : `The regions are ${regions.join(', ')}. What is there today says: flyctl platform regions`,
      }
    }
  },
})

/**
 * A part of the world, or a list: the Machines API takes the first region of them that has room
 * (fly.io/docs/machines/guides-examples/machine-placement). flyctl only passes it on.
 */
const isChoice = (region: string): boolean => /^(apac|eu|na|sa|usa?|any)$|,/.test(region)
