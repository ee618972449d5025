import {defineCheck, shorten, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'image/command-file',
  title: 'the files that the machines start with are in the image',
  why: 'A script or a configuration that no COPY brings is not found: the machine stops at once, and the deploy with it.',
  // Something that is not followed may have made it after all.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['commandFiles', 'build'],
  uses: ['otherStage', 'alembic'],
  *run({commandFiles, build, otherStage, alembic}) {
    if (otherStage?.reason) return otherStage.reason
    for (const {by, script, path, isSettings, at, goesOn, own, rule, folder, laid, content, isFolder} of commandFiles) {
      // alembic/in-image tells of its configuration.
      if (isSettings && alembic?.environments.some(({gap, upgrade}) => gap?.path === path && upgrade)) continue
      const starts = `${by} ${isSettings ? 'needs' : 'starts'} ${script}`
      const release = by === 'release_command' ? {failsAt: 'release' as const} : goesOn && {failsAt: 'runtime' as const}
      if (isFolder) {
        const {build: command, broughtBy} = isFolder
        yield {
          message: command
            ? `${starts}, which is a folder: go build -o ${command.output} finds a folder of that name, and writes the program into it`
            : `${starts}, which is a folder in the image`,
          at: command?.at ?? at,
          related: [command && at, broughtBy].filter((each) => each !== undefined),
          hint: command
            ? `Give the program a name of its own, outside of the sources: go build -o /out/${path.slice(path.lastIndexOf('/') + 1)}, and copy that.`
            : `Name the file in it, or copy the program to another path: one that is copied to a folder that exists lands in it.`,
          ...release,
        }
      } else if (content) {
        const {source, from, target, name} = content
        yield {
          message: `${starts}, but COPY lays the content of ${source} in ${target}, and not the folder: there is no ${name}/ in it`,
          at,
          related: [content.at],
          hint: `Copy it to a folder of its name: COPY --from=${from} ${source} ./${name}`,
          ...release,
        }
      } else if (rule) {
        yield {
          message: `${starts}, but ${rule.file} leaves ${own} out of the build`,
          at: rule,
          related: [at],
          hint: `Take it back at the end of ${rule.file}: !${own}`,
          ...release,
        }
      } else if (own) {
        yield {
          message: `${starts}, but nothing brings ${own} to ${path} in the image`,
          at,
          related: [laid?.at ?? build.final.stage.at],
          hint: laid
            ? `${laid.keyword} laid it in ${laid.folder}: start it from there, or copy it again: COPY ${own} ${path}`
            : `Copy it in the last stage: COPY ${own} ${path}`,
          ...release,
        }
      } else if (folder) {
        const name = path.slice(path.lastIndexOf('/') + 1)
        const place = folder.path === '.' ? 'the project' : `${folder.path}/ of the project`
        const meant = suggest(name, folder.names)
        yield {
          message: `${starts}, but ${place} has no ${name}, and nothing in the build is seen to make it`,
          at,
          related: folder.at ? [folder.at] : [],
          hint: meant
            ? `Did you mean ${meant}? Else bring ${name} back, or make it in the Dockerfile.`
            : `${folder.names.length > 0 ? `Name one that is there (${shorten(folder.names.join(', '), 80)}), bring` : 'Bring'} ${name} back, or make it in the Dockerfile.`,
          ...release,
        }
      }
    }
  },
})
