import {defineCheck, imagePath} from '../../src/check.ts'

export default defineCheck({
  id: 'image/command-file',
  title: 'the scripts that the machines start are in the image',
  why: 'A script that no COPY brings cannot be started: the machine stops at once, and the deploy with it.',
  // Something that is not followed may have made it after all.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['build', 'processes', 'files'],
  uses: ['flyConfig'],
  *run({build, processes, files, flyConfig}) {
    const {config, stage} = build.final
    const places = new Set([stage.at.file, flyConfig?.file])
    const {mounts = [], files: copied = []} = flyConfig?.config ?? {}
    const told = new Set<string>()
    for (const {by, text, at, certain} of processes.commands) {
      // What scripts start may be relative to any folder.
      if (!certain || !places.has(at.file)) continue
      const script = scriptOf(text.split(' '))
      if (!script || (!script.startsWith('/') && !config.workingDir)) continue
      const path = imagePath(config.workingDir, script)
      const mounted = mounts.some(({destination = ''}) => destination && path.startsWith(`${destination}/`))
      if (mounted || copied.some(({guest_path: guest}) => guest === path)) continue
      if (told.has(path) || build.has(path) !== 'no') continue
      // What stands in such a folder of the repository, too, is what a build makes.
      if (/\/(dist|build|out|\.output)\//.test(path) && !build.lacks(path)) continue
      // A file that the repository does not have is made by the build, in a way that is not followed.
      const tail = script.replace(/^(\.?\/)+/, '')
      const own = files.paths.find((each) => each === tail || tail.endsWith(`/${each}`) || each.endsWith(`/${tail}`))
      if (!own) continue
      told.add(path)
      yield {
        message: `${by} starts ${script}, but nothing brings ${own} to ${path} in the image`,
        at,
        related: [stage.at],
        hint: `Copy it in the last stage: COPY ${own} ${path}`,
        ...(by === 'release_command' && {failsAt: 'release'}),
      }
    }
  },
})

/** The file that a command starts: a program with a folder in its name, or what an interpreter reads. */
function scriptOf(words: readonly string[]): string | undefined {
  const [program = '', ...rest] = words
  if (/^(\/usr|\/bin|\/sbin)\//.test(program)) return scriptOf([program.split('/').at(-1) as string, ...rest])
  if (/^(\.{0,2}\/)/.test(program) && /\.(sh|bash|py|js|mjs|cjs|ts|rb|php)$/.test(program)) return program
  if (!/^(ba|da|a)?sh$|^python[\d.]*$|^node$|^bun$|^ruby$|^php$/.test(program)) return undefined
  // A flag that takes a value, or a text to run in the place of a file.
  if (rest.some((word) => /^-(-?(require|import|loader|eval|print|module|env-file)|[a-z]*[cemrp])/.test(word)))
    return undefined
  const file = rest.find((word) => !word.startsWith('-'))
  return file && /^[\w./-]+\.(sh|bash|py|js|mjs|cjs|ts|rb|php)$/.test(file) ? file : undefined
}
