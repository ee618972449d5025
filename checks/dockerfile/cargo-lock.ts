import {defineCheck, type Facts, shorten} from '../../src/check.ts'

type Gap = Facts['cargoLockGaps'][number]

export default defineCheck({
  id: 'dockerfile/cargo-lock',
  title: 'Cargo.lock has what Cargo.toml asks for',
  why: 'With --locked cargo may not write what is new into Cargo.lock, as it does by itself on a laptop, and stops.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['cargoLockGaps'],
  uses: ['deployCommands', 'buildsElse'],
  *run({cargoLockGaps, deployCommands, buildsElse}) {
    for (const gap of cargoLockGaps) {
      yield {
        message: `${gap.command} stops, as --locked forbids it to change ${gap.lock}: ${describe(gap)}`,
        at: gap.at,
        related: [gap.install],
        hint: 'Let cargo bring it in line, and commit it: cargo update --workspace',
        ...((buildsElse || deployCommands?.makes(gap.lock)) && {severity: 'warning'}),
      }
    }
  },
})

function describe({at, lock, name, wanted, locked, isOwn}: Gap): string {
  const has = locked.length > 0 ? shorten(locked.join(' and '), 40) : 'no such package'
  if (isOwn) return `${at.file} is ${name}${wanted ? ` ${wanted}` : ''}, and ${lock} has ${has}`
  return `${at.file} asks for ${name}${wanted ? ` ${shorten(wanted, 40)}` : ''}, and ${lock} has ${locked.length > 0 && wanted ? has : locked.length > 0 ? 'it for others alone' : has}`
}
