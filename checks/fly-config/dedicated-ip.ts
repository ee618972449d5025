import {addressDemands, defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/dedicated-ip',
  title: 'no service needs an address of its own',
  why: 'flyctl asks before it allocates a dedicated IPv4 address: a first deploy in CI leaves the app without any.',
  severity: 'info',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const needing = flyConfig.services.flatMap((service) =>
      addressDemands(service).map((demand) => ({service, ...demand})),
    )
    const [first, ...others] = needing
    if (!first) return
    const place = ({service, path}: typeof first) => flyConfig.at(...(path ?? [...service.path, 'protocol']))
    yield {
      message: `${keyPath(first.service.path)} ${first.what}: at the first deploy flyctl asks for a dedicated IPv4 address, and in CI, where nobody answers, the app gets no address at all`,
      at: place(first),
      related: others.map(place),
      hint: needing.every(({tls}) => tls)
        ? 'If flyctl ips list shows no address, once: flyctl ips allocate-v6 and flyctl ips allocate-v4 --shared, which is enough for TLS.'
        : 'If flyctl ips list shows no dedicated v4 address, once: flyctl ips allocate-v4. An app that only other apps reach needs none.',
    }
  },
})
