/** Projects whose migrations are files of SQL. */
import type {Project} from '../../harness.ts'

const app = (release: string) => ({
  'fly.toml': `app = "shop"\n[deploy]\n  release_command = "${release}"\n`,
  Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
  'package.json': '{"dependencies": {"drizzle-orm": "*", "drizzle-kit": "*", "prisma": "*"}}',
})

export const journalFile = 'drizzle/meta/_journal.json'

/** A journal with an entry a line, from line 2 on. */
export const journal = (...entries: [tag: string, when: number][]): string =>
  `{"version": "7", "dialect": "postgresql", "entries": [\n${entries
    .map(([tag, when], idx) => `{"idx": ${idx}, "when": ${when}, "tag": "${tag}", "breakpoints": true}`)
    .join(',\n')}\n]}\n`

/** drizzle's migrations, each after the one before; `undefined` for a file that is not there. */
export function drizzle(
  files: Record<string, string | undefined>,
  {release = 'npx drizzle-kit migrate', ...more}: {release?: string; files?: Project['files']} = {},
): Project {
  const tags = Object.keys(files)
  const present = tags.flatMap((tag) => (files[tag] === undefined ? [] : [[`drizzle/${tag}.sql`, files[tag]]]))
  return {
    files: {
      ...app(release),
      [journalFile]: journal(...tags.map((tag, index): [string, number] => [tag, index + 1])),
      ...Object.fromEntries(present),
      ...more.files,
    },
  }
}

/** Prisma's, of a schema on Postgres. */
export function prisma(
  migrations: Record<string, string>,
  {provider = 'postgresql', release = 'npx prisma migrate deploy'} = {},
): Project {
  return {
    files: {
      ...app(release),
      'prisma/schema.prisma': `datasource db {\n  provider = "${provider}"\n  url = env("DATABASE_URL")\n}\n`,
      'prisma/migrations/migration_lock.toml': '# made by prisma\nprovider = "postgresql"\n',
      ...Object.fromEntries(
        Object.entries(migrations).map(([name, text]) => [`prisma/migrations/${name}/migration.sql`, text]),
      ),
    },
  }
}

/** A program with numbered files of SQL. */
export const numbered = (
  files: Record<string, string>,
  manifest: Project['files'],
  release = './migrate',
): Project => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\n  release_command = "${release}"\n`,
    Dockerfile: 'FROM golang:1.25\nWORKDIR /app\nCOPY . .\n',
    ...manifest,
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`db/migrations/${name}`, text])),
  },
})

export const goMod = (...modules: string[]) => ({
  'go.mod': `module shop\n\ngo 1.25\n\nrequire (\n${modules.map((each) => `\t${each} v1.0.0\n`).join('')})\n`,
})
