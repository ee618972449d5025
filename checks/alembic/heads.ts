import {defineCheck, type FileLocation, inSeries} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/heads',
  title: 'the migrations have one head',
  why: 'alembic upgrade head refuses to choose between several heads, whatever the database is at.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic}) {
    let read = 0
    for (const {graph, upgrade, severalHeads} of alembic.environments) {
      // A parent that is missing, or a circle, ends every command before a head is asked for.
      if (!graph || graph.problems.length > 0) continue
      read++
      const {heads, duplicates} = graph
      const [first, second, ...others] = heads
      if (!first || !second) continue
      const target = upgrade?.target
      // Lines that begin each for themselves are kept apart on purpose, where all of them are run.
      if (target === 'heads' && duplicates.length === 0 && graph.bases.length === heads.length) continue
      // The deploy fails only if it surely runs these; else they are a trap for the next who does.
      const proven = upgrade?.certain && target === 'head'
      const consequence = proven
        ? `${upgrade.by} runs upgrade head, which refuses`
        : target === 'heads'
          ? 'upgrade heads runs them all'
          : upgrade
            ? `${upgrade.by} may run upgrade head, which refuses`
            : 'nothing in this deploy is seen to run them, and the next alembic upgrade head refuses'
      const [same] = duplicates
      yield {
        message: same
          ? `two files have the revision id ${same.id}, so the migrations have several heads; ${consequence}`
          : `the migrations have ${heads.length} heads, ${inSeries(heads.map(({id}) => id))}; ${consequence}`,
        at: same?.at ?? second.at,
        related: [
          ...[first, ...(same ? [second] : []), ...others].filter((head) => head !== same).map(({at}) => at),
          ...(upgrade ? [upgrade.at] : []),
        ],
        hint: [
          same
            ? 'Give one of the files an id of its own.'
            : graph.bases.length > 1
              ? `${inSeries(graph.bases.map(({id}) => id))} follow nothing (down_revision = None): join the heads (${severalHeads?.mergeCommand}), or let the newer one follow a revision of the other line.`
              : `Join them: ${severalHeads?.mergeCommand}, or let one revise the other.`,
          ...origins(heads, severalHeads?.commits ?? []),
        ].join(' '),
        failsAt: upgrade && target !== 'heads' ? upgrade.failsAt : 'silent',
        ...(!proven && {severity: 'warning'}),
      }
    }
    if (read === 0) return 'the heads cannot be told: see alembic/config and alembic/parents'
  },
})

/** `b.py came with commit 1a2b3c4 of 2026-11-02, c.py came with commit 5d6e7f8 of 2026-11-20.` */
function origins(
  heads: readonly {id: string; at: FileLocation}[],
  commits: readonly ({hash: string; date: string} | undefined)[],
): string[] {
  const known = heads.flatMap(({at}, index) => {
    const commit = commits[index]
    return commit ? [`${at.file.split('/').at(-1)} came with commit ${commit.hash} of ${commit.date}`] : []
  })
  // One commit that brought them all says nothing of which came first.
  const telling = new Set(commits.map((commit) => commit?.hash)).size > 1
  return known.length === 0 || !telling ? [] : [`${known.join(', ')}.`]
}
