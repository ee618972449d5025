/** What a migration is called: its file, with its folder where all files are called alike: `20250101_init/migration.sql` of Prisma. */
export function migrationName(path: string): string {
  const [name = path, folder] = path.split('/').toReversed()
  return folder !== undefined && /^(?:migration|up|down)\.\w+$/.test(name) ? `${folder}/${name}` : name
}
