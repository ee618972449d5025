import {laneSteps} from './lanes.ts'

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
  return laneSteps(revisions).flatMap(({index, lane, meeting, ways, joined, before, at, after}): Row[] => {
    const parting = ways.slice(1).map((way) => way.lane)
    // One that joins a lane which is there already does not begin it.
    const end = joined.includes(Math.max(...parting)) ? '┤' : '╮'
    return [
      ...(meeting.length > 0 ? [{graph: corners(before, lane, meeting, '┴', '╯'), index: undefined}] : []),
      {graph: draw(at, (_, position) => (position === lane ? '●' : undefined)), index},
      ...(parting.length > 0 ? [{graph: corners(after, lane, parting, '┬', end), index: undefined}] : []),
    ]
  })
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
