import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/writable-folder',
  title: 'the app may write where it writes',
  why: 'What COPY brings is root’s: an app that runs as another user gets Permission denied when it writes there.',
  // Who owns a folder is worked out, not seen.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['userRights'],
  *run({userRights}) {
    for (const {folder, place, user, why, at, related, when} of userRights.closed) {
      const [name, group = name] = user.split(':')
      yield {
        message: `${place} is root's, and the image runs as ${user}: ${why}, which ends with Permission denied`,
        at,
        related,
        hint:
          place === '/'
            ? 'Leave the file for swap out: swap_size_mb = 512 at the top of fly.toml has Fly.io make it.'
            : `Before USER: RUN mkdir -p ${folder} && chown -R ${name}:${group} ${folder}`,
        ...(when && {failsAt: when}),
      }
    }
    const told = new Set<string>()
    for (const {by, program, path, variable, user, home, at} of userRights.homeless) {
      if (told.has(program)) continue
      told.add(program)
      const name = user.split(':')[0] as string
      yield {
        message: `${by} starts ${program}, which needs ${path}, but the image runs as ${name}, whose home ${home.path === '/' ? 'is /, which is root’s' : `${home.path} nothing makes`}: it ends with Permission denied`,
        at,
        related: [home.at],
        hint: cures[variable] ?? 'Give the user a home: useradd -m.',
        failsAt: by === 'release_command' ? 'release' : 'boot',
      }
    }
  },
})

const cures: Readonly<Record<string, string>> = {
  UV_CACHE_DIR: 'Before CMD: ENV UV_CACHE_DIR=/tmp/uv; or give the user a home: useradd -m.',
  PM2_HOME: 'Give the user a home: useradd -m; or before CMD: ENV PM2_HOME=/tmp/pm2',
  COREPACK_HOME: 'Start node itself, or give the user a home (useradd -m) and run corepack install as that user.',
}
