import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/hashes',
  title: 'pip has the hashes that it demands',
  why: 'One --hash in what pip installs makes it demand a hash of everything: a requirement without one ends the build.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['missingHashes'],
  uses: ['buildsElse'],
  *run({missingHashes, buildsElse}) {
    const told = new Set<unknown>()
    for (const {requirement, lacks, at, because, install} of missingHashes) {
      // pip stops at the first as well.
      if (told.has(install)) continue
      told.add(install)
      yield {
        message: `${requirement} ${what[lacks]}, and pip demands a hash of everything it installs here`,
        at,
        related: [because, install.at],
        hint: hints[lacks],
        ...((!install.decisive || buildsElse) && {severity: 'warning' as const}),
      }
    }
  },
})

const what = {
  hash: 'has no --hash',
  pin: 'is not pinned with ==',
  archive: 'is a folder or a repository, which has no hash',
}

const hints = {
  hash: 'Give it a hash as the others have one (pip-compile --generate-hashes, uv export), or install it in a command of its own.',
  pin: 'Pin it with == and give it a hash (pip-compile --generate-hashes, uv export), or install it in a command of its own.',
  archive: 'Install it in a command of its own: pip install --no-deps, after the others.',
}
