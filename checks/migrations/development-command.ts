import {behindLaunchers, defineCheck} from '../../src/check.ts'

interface Tool {
  pattern: RegExp
  /** What it does on a machine of Fly.io. */
  does: string
  instead: string
}

/** Each by the tool's own documentation of the command. */
const tools: readonly Tool[] = [
  {
    // MigrateDev.ts asks only where it must reset the database or data may be lost; it always makes what is missing.
    pattern: /^prisma migrate dev(?!.* --help)\b/,
    does: 'it makes a migration wherever the schema has changed, in a machine that is thrown away, and stops where it must ask whether data may be lost, as nobody answers',
    instead: 'prisma migrate deploy',
  },
  {
    pattern: /^drizzle-kit generate\b/,
    does: 'it writes the migration into a machine that is thrown away, and the next one writes another of the same number',
    instead: 'drizzle-kit migrate',
  },
  {
    pattern: /^typeorm(?:-ts-node-\w+)? migration:generate\b/,
    does: 'it writes the migration into a machine that is thrown away, and nobody has read what it does to the data',
    instead: 'typeorm migration:run',
  },
]

export default defineCheck({
  id: 'migrations/development-command',
  title: 'machines run migrations, and make none',
  why: 'A migration is made where somebody reads and commits it: one that a machine makes is gone with the machine.',
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['startedCommands'],
  *run({startedCommands: {started}}) {
    const told = new Set<string>()
    for (const {by, command} of started) {
      const text = behindLaunchers(command.words)
      const tool = tools.find(({pattern}) => pattern.test(text.replace(/^\S*\/(?=[^\s/]+ )/, '')))
      const key = `${command.at.file}:${command.at.line}`
      if (!tool || command.conditional || told.has(key)) continue
      told.add(key)
      yield {
        message: `${by} runs ${text}, which is for development: ${tool.does}`,
        at: command.at,
        hint: `Run it on your computer, and commit what it writes; here run ${tool.instead}`,
        ...(by !== 'release_command' && {failsAt: 'boot'}),
      }
    }
  },
})
