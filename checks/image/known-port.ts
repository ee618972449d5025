import {defineCheck, type Facts, knownPortOf} from '../../src/check.ts'

export default defineCheck({
  id: 'image/known-port',
  title: 'requests go to the port of a well-known image',
  why: 'Nobody listens on internal_port: the health checks fail, and every request is answered with 502.',
  // A secret may choose another port.
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['dockerfile', 'options', 'buildsElse'],
  *run({flyConfig, dockerfile, options, buildsElse}) {
    const {build, env = {}, processes = {}, experimental, files = []} = flyConfig.config
    // Commands, files and other images come before what the image does by itself.
    const isChanged = flyConfig.hasContainers || options?.image || files.length > 0 || buildsElse
    // A volume may bring the configuration.
    if (flyConfig.mounts.some(({destination}) => /^\/etc\b|conf/.test(destination ?? ''))) return
    if (isChanged || experimental?.cmd || experimental?.entrypoint || experimental?.exec) return
    const name = build?.image ?? (dockerfile && asItIs(dockerfile))
    const known = name === undefined ? undefined : knownPortOf(name)
    const isMoved = known?.variables.some((variable) => Object.hasOwn(env, variable))
    if (!known || isMoved || Object.values(processes).some(Boolean)) return
    const services = flyConfig.services.filter(({protocol, strayFrom}) => protocol !== 'udp' && !strayFrom)
    const isHeard = (port: number | undefined) => known.ports.includes(port ?? 0)
    const [service] = services
    // One that fits shows that the program serves; another may be for what is set up inside. fly-config/internal-port
    // tells of one that is missing.
    if (!service?.internal_port || services.some(({internal_port: port}) => isHeard(port))) return
    const {path, header, internal_port: port} = service
    const [right = 8080] = known.ports
    const [variable] = known.variables.filter((each) => /PORT$/i.test(each))
    const other = variable ? `, or ${flyConfig.setting(variable, String(port))} under [env]` : ''
    yield {
      message: `internal_port is ${port}, but ${known.program} listens on port ${right}`,
      at: flyConfig.at(...path, 'internal_port'),
      related: [build?.image ? flyConfig.at('build', 'image') : (dockerfile?.final.at ?? flyConfig.at())],
      hint: `Write ${flyConfig.setting('internal_port', right)} under ${header}${other}.`,
    }
  },
})

/** The image of a Dockerfile that adds nothing which could change what is started, or where that listens. */
function asItIs({final}: Facts['dockerfile']): string | undefined {
  const harmless = /^(?:LABEL|EXPOSE|VOLUME|ARG|MAINTAINER|STOPSIGNAL|HEALTHCHECK)$/
  return !final.parent && final.instructions.every(({keyword}) => harmless.test(keyword)) ? final.image : undefined
}
