import {defineCheck, type Facts} from '../../src/check.ts'

type Gap = Facts['systemFiles'][number]

export default defineCheck({
  id: 'image/system-files',
  title: 'the image has the certificates and time zones it needs',
  why: 'A program of Go or Rust takes certificates and time zones from the system: in an image without them https fails.',
  // It may never make the call.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['systemFiles'],
  *run({systemFiles}) {
    for (const gap of systemFiles) {
      yield {...describe(gap), at: gap.at, related: [gap.neededAt]}
    }
  },
})

function describe({kind, what, by, image, manager, builder}: Gap): {message: string; hint: string} {
  if (kind === 'certificates') {
    return {
      message: `${image} has no certificates: https to ${what} (${by}) fails, for nothing tells which servers to trust`,
      hint:
        manager === undefined
          ? `Copy them from the stage that builds: COPY --from=${builder} /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/`
          : 'Install them: RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*',
    }
  }
  const install = manager === 'apk' ? '; or install them: RUN apk add --no-cache tzdata' : ''
  return {
    message:
      by === 'TZ'
        ? `${image} has no time zones: TZ is ${what}, and the program goes by UTC all the same`
        : `${image} has no time zones: LoadLocation("${what}") in ${by} fails ("unknown time zone")`,
    hint: `Build them into the program: import _ "time/tzdata"${install}`,
  }
}
