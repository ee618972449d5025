import type {TextFile} from '../../files/text.ts'
import {type SpringSettings, springSettings} from '../../java/spring-settings.ts'
import {isHandedOut} from './handed-out.ts'
import type {Project, Sources} from './sources.ts'

/** Packages by which an app answers more than its controllers say, or from routes that the build makes. */
const answering =
  /spring-cloud|boot-admin|data-rest|graphql|vaadin|hilla|jhipster|jersey|camel|keycloak|modulith|grails|micronaut|authorization-server|saml|websocket|openapi-generator|swagger-codegen|\bgwt\b|h2-console/
/** Of springdoc and springfox, of Spring Security's pages to log in, and of Spring Boot itself. */
const ofLibraries = /^\/(?:v[23]\/api-docs|swagger\b|webjars\b|login|logout|error|favicon\.ico)/

const served = /src\/main\/(?:resources\/(?:static|public|resources|templates|META-INF)|webapp)\//

/**
 * `/actuator/health` and its kin are there only with spring-boot-starter-actuator (Spring Boot's reference, "Enabling
 * Production-ready Features"), from 2.0 on.
 */
export async function springSources(files: TextFile[], project: Project): Promise<Sources | undefined> {
  const {reader, paths} = project
  const builds = await reader.texts(
    [...paths.named('pom.xml', 'build.gradle', 'build.gradle.kts'), ...paths.ending('.versions.toml')].concat(
      paths.ending('.kts', '.gradle').filter((path) => path.startsWith('buildSrc/')),
    ),
  )
  const built = builds.map(({text}) => text).join('\n')
  // A parent of one's own brings what it likes.
  const parents = [...built.matchAll(/<parent>[^<]{0,200}<groupId>([^<]{1,200})<\/groupId>/g)].map(([, group]) => group)
  const isKnown = parents.every((group) => group === 'org.springframework.boot' || built.includes(`<modules>`))
  if (!isKnown || answering.test(built) || /spring-boot[^\n]{0,100}\n?[^\n]{0,60}["'>]1\.\d/.test(built))
    return undefined
  const resources = paths.ending('.properties', '.yml', '.yaml').filter((path) => path.includes('src/main/resources/'))
  const written = (await reader.texts(resources)).map(({text}) => text).join('\n')
  const hasActuator = /actuator/.test(built)
  const settings = await springSettings(project, project.variable)
  const health =
    hasActuator && settings
      ? healthOf(
          settings,
          (await reader.texts(paths.ending('.toml'))).map(({text}) => text),
        )
      : undefined
  // The actuator at a port of its own knows nothing of it.
  const isOne = settings && settings.get('management.server.port') === undefined && !/webflux/.test(built)
  const prefix = isOne ? settings.get('server.servlet.context-path') : undefined
  return {
    language: 'java',
    files,
    ...(prefix && prefix !== '/' && {prefix: prefix.replace(/\/$/, '')}),
    mayAnswer(asked) {
      if (health?.isLost(asked)) return false
      const path = prefix && asked.startsWith(`${prefix}/`) ? asked.slice(prefix.length) : asked
      const isActuators =
        hasActuator && (path.startsWith('/actuator') || /base-path|path-mapping|additional-path/.test(written))
      return isActuators || isHandedOut(path, served, paths) || ofLibraries.test(path) || written.includes(path)
    },
  }
}

/** Where the health of the actuator is, which other settings may take from the port or the path of the check. */
function healthOf({get}: SpringSettings, configs: readonly string[]): {isLost(path: string): boolean} | undefined {
  const [port, serverPort] = [get('management.server.port'), get('server.port')]
  const [base, context] = [get('management.endpoints.web.base-path'), get('server.servlet.context-path')]
  const mapped = get('management.endpoints.web.path-mapping.health')
  const [enabled, all] = [get('management.endpoint.health.enabled'), get('management.endpoints.enabled-by-default')]
  const [include, exclude] = ['include', 'exclude'].map((each) => get(`management.endpoints.web.exposure.${each}`))
  if ([port, base, context, mapped, enabled, all, include, exclude].includes(null)) return undefined
  if (mapped !== undefined || get('management.server.base-path') !== undefined) return undefined
  const listOf = (text: string | null | undefined) =>
    (text ?? '').split(',').map((each) => each.trim().replace(/^["']|["']$/g, ''))
  const has = (text: string | null | undefined) => listOf(text).some((each) => each === 'health' || each === '*')
  const isOff =
    enabled === 'false' ||
    (all === 'false' && enabled !== 'true') ||
    has(exclude) ||
    (include !== undefined && !has(include))
  // Another port may be one that a check asks at.
  const isElsewhere = port !== undefined && port !== serverPort && !configs.some((text) => text.includes(`${port}`))
  const own = `${isElsewhere ? '' : (context ?? '')}${base ?? '/actuator'}/health`.replace(/\/{2,}/g, '/')
  return {
    isLost(path) {
      const isAsked = /^\/(?:[\w-]{1,50}\/){0,3}health(?:\/(?:liveness|readiness))?\/?$/.test(path)
      const isOwn = path === own || path.startsWith(`${own}/`)
      return isOwn ? isOff || isElsewhere : isAsked && path.startsWith('/actuator/')
    },
  }
}
