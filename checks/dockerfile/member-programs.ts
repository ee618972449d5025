import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/member-programs',
  title: 'pnpm finds the programs that the build starts',
  why: 'pnpm lays a program only where a package asks for it: to the rest of the workspace it is “not found”.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['memberPrograms'],
  uses: ['buildsElse'],
  *run({memberPrograms, buildsElse}) {
    for (const each of memberPrograms) {
      const {program, by, at, manifests, member, declared, fetched, sure} = each
      const what = by ? `${program}, which ${by} starts,` : program
      yield {
        message: `${what} is ${fetched ? 'fetched in its newest version' : 'not found'}: ${each.package} is a dependency of ${declared.file}, and not of ${manifests.join(' or ')}`,
        at,
        related: [declared],
        hint: `Start it in the package that asks for it: pnpm --filter ${member} exec ${program} … (paths are then from its folder). Or add ${each.package} to the devDependencies of ${manifests[0]}.`,
        ...((!sure || fetched || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})
