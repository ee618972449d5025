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
    for (const {program, by, at, declared, folder, apart, mayComeAlong, ...tool} of uninstalledTools) {
      const lack = apart
        ? `the install before it is that of ${apart.folder}, and lays none of what ${declared.file} asks for`
        : `nothing before installs ${tool.package}, which ${declared.file} asks for`
      const unless = mayComeAlong
        ? `, unless the computer that deploys has the packages in ${declared.file.replace(/package\.json$/, 'node_modules')}, which .dockerignore lets through`
        : ''
      yield {
        message: by.endsWith(` ${program}`)
          ? `${by} stops: ${lack}${unless}`
          : `${by} calls ${program}, and ${lack}: the build stops with "${program}: not found"${unless}`,
        at,
        related: [...(apart ? [apart.at] : []), declared],
        hint: `Install the packages before it, in ${folder}: RUN cd ${folder} && npm ci`,
        ...((buildsElse || mayComeAlong) && {severity: 'warning'}),
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
