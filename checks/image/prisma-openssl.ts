import {defineCheck, type Facts} from '../../src/check.ts'

/**
 * Debian's releases whose slim images have no libssl: in bullseye libtirpc brings it, in trixie apt does
 * (github.com/prisma/orm/issues/17154 and 19729).
 */
const withoutLibssl = ['buster', 'bookworm']

/** Packages that bring no OpenSSL. Any other one may: curl, git, python3 and many more depend on it. */
const mayBringOpenssl =
  /^(?!(dumb-init|tini|procps|tzdata|bash|jq|less|nano|unzip|zip|xz-utils|locales|sqlite3|fuse3|libc6-compat|gcompat|su-exec)$)/

/** On Alpine the program openssl is what helps: packages that use the library alone bring it no more than they do. */
const bringsProgram =
  /^(?!(dumb-init|tini|procps|tzdata|bash|jq|less|nano|vim|zip|unzip|xz|sqlite|sqlite-libs|fuse3|libc6-compat|gcompat|su-exec|shadow|coreutils|wget|curl|git|ca-certificates|python3|py3-pip|make|g\+\+|gcc|build-base|musl-dev|linux-headers|pkgconf|pkgconfig|ffmpeg|imagemagick|vips|vips-dev|(cairo|pango|giflib|pixman|jpeg|libjpeg-turbo|librsvg)(-dev)?|netcat-openbsd)$)/

/** OpenSSL 1.1 beside the newer one, as Alpine had it until 3.18. */
const bringsOlder = /^(?:openssl1\.1|lib(?:ssl|crypto)1\.1)/

type Member = Facts['nodePackages']['members'][number]

export default defineCheck({
  id: 'image/prisma-openssl',
  title: 'OpenSSL is there for the engine of Prisma',
  why: 'The engine of Prisma before version 7 loads libssl, which the slim images of node lack: every query fails.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image', 'nodePackages', 'dockerfile'],
  *run({image, nodePackages: {dependencies, members, scripts, prisma}, dockerfile}) {
    // Of several packages the image is for the one that the Dockerfile speaks of.
    const words = dockerfile.file.text.split(/[\s"',=[\]]+/).map((word) => word.replace(/^\.?\//, ''))
    const isMeant = ({folder, name}: Member) =>
      words.some((word) => word === name || word === folder || word.startsWith(`${folder}/`))
    const member = members.find((each) => each.dependencies.has('@prisma/client') && isMeant(each))
    const client = dependencies.get('@prisma/client') ?? member?.dependencies.get('@prisma/client')
    if (!client || !prisma) return 'no client of Prisma is generated here'
    const [major = Number.NaN, minor = Number.NaN] = client.version?.split('.').map(Number) ?? []
    const {final} = image
    // A client for Prisma Accelerate has no engine either.
    const texts = [...scripts, ...image.stages.flatMap(({commands}) => commands.map(({words}) => words.join(' ')))]
    const withoutEngine =
      prisma.withoutEngine || texts.some((text) => /--no-engine|--accelerate|--data-proxy/.test(text))
    if (!(major < 7) || withoutEngine || !image.copies(client.at.file)) return
    const lacking = lacksOpenssl(final.slim, {major, minor})
    const wantsOlder = lacking === older
    const mayHelp = wantsOlder ? bringsOlder : final.slim?.distribution === 'alpine' ? bringsProgram : mayBringOpenssl
    if (!lacking || !final.packages.lack(mayHelp)) return
    // They choose the engine.
    if ([...final.env.keys()].some((name) => name.startsWith('PRISMA_'))) return
    yield {
      message: `the engine of Prisma ${major} loads libssl, and the final stage${final.root.image ? ` (${final.root.image})` : ''} ${lacking}`,
      at: final.root.at,
      related: [...(final.root.at === final.stage.at ? [] : [final.stage.at]), client.at, prisma.at],
      hint: wantsOlder
        ? 'Take Prisma 4.8 or later (prisma and @prisma/client), or an image on Alpine 3.16, such as node:16-alpine3.16.'
        : final.slim?.distribution === 'alpine'
          ? 'In each stage that generates or runs the client: RUN apk add --no-cache openssl; or take Prisma 6.1 or later.'
          : 'In each stage that generates or runs the client: RUN apt-get update -y && apt-get install -y openssl',
    }
  },
})

const older = 'has OpenSSL 3, where its engine for Alpine takes 1.1'

/** What of OpenSSL the image has not. */
function lacksOpenssl(
  slim: Facts['image']['final']['slim'],
  {major, minor}: {major: number; minor: number},
): string | undefined {
  if (slim?.language !== 'node') return undefined
  if (slim.distribution === 'debian') return withoutLibssl.includes(slim.release ?? '') ? 'has no OpenSSL' : undefined
  // Alpine 3.21 moved libssl to /usr/lib, where Prisma looks since 6.1 (github.com/prisma/orm/pull/25824).
  const alpine = Number(/^3\.(\d+)$/.exec(slim.release ?? '')?.[1])
  // 3.17 has OpenSSL 3, for which there are engines on Alpine since 4.8 (github.com/prisma/prisma/releases/tag/4.8.0).
  if (alpine >= 17 && (major < 4 || (major === 4 && minor < 8))) return older
  // Which engine it takes it asks once more at run time (getBinaryTargetForCurrentPlatform): binaryTargets change nothing.
  return alpine >= 21 && (major === 4 || major === 5) ? 'has it where Prisma does not look' : undefined
}
