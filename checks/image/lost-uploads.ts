import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/lost-uploads',
  title: 'what users upload is kept on a volume',
  why: 'A file that is written beside the app is gone at the next deploy, and only one of several machines has it.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'uploads'],
  *run({flyConfig, uploads}) {
    const [upload] = uploads
    if (!upload || flyConfig.hasContainers) return
    const {folder, by, at, related = []} = upload
    const [mount] = flyConfig.mounts
    const because = mount ? `mounts its volume at ${mount.destination}` : 'mounts no volume'
    const [service] = flyConfig.services
    yield {
      message: `${by} writes what users upload to ${folder}, which is in the image: each deploy begins without these files, as ${flyConfig.file} ${because}`,
      at,
      related: [
        ...related,
        flyConfig.at(...(mount?.path ?? ['mounts'])),
        ...(service ? [flyConfig.at(...service.path)] : []),
      ],
      hint: mount
        ? `Let the folder be one below ${mount.destination}, or keep the files in object storage: flyctl storage create`
        : 'Mount a volume ([[mounts]] with source = "data" and destination = "/data") and let a variable name a folder on it, or keep the files in object storage: flyctl storage create',
    }
  },
})
