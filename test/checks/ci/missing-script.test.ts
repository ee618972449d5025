import check from '../../../checks/ci/missing-script.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const project = (own: string, files: Record<string, string> = {}) =>
  workflow({
    steps: `${checkout}${own}${setup}      - run: flyctl deploy\n${token}`,
    files: {'package.json': '{"scripts": {"build": "turbo run build", "test:ci": "vitest"}}', ...files},
  })
const database = {
  'packages/database/package.json': '{"name": "@shop/database", "scripts": {"db:migrate": "prisma migrate deploy"}}',
}

testCheck(check, {
  clean: {
    'the script is there': project('      - run: npm ci && npm run build\n'),
    'in the folder of the step': project(
      '      - run: pnpm run db:migrate\n        working-directory: packages/database\n',
      database,
    ),
    'in the folder that the step changes into': project(
      '      - run: |\n          cd packages/database\n          npm run db:migrate\n',
      database,
    ),
    'by --prefix': project('      - run: npm --prefix packages/database run db:migrate\n', database),
    'of a member': project('      - run: pnpm --filter @shop/database db:migrate\n', database),
    'of several members': project('      - run: pnpm --filter @shop/database... run lint\n', database),
    'of all members': project('      - run: pnpm -r run lint\n', database),
    'if there is one': project('      - run: npm run lint --if-present\n'),
    'what npm does by itself': project('      - run: npm run env\n'),
    'a program of a package': project('      - run: pnpm exec vitest && pnpm vitest\n'),
    'Yarn, which looks in other packages': project('      - run: yarn run db:migrate\n'),
    'a file, or a program, of Bun': project('      - run: bun run seed.ts && bun run vitest\n'),
    'a step that makes package.json': project(
      '      - run: npm pkg set scripts.lint=eslint\n      - run: npm run lint\n',
    ),
    'a checkout of another repository': project(
      '      - uses: actions/checkout@v4\n        with:\n          repository: acme/tools\n      - run: npm run lint\n',
    ),
    'its failure is let pass': project('      - run: npm run lint || true\n'),
    'a condition': project('      - run: |\n          if [ -f lint.js ]; then npm run lint; fi\n'),
    'a name of a variable': project('      - run: npm run ${{ inputs.script }} && npm run $SCRIPT\n'),
    'no package.json': workflow({
      steps: `${checkout}      - run: npm run lint\n${setup}      - run: flyctl deploy\n${token}`,
    }),
    'a step behind the deploy': workflow({
      steps: `${checkout}${setup}      - run: flyctl deploy\n${token}      - run: npm run smoke\n`,
      files: {'package.json': '{}'},
    }),
  },
  flagged: {
    'a script of a member, at the top': {
      ...project('      - run: pnpm run db:migrate\n', database),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 pnpm run db:migrate asks for the script db:migrate, which package.json does not have: the job deploy fails before it calls flyctl',
      ],
    },
    'a script of the top, in a member': {
      ...project('      - run: npm run build\n        working-directory: packages/database\n', database),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 npm run build asks for the script build, which packages/database/package.json does not have: the job deploy fails before it calls flyctl',
      ],
    },
    'a member that has none of that name': {
      ...project('      - run: npm run build -w @shop/database\n', database),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 npm run build -w @shop/database asks for the script build, which packages/database/package.json does not have: the job deploy fails before it calls flyctl',
      ],
    },
    'no tests': {
      ...project('      - run: |\n          npm ci\n          npm test\n'),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 npm test asks for the script test, which package.json does not have: the job deploy fails before it calls flyctl',
      ],
    },
  },
})
