import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/member-modules',
  title: 'the node_modules of a member that COPY takes are made',
  why: 'npm lays the packages of a workspace into its root, and pnpm makes no folder where nothing is needed: COPY then fails.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['memberModules'],
  uses: ['buildsElse'],
  *run({memberModules, buildsElse}) {
    for (const {at, stage, path, member, manager, root, install, manifest, sure, isPrisma, output} of memberModules) {
      if (isPrisma) {
        yield {
          message: `the stage ${stage} has no ${path}: ${output ? `the schema lets prisma generate write into ${output}` : 'pnpm has it below node_modules/.pnpm, beside the real @prisma/client'}`,
          at,
          related: [install, manifest],
          hint: output
            ? `Leave this COPY out, and bring ${output} where the code looks for it.`
            : 'Copy the whole node_modules of that stage, or run prisma generate in this one; or write node-linker=hoisted into .npmrc.',
          severity: 'warning',
        }
        continue
      }
      const modules = root === '/' ? '/node_modules' : `${root}/node_modules`
      yield {
        message:
          manager === 'npm'
            ? `the stage ${stage} has no ${path}: npm lays all packages of the workspace into ${modules}, and package-lock.json has none for ${member} alone`
            : `the stage ${stage} has no ${path}: ${member} asks for no packages, and pnpm makes the folder only for some`,
        at,
        related: [install, manifest],
        hint: `Leave this COPY out${manager === 'npm' ? `, as ${modules} has the packages` : ''}. To keep it for a time when there are some, write behind the install: RUN mkdir -p ${path}`,
        // What runs behind the install may keep a cache there.
        ...((!sure || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})
