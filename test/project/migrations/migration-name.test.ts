import {expect, it} from 'vitest'
import {migrationName} from '../../../src/project/migrations/migration-name.ts'

it('names the folder, where all files are called alike', () => {
  expect(migrationName('api/migrations/00002_m.sql')).toBe('00002_m.sql')
  expect(migrationName('prisma/migrations/20250101_init/migration.sql')).toBe('20250101_init/migration.sql')
  expect(migrationName('migrations/2025-01-01_users/up.sql')).toBe('2025-01-01_users/up.sql')
  expect(migrationName('migration.sql')).toBe('migration.sql')
})
