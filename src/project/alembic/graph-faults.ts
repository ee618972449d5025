import type {Fault} from './fault.ts'
import type {GraphProblem, RevisionGraph} from './graph.ts'
import type {Revision} from './revision.ts'

/** What ends every command when the graph is built, and the ids that Postgres cannot store. */
export function graphFaults({problems, duplicates}: RevisionGraph, revisions: readonly Revision[]): Fault[] {
  const twins = new Map(duplicates.map((each) => [each, revisions.filter(({id}) => id === each.id)] as const))
  return [...problems.map((problem) => told(problem, twins)), ...tooLong(revisions)]
}

/** `twins`: files beyond the first of an id, with all that have it. */
function told(problem: GraphProblem, twins: ReadonlyMap<Revision, Revision[]>): Fault {
  const common = {topic: 'parents', ends: 'load', proven: true} as const
  switch (problem.kind) {
    case 'parent':
    case 'dependency': {
      const {revision, name} = problem
      const isParent = problem.kind === 'parent'
      const relation = isParent ? 'follows' : 'depends on'
      return {
        ...common,
        message: `${revision.id} ${relation} ${name}, which no file defines: every alembic command stops with KeyError '${name}'`,
        at: revision.at,
        hint: `Correct ${isParent ? 'down_revision' : 'depends_on'}, or bring back the file that was removed or renamed.`,
      }
    }
    case 'label':
      return {
        ...common,
        message: `the branch label ${problem.name} of ${problem.revision.id} is the ${problem.other.id === problem.name ? 'id' : 'label'} of another revision: alembic refuses to build the graph`,
        at: problem.revision.at,
        related: [problem.other.at],
        hint: 'Give it a label that nothing else has.',
      }
    default: {
      const [first, ...others] = problem.revisions as [Revision, ...Revision[]]
      const dependency = problem.kind === 'dependency circle'
      const names = problem.revisions.slice(0, 4).map(({id}) => id)
      const verb = dependency ? 'depend on each other' : 'follow each other'
      // Of two files with one id the last counts, and what followed the other follows it: that makes the circle.
      const [twin] = dependency || others.length === 0 ? [] : twins
      if (twin) {
        const [{id, at}, all] = twin
        return {
          ...common,
          message: `two files have the revision id ${id}, so that ${names.join(', ')} ${verb} in a circle: every alembic command stops`,
          at,
          related: all.filter((each) => each.at !== at).map((each) => each.at),
          hint: 'Give the newer file an id of its own, in its revision and in the down_revision of what follows it.',
        }
      }
      const itself = `${first.id} ${dependency ? 'depends on' : 'follows'} itself`
      return {
        ...common,
        message: others.length === 0 ? itself : `${names.join(', ')} ${verb} in a circle`,
        at: first.at,
        related: others.slice(0, 3).map(({at}) => at),
        hint: dependency
          ? 'Take one depends_on away.'
          : 'Correct a down_revision so that one of them follows a revision outside the circle, or none.',
      }
    }
  }
}

/** alembic_version.version_num is VARCHAR(32); only Postgres and MySQL mind. */
const longest = 32

function tooLong(revisions: readonly Revision[]): Fault[] {
  const long = revisions.filter(({id}) => id.length > longest)
  // Many of them are a habit that works somewhere (on SQLite, or with a wider column): told once.
  const [first, ...others] = long.length > 3 ? long : []
  const told = first ? [first] : long
  const more = others.length > 0 ? `, so with ${others.length} more` : ''
  return told.map(({id, at}) => ({
    topic: 'revisions',
    message: `the revision id ${id} has ${id.length} characters, and alembic_version holds ${longest}: on Postgres its upgrade fails${more}`,
    at,
    related: others.slice(0, 3).map((other) => other.at),
    hint: `Shorten it to ${longest}, and in the down_revision of what follows it too.`,
    ends: 'postgres',
    proven: false,
  }))
}
