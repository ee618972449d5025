import {defineCheck, oneOf, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'policy/region',
  title: 'machines are made in regions that the policy allows',
  why: "The project's own rule in preflight.toml is broken: data may leave the place where it must stay.",
  severity: 'error',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['settings', 'flyConfig'],
  uses: ['deployCommands'],
  *run({settings, flyConfig, deployCommands}) {
    const {regions} = settings.policy
    if (!regions) return '[policy] has no regions'
    // Several may stand in a list; which one has room is decided on Fly.
    const refused = (written: string) => written.split(',').find((region) => !regions.value.includes(region.trim()))
    const {commands = []} = deployCommands ?? {}
    for (const {at, region} of commands) {
      if (!region || region.includes('$') || refused(region) === undefined) continue
      yield {
        message: `this deploy asks for the region ${quote(region)}, [policy] allows ${oneOf(regions.value)}`,
        at,
        related: [regions.at],
        hint: `Deploy with --primary-region ${regions.value[0]}, or without the flag.`,
      }
    }
    // Where each deploy of the project names a region, the one of the file does not count.
    if (commands.length > 0 && commands.every(({region}) => region)) return
    const {primary_region: primary} = flyConfig.config
    const at = flyConfig.at('primary_region')
    if (!primary) {
      yield {
        message: `${flyConfig.file} has no primary_region: where new machines are made is decided elsewhere, and [policy] allows ${oneOf(regions.value)}`,
        at,
        related: [regions.at],
        hint: `At the top level write ${flyConfig.setting('primary_region', regions.value[0] as string)}`,
        severity: 'warning',
      }
    } else if (refused(primary) !== undefined) {
      yield {
        message: `primary_region is ${quote(primary)}, [policy] allows ${oneOf(regions.value)}`,
        at,
        related: [regions.at],
        ...flyConfig.write(['primary_region'], regions.value[0] as string),
      }
    }
  },
})
