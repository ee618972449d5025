import {defineCheck, type Facts, imagePath} from '../../src/check.ts'

type Stage = Facts['build']['stages'][number]

/** What installs into which folder. */
const folders: readonly {name: string; installs: RegExp; remakes: RegExp}[] = [
  {
    name: 'node_modules',
    installs: /\b(npm|pnpm|yarn|bun)\s+(ci|install|i|clean-install)\b|\byarn(?:\s+--\S{1,100}){0,20}\s*(&&|$)/,
    remakes: /\bnpm\s+(ci|clean-install)\b|\brm\s+-\w{0,9}r\w{0,9}\s[^&|;]{0,500}node_modules/,
  },
  {
    name: '.venv',
    installs: /\buv\s+sync\b|\bpoetry\s+install\b|-m\s+venv\b|\bpdm\s+(install|sync)\b/,
    remakes: /-m\s+venv\s[^&|;]{0,300}--clear|\brm\s+-\w{0,9}r\w{0,9}\s[^&|;]{0,500}\.venv/,
  },
]

export default defineCheck({
  id: 'image/local-packages',
  title: 'no COPY lays local packages over installed ones',
  why: 'Packages of the computer that deploys, for its system and its paths, take the place of those installed in the image.',
  // They may be for the same system.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['build', 'buildContext'],
  uses: ['localModules'],
  *run({build, buildContext, localModules = []}) {
    const told = new Set<string>()
    for (const stage of build.stages) {
      for (const {name, installs, remakes} of folders) {
        const path = imagePath(stage.config.workingDir || '/', name)
        const at = copiedAt(stage, path, name)
        if (!at || told.has(name)) continue
        const runs = stage.stage.instructions.filter(({keyword}) => keyword === 'RUN')
        const before = runs.filter((each) => (each.at.line ?? 0) < (at.line ?? 0) && installs.test(each.text))
        const again = runs.some((each) => (each.at.line ?? 0) > (at.line ?? 0) && remakes.test(each.text))
        const [install] = before
        if (!install || again) continue
        told.add(name)
        const ignoreFile = buildContext.ignoreFile?.path
        yield {
          message: `this COPY lays ${name} of the working directory over the one that the RUN before installs`,
          at,
          related: [install.at, ...(buildContext.ignoreFile ? [buildContext.ignoreFile.whole] : [])],
          hint: ignoreFile ? `Add a line to ${ignoreFile}: ${name}` : `Write a .dockerignore with the line: ${name}`,
        }
      }
    }
    // In a checkout there are none; on the computer of whoever works on the project there are.
    for (const {kind, path, at, install, ignoreFile, byWorkflow} of localModules) {
      if (told.has(path)) continue
      yield {
        message:
          kind === 'laid'
            ? `a deploy from your computer lays its ${path} over the one that the RUN before installs: nothing leaves it out of the build`
            : `a deploy from your computer brings its ${path} along: pnpm install then asks whether it may remove it, gets no answer and stops`,
        at,
        related: [install, ...(ignoreFile ? [ignoreFile] : [])],
        hint: ignoreFile
          ? `Add a line to ${ignoreFile.file}: **/node_modules`
          : 'Write a .dockerignore with the line: **/node_modules',
        ...(kind === 'asked' && {failsAt: 'build'}),
        ...(byWorkflow && {severity: 'info'}),
      }
    }
  },
})

/** The COPY that brings a folder of this name from the context. */
function copiedAt({files, stage}: Stage, path: string, name: string) {
  const folder = files.get(path)
  if (folder?.kind !== 'folder') return undefined
  for (const [, {source, at}] of files.filesOf(folder)) {
    const isOwn = stage.instructions.some((each) => each.at === at && !each.flags.some(([flag]) => flag === 'from'))
    return isOwn && source.startsWith(`${name}/`) ? at : undefined
  }
  return undefined
}
