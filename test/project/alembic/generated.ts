import {type Case, envScript} from './cases.ts'

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Projects with graphs that nobody thought of: lines, forks, merges, and now and then a mistake. */
export function generated(seed: number, count: number): Case[] {
  const next = random(seed)
  const below = (limit: number) => Math.floor(next() * limit)
  const chance = (part: number) => next() < part
  return Array.from({length: count}, (_, index) => {
    const size = 1 + below(9)
    // Half of them are without a mistake, except that they may fork.
    const careless = index % 2 === 0 ? 0 : 0.12
    const files = Array.from({length: size}, (_, at): [string, string] => {
      const id = chance(careless) ? `r${below(size)}` : `r${at}`
      const parent = () => (chance(careless) ? `r${below(size + 1)}` : `r${chance(0.6) ? at - 1 : below(at)}`)
      const quoted = (names: string[]) => names.map((name) => `"${name}"`)
      const parents = at === 0 || chance(0.06) ? [] : Array.from({length: chance(0.3) ? 2 : 1}, parent)
      const down =
        parents.length === 0 ? 'None' : parents.length === 1 ? quoted(parents)[0] : `(${quoted(parents).join(', ')})`
      const lines = [`revision = "${id}"`, `down_revision = ${down}`]
      if (at > 0 && chance(0.12))
        lines.push(`depends_on = "${chance(careless) ? `r${below(size + 1)}` : `r${below(at)}`}"`)
      if (chance(0.08)) lines.push(`branch_labels = ("l${chance(careless) ? 0 : at}",)`)
      return [`alembic/versions/${at}_r.py`, `${lines.join('\n')}\ndef upgrade():\n    pass\n`]
    })
    return {
      number: 1000 + index,
      name: 'a graph from a seed',
      files: {
        'alembic.ini': '[alembic]\nscript_location = alembic\n',
        'alembic/env.py': envScript,
        ...Object.fromEntries(files),
      },
      heads: [],
      upgradeHead: 'runs',
    }
  })
}
