import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/heads',
  title: 'the migrations have one head',
  why: 'alembic upgrade head refuses to choose between several heads, whatever the database is at.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic', 'processes'],
  *run({alembic, processes}) {
    const head = processes.find(
      /\b(alembic|flask\s+db)\b.*\bupgrade(\s+head\b(?!s)|\s*$)|command\.upgrade\([^)]*["']head["']/,
    )
    const heads = processes.find(/\bupgrade\s+heads\b|command\.upgrade\([^)]*["']heads["']/)
    let read = 0
    for (const environment of alembic.environments) {
      // A file whose ids are computed may join any two heads; a missing parent is told by alembic/parents.
      if (environment.heads === undefined) continue
      read++
      const [first, second, ...others] = environment.heads
      if (!first || !second) continue
      // The deploy fails only if it runs these; else they are a trap for the next who does.
      const proven = head?.certain && environment.isRunBy(head.text) && !heads
      const same = environment.heads.find((one) =>
        environment.heads?.some((other) => other !== one && other.id === one.id),
      )
      const names = environment.heads.map(({id}) => id)
      const consequence = proven
        ? `${head.by} runs upgrade head, which refuses`
        : heads
          ? 'upgrade heads runs them all'
          : head
            ? `${head.by} may run upgrade head, which refuses`
            : 'nothing in this deploy is seen to run them, and the next alembic upgrade head refuses'
      yield {
        message: same
          ? `two files have the revision id ${same.id}, so the migrations have several heads; ${consequence}`
          : `the migrations have ${names.length} heads, ${list(names)}; ${consequence}`,
        at: second.at,
        related: [first.at, ...others.map(({at}) => at), ...(head ? [head.at] : [])],
        hint: same
          ? 'Give one of the files an id of its own.'
          : 'Join them: alembic merge heads -m "merge", or let one revise the other.',
        ...(!proven && {severity: 'warning', failsAt: head && !heads ? 'release' : 'silent'}),
      }
    }
    if (read === 0) return 'the revisions cannot be read without running them'
  },
})

const list = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
