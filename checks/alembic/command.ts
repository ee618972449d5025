import {defineCheck, type Finding} from '../../src/check.ts'

/** Options of alembic itself: they stand before the sub-command. */
const global = /^(?:-c|--config|-n|--name|-x|--raiseerr)(?:=|$)/

export default defineCheck({
  id: 'alembic/command',
  title: 'the deploy calls alembic in a way that migrates',
  why: 'A call that alembic refuses ends the deploy; one that marks or makes revisions leaves the database as it was.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic: {commands, environments}}) {
    for (const [index, command] of commands.entries()) {
      const {tool, action, words, target, certain, by, at, text} = command
      const name = tool === 'flask' ? 'flask db' : 'alembic'
      const found = (message: string, hint: string, more: Partial<Finding> = {}): Finding => ({
        message,
        at,
        hint,
        failsAt: by === 'release_command' ? 'release' : 'boot',
        ...(!certain && {severity: 'warning'}),
        ...more,
      })
      const misplaced = tool === 'alembic' && action !== 'current' ? words.find((word) => global.test(word)) : undefined
      if (misplaced) {
        yield found(
          `${misplaced.replace(/=.*/, '')} stands behind ${action}: alembic exits 2, for its own options come before the command`,
          `Write alembic ${misplaced} … ${action}`,
        )
        continue
      }
      const takesTarget = /^(?:upgrade|downgrade|stamp)$/.test(action) && tool === 'alembic'
      if (takesTarget && target === undefined && !text.includes('?')) {
        yield found(`alembic ${action} names no revision: it exits 2`, `Write alembic ${action} head`)
        continue
      }
      const later = commands.slice(index + 1).find((each) => each.action === 'upgrade' && each.by === by)
      if (action === 'stamp' && (target === 'head' || target === 'heads')) {
        const isSure = certain && later?.certain
        yield found(
          `${name} stamp ${target} marks every migration as done and runs none${later ? ', so the upgrade after it does nothing' : ''}`,
          later ? 'Take it away: stamp a database once, by hand.' : `Write ${name} upgrade ${target}`,
          {failsAt: 'silent', related: later ? [later.at] : [], ...(!isSure && {severity: 'warning'})},
        )
      } else if (action === 'stamp' && later) {
        const message = `${name} stamp ${target} before the upgrade: each deploy runs the migrations after ${target} again`
        yield found(message, 'Take it away: stamp a database once, by hand.', {
          severity: 'warning',
          related: [later.at],
        })
      } else if (/^(?:revision|migrate|merge)$/.test(action)) {
        yield found(
          `${name} ${action} makes a revision in a machine that is thrown away: the next deploy does not find the one that the database is at`,
          `Run it on your own machine, look at the file, and commit it; the deploy runs ${name} upgrade head`,
          {severity: 'warning'},
        )
      } else if (action === 'downgrade') {
        const message = `${name} downgrade runs at each deploy, and undoes migrations`
        yield found(message, `Run it by hand; a deploy runs ${name} upgrade head`, {severity: 'warning'})
      } else if (action === 'upgrade') yield* upgradeOf()

      function* upgradeOf(): Iterable<Finding> {
        if (words.includes('--sql') && !/\||>/.test(text)) {
          const message = `${name} upgrade --sql prints the statements and runs none`
          yield found(message, 'Take --sql away.', {severity: 'warning', failsAt: 'silent'})
        } else if (target?.includes(':')) {
          yield found(
            `${name} upgrade ${target}: a range is for --sql alone, and is refused`,
            'Name the last one only.',
          )
        } else if (target && /^\+\d+$/.test(target)) {
          const message = `${name} upgrade ${target} goes ${target.slice(1)} further at each deploy, however many there are`
          yield found(message, `Write ${name} upgrade head`, {severity: 'warning', failsAt: 'silent'})
        } else if (
          target &&
          /^(?:head|latest|last|newest|top)$/i.test(target) &&
          target !== 'head' &&
          !isKnown(target)
        ) {
          yield found(`${target} is no revision, and alembic stops: it must be head`, `Write ${name} upgrade head`)
        }
        const flask = environments.length > 0 && environments.every((each) => each.flask)
        if (tool === 'alembic' && flask) {
          yield found(
            `alembic finds no script_location: ${environments[0]?.config} is Flask-Migrate's, which sets it itself`,
            'Write flask db upgrade',
            // Another configuration may be made in the image.
            {severity: 'warning'},
          )
        }
      }
    }

    function isKnown(target: string): boolean {
      return environments.some(
        ({graph, revisions}) =>
          !graph || revisions.some(({id, labels}) => id.startsWith(target) || labels.includes(target)),
      )
    }
  },
})
