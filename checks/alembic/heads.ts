import {defineCheck} from '../../src/check.ts'

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
    for (const {graph, upgrade} of alembic.environments) {
      // A parent that is missing, or a circle, ends every command before a head is asked for.
      if (!graph || graph.problems.length > 0) continue
      read++
      const {heads, duplicates} = graph
      const [first, second, ...others] = heads
      if (!first || !second) continue
      const target = upgrade?.target
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
          : `the migrations have ${heads.length} heads, ${list(heads.map(({id}) => id))}; ${consequence}`,
        at: second.at,
        related: [first.at, ...others.map(({at}) => at), ...(upgrade ? [upgrade.at] : [])],
        hint: same
          ? 'Give one of the files an id of its own.'
          : graph.bases.length > 1
            ? `${graph.bases.map(({id}) => id).join(' and ')} follow nothing (down_revision = None): let the newer one follow a revision of the other line, or join the heads: alembic merge heads -m "merge"`
            : 'Join them: alembic merge heads -m "merge", or let one revise the other.',
        failsAt: upgrade && target !== 'heads' ? upgrade.failsAt : 'silent',
        ...(!proven && {severity: 'warning'}),
      }
    }
    if (read === 0) return 'the heads cannot be told: see alembic/config and alembic/parents'
  },
})

const list = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
