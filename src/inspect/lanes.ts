type Lanes = readonly (string | undefined)[]

/** One revision in a drawing of lanes, children above their parents. */
export interface LaneStep {
  index: number
  /** The lane that it stands in. */
  lane: number
  /** Other lanes that led here and end: several revisions follow this one. */
  meeting: number[]
  /** The lane that leads to each of its parents, the first one first. */
  ways: {parent: string; lane: number}[]
  /** Ways, the first one left out, whose lane was there before. */
  joined: number[]
  /** The id that each lane leads down to: with those that meet here, at the revision, and behind it. */
  before: Lanes
  at: Lanes
  after: Lanes
}

/**
 * Gives each revision a lane, as `git log --graph` does: a line of revisions goes on in its own. The revisions must
 * stand in that order; a parent that is not among them has no way to it.
 */
export function laneSteps(revisions: readonly {id: string; parents: readonly string[]}[]): LaneStep[] {
  const known = new Set(revisions.map(({id}) => id))
  let lanes: (string | undefined)[] = []
  return revisions.map(({id, parents}, index) => {
    let lane = lanes.indexOf(id)
    if (lane < 0) {
      const free = lanes.indexOf(undefined)
      lane = free < 0 ? lanes.length : free
      lanes[lane] = id
    }
    const before = [...lanes]
    const meeting = lanes.flatMap((each, at) => (each === id && at !== lane ? [at] : []))
    for (const at of meeting) lanes[at] = undefined
    const at = [...lanes]
    const [first, ...others] = [...new Set(parents)].filter((parent) => known.has(parent) && parent !== id)
    lanes[lane] = first
    const ways = first === undefined ? [] : [{parent: first, lane}]
    const taken = new Set(lanes.flatMap((each, position) => (each === undefined ? [] : [position])))
    for (const parent of others) {
      if (lanes.includes(parent) && lanes.indexOf(parent) > lane) {
        ways.push({parent, lane: lanes.indexOf(parent)})
        continue
      }
      const free = lanes.findIndex((each, position) => each === undefined && position > lane)
      const own = free < 0 ? lanes.length : free
      lanes[own] = parent
      ways.push({parent, lane: own})
    }
    const joined = ways.slice(1).flatMap((way) => (taken.has(way.lane) ? [way.lane] : []))
    const after = [...lanes]
    while (lanes.length > 0 && lanes.at(-1) === undefined) lanes = lanes.slice(0, -1)
    return {index, lane, meeting, ways, joined, before, at, after}
  })
}
