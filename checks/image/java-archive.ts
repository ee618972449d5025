import {defineCheck, type Facts} from '../../src/check.ts'

type Fault = Facts['archiveFaults'][number]

export default defineCheck({
  id: 'image/java-archive',
  title: 'Java finds the main class of what it starts',
  why: 'An archive without a main class, or a launcher by the name of another Spring Boot, ends Java at once.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['archiveFaults'],
  uses: ['buildsElse'],
  *run({archiveFaults, buildsElse}) {
    for (const fault of archiveFaults) {
      yield {
        message: describe(fault),
        at: fault.at,
        related: [fault.build],
        hint: cure(fault),
        ...(fault.by === 'release_command' && {failsAt: 'release'}),
        ...(buildsElse && {severity: 'warning'}),
      }
    }
  },
})

const describe = ({by, kind, name, version}: Fault): string =>
  kind === 'plain'
    ? `${by} starts ${name}, and no plugin of pom.xml writes a main class into it: Java ends with “no main manifest attribute”`
    : `${by} starts ${name}, which Spring Boot ${version} does not have`

const cure = ({kind, instead}: Fault): string =>
  kind === 'plain'
    ? 'Add spring-boot-maven-plugin to the plugins; without Spring Boot, maven-shade-plugin with a mainClass.'
    : `Write ${instead}`
