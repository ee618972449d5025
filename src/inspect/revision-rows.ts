/** A line of the drawing: the lanes, and on some of them a revision. */
export interface Row {
  graph: string
  /** The revision whose dot stands in it. */
  index: number | undefined
}

/**
 * Draws a graph as `git log --graph` does, children above parents: a dot for a revision, a lane for each line of
 * revisions that goes on below, and a row of corners where lanes part (a merge) or meet (a branch point).
 * The revisions must be in that order; a parent that is not among them leaves its lane open.
 */
export function graphRows(revisions: readonly {id: string; parents: readonly string[]}[]): Row[] {
  const rows: Row[] = []
  const known = new Set(revisions.map(({id}) => id))
  /** The id that each lane leads down to. */
  let lanes: (string | undefined)[] = []
  revisions.forEach(({id, parents}, index) => {
    let lane = lanes.indexOf(id)
    if (lane < 0) {
      const free = lanes.indexOf(undefined)
      lane = free < 0 ? lanes.length : free
      lanes[lane] = id
    }
    // Lanes that led here, too, meet it.
    const meeting = lanes.flatMap((each, at) => (each === id && at !== lane ? [at] : []))
    if (meeting.length > 0) {
      rows.push({graph: corners(lanes, lane, meeting, '┴', '╯'), index: undefined})
      for (const at of meeting) lanes[at] = undefined
    }
    rows.push({graph: draw(lanes, (_, at) => (at === lane ? '●' : undefined)), index})
    const [first, ...others] = [...new Set(parents)].filter((parent) => known.has(parent) && parent !== id)
    lanes[lane] = first
    const before = new Set(lanes.flatMap((each, at) => (each === undefined ? [] : [at])))
    const parting: number[] = []
    for (const parent of others) {
      if (lanes.includes(parent) && lanes.indexOf(parent) > lane) {
        parting.push(lanes.indexOf(parent))
        continue
      }
      const free = lanes.findIndex((each, at) => each === undefined && at > lane)
      const at = free < 0 ? lanes.length : free
      lanes[at] = parent
      parting.push(at)
    }
    const last = Math.max(...parting)
    // One that joins a lane which is there already does not begin it.
    const end = before.has(last) ? '┤' : '╮'
    if (parting.length > 0) rows.push({graph: corners(lanes, lane, parting, '┬', end), index: undefined})
    while (lanes.length > 0 && lanes.at(-1) === undefined) lanes = lanes.slice(0, -1)
  })
  return rows
}

function draw(
  lanes: readonly (string | undefined)[],
  mark: (id: string | undefined, at: number) => string | undefined,
): string {
  return lanes
    .map((id, at) => mark(id, at) ?? (id === undefined ? ' ' : '│'))
    .join(' ')
    .trimEnd()
}

/** `├─╮`: from a lane to others on its right; lanes between them are crossed. */
function corners(
  lanes: readonly (string | undefined)[],
  lane: number,
  others: readonly number[],
  middle: string,
  end: string,
): string {
  const last = Math.max(...others)
  const first = Math.min(lane, ...others)
  return lanes
    .map((id, at) => {
      const isInside = at >= first && at < last
      const mark =
        at === lane
          ? '├'
          : at === last
            ? end
            : others.includes(at)
              ? middle
              : id === undefined
                ? isInside
                  ? '─'
                  : ' '
                : isInside
                  ? '┼'
                  : '│'
      return mark + (isInside ? '─' : ' ')
    })
    .join('')
    .trimEnd()
}
