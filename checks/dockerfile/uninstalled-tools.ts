import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/uninstalled-tools',
  title: 'packages are installed before scripts call their programs',
  why: 'Without node_modules npm finds no program of a package: the build stops with “not found”.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['uninstalledTools'],
  uses: ['buildsElse'],
  *run({uninstalledTools, buildsElse}) {
    for (const {program, by, at, declared, folder, ...tool} of uninstalledTools) {
      yield {
        message: `${by} calls ${program}, and nothing before installs ${tool.package}, which ${declared.file} asks for: the build stops with "${program}: not found"`,
        at,
        related: [declared],
        hint: `Install the packages before it, in ${folder}: RUN cd ${folder} && npm ci`,
        ...(buildsElse && {severity: 'warning'}),
      }
    }
  },
})
