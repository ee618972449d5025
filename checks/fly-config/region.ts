import {defineCheck, quote} from '../../src/check.ts'

/** fly.io/docs/reference/regions on the day below, without those that have been retired. */
const knownRegions = 'ams arn cdg dfw ewr fra gru iad jnb lax lhr nrt ord sin sjc syd yyz'.split(' ')
const regionsAsOf = '2026-08-21'

/**
 * Where nothing new can be made, with what Fly.io names instead: `Region mia is deprecated and cannot have new resources
 * provisioned. Please consider using an alternate region such as dfw` (superfly/docs#2171).
 * From flyctl's internal/command/launch/plan_builder.go; bom since August 2026.
 */
const retired: ReadonlyMap<string, string> = new Map([
  ['atl', 'dfw'],
  ['bog', 'gru'],
  ['bom', 'sin'],
  ['bos', 'ewr'],
  ['den', 'dfw'],
  ['eze', 'gru'],
  ['gdl', 'dfw'],
  ['gig', 'gru'],
  ['hkg', 'sin'],
  ['mad', 'cdg'],
  ['mia', 'dfw'],
  ['otp', 'fra'],
  ['phx', 'lax'],
  ['qro', 'dfw'],
  ['scl', 'gru'],
  ['sea', 'sjc'],
  ['waw', 'ams'],
  ['yul', 'yyz'],
])

export default defineCheck({
  id: 'fly-config/region',
  title: 'primary_region is a region where machines can be made',
  why: 'In a region that Fly.io has retired, or that there is not, no machine and no volume can be made.',
  // What Fly.io offers changes, and not with the files.
  severity: 'warning',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['deployCommands', 'regions'],
  *run({flyConfig, deployCommands, regions}) {
    const {primary_region: region, deploy, mounts = []} = flyConfig.config
    // What Fly.io itself says counts, where it can be asked.
    const open = regions?.map(({code}) => code) ?? knownRegions
    if (!region || open.includes(region)) return
    if (deployCommands?.commands.some((command) => command.region)) return
    const meant = region.toLowerCase().trim()
    const instead = open.includes(meant) ? undefined : retired.get(meant)
    // Its machine is made anew for every deploy, in the primary region; others may go on where they are.
    const makesOne = Boolean(deploy?.release_command)
    if (instead) {
      yield {
        message: `primary_region is ${quote(region)}, which Fly.io has retired: ${makesOne ? 'no machine can be made there for the release command' : 'no new machines and volumes can be made there'}`,
        at: flyConfig.at('primary_region'),
        ...flyConfig.write(
          ['primary_region'],
          instead,
          `, which Fly.io names instead.${mounts.length > 0 ? ' Volumes do not move along: make new ones there from their snapshots.' : ''}`,
        ),
        ...(makesOne && {failsAt: 'release'}),
      }
    } else if (!isChoice(meant)) {
      yield {
        message: `primary_region is ${quote(region)}, ${regions ? 'which is no open region of Fly.io: no machine can be made there' : `which was no region on ${regionsAsOf}: in one that there is not, no machine can be made`}`,
        at: flyConfig.at('primary_region'),
        ...(open.includes(meant)
          ? flyConfig.write(['primary_region'], meant)
          : {
              hint: `The regions are ${open.join(', ')}.${regions ? '' : ' What is there today says: flyctl platform regions'}`,
            }),
      }
    }
  },
})

/**
 * A part of the world, or a list: the Machines API takes the first region of them that has room
 * (fly.io/docs/machines/guides-examples/machine-placement). flyctl only passes it on.
 */
const isChoice = (region: string): boolean => /^(apac|eu|na|sa|usa?|any)$|,/.test(region)
