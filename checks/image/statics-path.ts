import {defineCheck, type Facts, type FileLocation, keyPath, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'image/statics-path',
  title: 'the folders of [[statics]] are in the image',
  why: 'Fly.io serves these folders from the image: of one that is not there, no file is found.',
  // Something that is not followed may have made the folder after all.
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'build'],
  uses: ['buildCommands', 'files'],
  *run({flyConfig, build, buildCommands, files}) {
    const vite = buildCommands && files && remixOfVite(buildCommands, files)
    const {statics = [], mounts = [], files: copied = []} = flyConfig.config
    for (const [index, {guest_path: guestPath = '', tigris_bucket: bucket}] of statics.entries()) {
      // With a bucket it is the folder of the bucket.
      if (bucket || !guestPath.startsWith('/')) continue
      const path = guestPath.replace(/(?<=[^/])\/+$/, '')
      const mounted = mounts.some(({destination = ''}) => destination && `${path}/`.startsWith(`${destination}/`))
      if (mounted || copied.some(({guest_path: guest = ''}) => guest.startsWith(`${path}/`))) continue
      const root = /^(.*)\/public\/build$/.exec(path)?.[1]
      if (vite && root !== undefined && build.has(path) !== 'yes') {
        yield {
          message: `guest_path is ${quote(guestPath)}, and ${vite.text} writes to build/client: nothing fills public/build any more`,
          at: flyConfig.at('statics', index, 'guest_path'),
          related: [vite.at],
          hint: `Name what is written now: guest_path = "${root}/build/client/assets" with url_prefix = "/assets"`,
        }
        continue
      }
      if (!build.lacks(path)) continue
      const same = sameName(build, path)
      const key = ['statics', index, 'guest_path']
      yield {
        message: `${keyPath(key)} is ${quote(guestPath)}, a folder that nothing brings into the image`,
        at: flyConfig.at(...key),
        related: [build.final.stage.at],
        ...(same
          ? {...flyConfig.write(key, same)}
          : {hint: 'Name the folder as it is in the last stage of the Dockerfile, or copy it there.'}),
      }
    }
  },
})

/** The folder of the image, the nearest to its root, that ends in the same name. */
function sameName({final}: Facts['build'], path: string): string | undefined {
  const name = `/${path.split('/').at(-1)}`
  const folders = new Set<string>()
  for (const [file] of final.files.files()) {
    const end = file.indexOf(`${name}/`)
    if (end >= 0 && !file.includes('/node_modules/')) folders.add(file.slice(0, end + name.length))
  }
  return [...folders].sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))[0]
}

/**
 * The command that builds Remix or React Router by their plugin for Vite. It writes to build/client; public/build is
 * where the compiler of Remix 1 and 2 put the files for the browser, and where Laravel's plugin does.
 */
function remixOfVite(
  {commands}: Facts['buildCommands'],
  files: Facts['files'],
): {text: string; at: FileLocation} | undefined {
  const isRemix = files.named('app/root.jsx', 'app/root.tsx').length > 0
  if (!isRemix || files.named('artisan').length > 0) return undefined
  const texts = commands.map(({words, at}) => ({text: words.join(' '), at}))
  // One that removes the folder does not fill it.
  if (texts.some(({text}) => /^remix build\b|^(?!rimraf |rm |del).*public\/build/.test(text))) return undefined
  return texts.find(({text}) => /^(vite build|remix vite:build|react-router build)( |$)/.test(text))
}
