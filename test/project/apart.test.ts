import {expect, test} from 'vitest'
import {isApart} from '../../src/project/files/apart.ts'

test.each([
  'tests/app.py',
  'backend/src/__tests__/port.ts',
  'docs/conf.py',
  'packages/api/node_modules/pg/index.js',
  'test_app.py',
  'diagnostics/test-admin-login.js',
  'app/conftest.py',
  'server/main_test.go',
  'src/port.spec.ts',
  'types/env.d.ts',
  'app/chat/_archive_2025_01/memory.py',
])('%s stands apart from the program', (path) => {
  expect(isApart(path)).toBe(true)
})

test.each([
  'main.py',
  'archive/models.py',
  'app/_oldest/a.py',
  'src/contest.py',
  'app/latest.ts',
  'testimonials/views.py',
  'src/docs.ts',
  'tests',
  'venv.py',
])('%s is of the program', (path) => {
  expect(isApart(path)).toBe(false)
})
