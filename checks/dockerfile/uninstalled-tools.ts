import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/uninstalled-tools',
  title: 'packages are installed before scripts call their programs',
  why: 'Without node_modules npm finds no program of a package: the build stops with “not found”.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['uninstalledTools', 'leftModules'],
  uses: ['buildsElse'],
  *run({uninstalledTools, leftModules, buildsElse}) {
    for (const {program, by, at, declared, folder, ...tool} of uninstalledTools) {
      yield {
        message: by.endsWith(` ${program}`)
          ? `${by} stops: nothing before installs ${tool.package}, which ${declared.file} asks for`
          : `${by} calls ${program}, and nothing before installs ${tool.package}, which ${declared.file} asks for: the build stops with "${program}: not found"`,
        at,
        related: [declared],
        hint: `Install the packages before it, in ${folder}: RUN cd ${folder} && npm ci`,
        ...(buildsElse && {severity: 'warning'}),
      }
    }
    for (const {
      program,
      isImport,
      by,
      at,
      copy,
      install,
      manager,
      manifest,
      source,
      place,
      from,
      isByHand,
      isOfMember,
    } of leftModules) {
      const member = manifest.replace(/\/package\.json$/, '')
      yield {
        message: isOfMember
          ? `${by} takes ${member} along, which imports ${program}, and ${manager} lays that into node_modules beside ${manifest}, which no COPY brings here: the build does not find it`
          : `${by} ${isImport ? `takes ${program} along` : `calls ${program}`}, and ${manager} lays what ${manifest} asks for into node_modules beside it, which no COPY brings here: the build stops with "${isImport ? `Could not resolve: ${program}` : `${program}: not found`}"`,
        at,
        related: [copy, install],
        hint: place.endsWith(`/${member}/node_modules`)
          ? `Bring that folder, too: COPY --from=${from} ${source} ${place}`
          : 'Keep the folders of the workspace as they are, and bring both node_modules: that of its top, and that of the member.',
        // Where bun lays what was not tried with each of its versions; of sources that nothing loads the build takes none.
        ...((buildsElse || isByHand || isOfMember || manager === 'bun') && {severity: 'warning'}),
      }
    }
  },
})
