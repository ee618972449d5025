import type {TextFile} from '../../text.ts'
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
export async function springSources(files: TextFile[], {reader, paths}: Project): Promise<Sources | undefined> {
  const builds = await reader.texts(
    [...paths.named('pom.xml', 'build.gradle', 'build.gradle.kts'), ...paths.ending('.versions.toml')].concat(
      paths.ending('.kts', '.gradle').filter((path) => path.startsWith('buildSrc/')),
    ),
  )
  const built = builds.map(({text}) => text).join('\n')
  // A parent of one's own brings what it likes.
  const parents = [...built.matchAll(/<parent>[^<]{0,200}<groupId>([^<]{1,200})<\/groupId>/g)].map(([, group]) => group)
  const isKnown = parents.every((group) => group === 'org.springframework.boot' || built.includes(`<modules>`))
  if (!isKnown || answering.test(built) || /spring-boot[^\n]{0,200}\n?[^\n]{0,200}["'>]1\.\d/.test(built))
    return undefined
  const resources = paths.ending('.properties', '.yml', '.yaml').filter((path) => path.includes('src/main/resources/'))
  const settings = (await reader.texts(resources)).map(({text}) => text).join('\n')
  const hasActuator = /actuator/.test(built)
  return {
    language: 'java',
    files,
    mayAnswer(path) {
      const isActuators =
        hasActuator && (path.startsWith('/actuator') || /base-path|path-mapping|additional-path/.test(settings))
      return isActuators || isHandedOut(path, served, paths) || ofLibraries.test(path) || settings.includes(path)
    },
  }
}
