import {defineCheck} from '../../src/check.ts'

/**
 * Debian's releases whose slim images have no libssl: in bullseye libtirpc brings it, in trixie apt does
 * (github.com/prisma/orm/issues/17154 and 19729).
 */
const withoutLibssl = ['buster', 'bookworm']

/** Packages that bring no OpenSSL. Any other one may: curl, git, python3 and many more depend on it. */
const mayBringOpenssl =
  /^(?!(dumb-init|tini|procps|tzdata|bash|jq|less|nano|unzip|zip|xz-utils|locales|sqlite3|fuse3)$)/

export default defineCheck({
  id: 'image/prisma-openssl',
  title: 'OpenSSL is there for the engine of Prisma',
  why: 'The engine of Prisma before version 7 loads libssl, which the slim images of node lack: every query fails.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image', 'nodePackages'],
  *run({image, nodePackages: {dependencies, scripts, prisma}}) {
    const client = dependencies.get('@prisma/client')
    if (!client || !prisma) return 'no client of Prisma is generated here'
    const major = Number(client.version?.split('.')[0])
    const {final} = image
    // A client for Prisma Accelerate has no engine either.
    const texts = [...scripts, ...image.stages.flatMap(({commands}) => commands.map(({words}) => words.join(' ')))]
    const withoutEngine =
      prisma.withoutEngine || texts.some((text) => /--no-engine|--accelerate|--data-proxy/.test(text))
    if (!(major < 7) || withoutEngine || !image.copies('package.json')) return
    const {slim} = final
    if (slim?.language !== 'node' || !withoutLibssl.includes(slim.release ?? '')) return
    if (!final.packages.lack(mayBringOpenssl)) return
    yield {
      message: `the engine of Prisma ${major} loads libssl, and the final stage${final.stage.image ? ` (${final.stage.image})` : ''} has no OpenSSL`,
      at: final.stage.at,
      related: [client.at, prisma.at],
      hint: 'In each stage that generates or runs the client: RUN apt-get update -y && apt-get install -y openssl',
    }
  },
})
