import {
  defineCheck,
  doneBeforeMachines,
  type Facts,
  isFirstDeploy,
  machinesByGroup,
  plural,
  suggest,
  updatesAll,
} from '../../src/check.ts'

type Volume = Facts['volumes'][number]
type FlyConfig = Facts['flyConfig']

export default defineCheck({
  id: 'live/volumes',
  title: 'there is a free volume for every machine that needs one',
  why: 'flyctl makes volumes for the first deploy only; after that it stops where a machine is to get one and none is free.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig', 'volumes', 'app'],
  uses: ['deployCommands'],
  // Machines that such a deploy leaves out need nothing, and those may be all.
  appliesTo: updatesAll,
  *run({flyConfig, volumes, app, deployCommands}) {
    const first = isFirstDeploy(app)
    if (first === undefined) return
    // Beside machines that others made, and only such, deploy makes volumes, too; flyctl status does not list them.
    const isSure = first || app.machines.length > 0
    const region = regionOfNewMachines(flyConfig, deployCommands)
    const needs = needsOf(flyConfig, machinesByGroup(app), region)
    const free: Free[] = volumes.filter(isFree)
    if (first) provide(needs, free, region)
    // New machines are made before others are updated (deployMachinesApp).
    const unmet = [...needs.filter(({isNew}) => isNew), ...needs.filter(({isNew}) => !isNew)].flatMap((need) => {
      const found = free.filter((volume) => fits(volume, need)).slice(0, need.count)
      for (const volume of found) free.splice(free.indexOf(volume), 1)
      return found.length < need.count ? [{need, found: found.length}] : []
    })
    for (const {need, found} of unmet) {
      const {group, name, path, region: there, count, isNew} = need
      const where = there ? ` in ${there}` : ''
      const who = isNew
        ? `the new machine of the group ${group}${where} needs`
        : `${plural(count, 'machine')} of the group ${group}${where} ${count === 1 ? 'needs' : 'each need'}`
      // That one is free elsewhere is enough for what flyctl looks at before the release command (validateVolumeConfig).
      const late = isNew && free.some((volume) => volume.name === name)
      const missing = unmet.filter((each) => each.need.name === name && each.need.region === there)
      yield {
        message: `${who} a free volume "${name}", and ${state(need, volumes, free, found)}${late ? doneBeforeMachines(flyConfig.config) : ''}`,
        at: flyConfig.at(...path, 'source'),
        related: [{live: 'volumes', subject: name}],
        hint: cure(
          need,
          missing.reduce((sum, each) => sum + each.need.count - each.found, 0),
          volumes,
          free,
          app.name,
        ),
        ...(!isSure && {severity: 'warning'}),
      }
    }
  },
})

interface Need {
  group: string
  /** Of the volume. */
  name: string
  /** Of the mount. */
  path: FlyConfig['mounts'][number]['path']
  /** Undefined: any will do. */
  region: string | undefined
  count: number
  /** The machine is made by this deploy. */
  isNew: boolean
}

/** One that no machine has so far; without an id it is made by this deploy. */
type Free = Pick<Volume, 'name' | 'region'> & {id?: string}

/** One that is attached, or whose host does not answer, is no choice for flyctl (deploy/machines.go, setVolumes). */
const isFree = ({machine, reachable}: Volume): boolean => machine === undefined && reachable

const fits = ({name, region}: Free, need: Need): boolean =>
  name === need.name && (need.region === undefined || region === need.region)

function needsOf(
  {groups, mounts}: FlyConfig,
  machines: ReturnType<typeof machinesByGroup>,
  region: string | undefined,
): Need[] {
  return groups.flatMap((group): Need[] => {
    // Of several mounts of a group the first is looked at; several-mounts tells of the others.
    const mount = mounts.find((each) => each.groups.includes(group))
    if (!mount?.source || !mount.destination) return []
    const need = {group, name: mount.source, path: mount.path}
    const existing = machines.get(group)
    if (!existing) return [{...need, region, count: 1, isNew: true}]
    // No volume can be attached to a machine that there is: it is replaced, and stays in its region.
    const without = existing.filter((machine) => machine.mounts.length === 0).map((machine) => machine.region)
    return [...new Set(without)].sort().map((each) => ({
      ...need,
      region: each,
      count: without.filter((one) => one === each).length,
      isNew: false,
    }))
  })
}

/**
 * flyctl looks for exactly this region (popVolumeFor). A part of the world, or another one on the command line, is not
 * known here; with --update-only no machine is made, and then a volume anywhere will do (validateVolumeConfig).
 */
function regionOfNewMachines({config}: FlyConfig, deploys: Facts['deployCommands'] | undefined): string | undefined {
  const {primary_region: region} = config
  const elsewhere = deploys?.commands.some((command) => command.region) || deploys?.hasFlag('--update-only')
  return region && /^[a-z]{3}$/.test(region) && !elsewhere ? region : undefined
}

/** What a first deploy makes: nothing for a name that is free in whatever region (provisionVolumesOnFirstDeploy). */
function provide(needs: readonly Need[], free: Free[], region = ''): void {
  const there = free.map((volume) => volume.name)
  for (const {name} of needs) {
    const index = there.indexOf(name)
    if (index >= 0) there.splice(index, 1)
    else free.push({name, region})
  }
}

/** What there is of it, to end the sentence. */
function state(need: Need, volumes: readonly Volume[], free: readonly Free[], found: number): string {
  if (found > 0) return `only ${found} ${found === 1 ? 'is' : 'are'} free there`
  const named = volumes.filter(({name}) => name === need.name)
  if (named.length === 0) return 'the app has none of that name'
  const here = named.filter((volume) => fits(volume, need))
  if (here.some(isFree)) return 'what is free goes to another new machine'
  if (here.some(({machine}) => machine === undefined)) return 'the free one is on a host that cannot be reached'
  const elsewhere = freeElsewhere(need, free)
  if (elsewhere.length > 0) {
    const regions = [...new Set(elsewhere.map(({region}) => region))].sort().join(' and ')
    return `${elsewhere.length === 1 ? 'the free one is' : 'the free ones are'} in ${regions}`
  }
  if (here.length === 0) return 'the app has none there'
  return here.length === 1 ? 'the one that there is belongs to a machine' : `all ${here.length} belong to machines`
}

const freeElsewhere = (need: Need, free: readonly Free[]): Free[] =>
  free.filter((volume) => volume.name === need.name && volume.id && !fits(volume, need))

function cure(need: Need, missing: number, volumes: readonly Volume[], free: readonly Free[], app: string): string {
  const create = `flyctl volumes create ${need.name} -r ${need.region ?? 'REGION'} -n ${missing} -a ${app}`
  const [other] = freeElsewhere(need, free)
  if (other && need.region)
    return `${create}. It is empty; a copy of the one in ${other.region}: flyctl volumes fork ${other.id} -r ${need.region} -a ${app}`
  const names = free.map(({name}) => name)
  const meant = volumes.some(({name}) => name === need.name) ? undefined : suggest(need.name, names)
  return meant ? `Did you mean source = "${meant}", of which one is free? Else: ${create}` : create
}
