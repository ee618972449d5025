import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {withoutMarkupComments} from '../code/comments.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'

/** A start of Java that ends at once, by how the archive is made. */
export interface ArchiveFault {
  by: string
  at: FileLocation
  /** `plain`: Maven makes an archive without a main class. `launcher`: the class is called otherwise in this Spring Boot. */
  kind: 'plain' | 'launcher'
  /** The archive, or the class; and of a class, its name here. */
  name: string
  instead?: string
  /** pom.xml, or the line with the version. */
  build: FileLocation
  /** `launcher`: the version of Spring Boot. */
  version?: string
}

/** Plugins that leave the archive as it is: all others may make one that can be started. */
const harmless =
  /^(?:maven-(?:compiler|surefire|failsafe|resources|clean|install|deploy|enforcer|checkstyle|source|javadoc|dependency)-plugin|jacoco-maven-plugin|kotlin-maven-plugin|spotless-maven-plugin|flyway-maven-plugin|liquibase-maven-plugin|versions-maven-plugin)$/

/**
 * "no main manifest attribute, in app.jar": maven-jar-plugin writes no Main-Class unless it is told one, and of Spring
 * Boot only the plugin makes an archive that can be started. "Could not find or load main class …JarLauncher": since
 * Spring Boot 3.2 that is in loader.launch (release notes of 3.2).
 */
export async function loadArchiveFaults({reader}: Inputs, facts: FactStore): Promise<Fact<ArchiveFault[]>> {
  const [[processes, {commands}, dockerfile], files] = await Promise.all([
    facts.needAll('processes', 'buildCommands', 'dockerfile'),
    facts.value('files'),
  ])
  const project = files ?? noFiles
  const found: ArchiveFault[] = []
  for (const {by, text, at, certain, supervised} of processes.commands) {
    if (!certain || supervised || !/^(?:exec )?(?:\S*\/)?java\s/.test(text)) continue
    const [, launch, launcher] = /\sorg\.springframework\.boot\.loader\.(launch\.)?(\w+Launcher)\b/.exec(text) ?? []
    if (launcher !== undefined) {
      const boot = await bootVersion(project, reader)
      const isNew = boot && (boot.major > 3 || (boot.major === 3 && boot.minor >= 2))
      if (!boot || isNew === (launch !== undefined)) continue
      const [name, instead] = [launch ?? '', isNew ? 'launch.' : ''].map(
        (part) => `org.springframework.boot.loader.${part}${launcher}`,
      )
      found.push({
        by,
        at,
        kind: 'launcher',
        name: name ?? '',
        instead: instead ?? '',
        build: boot.at,
        version: boot.version,
      })
      continue
    }
    const [, archive] = /\s-jar\s+(\S+\.jar)\b/.exec(text) ?? []
    const builds = commands.filter(
      ({words, conditional}) =>
        !conditional &&
        /^mvnw?$/.test(programOf({words}) ?? '') &&
        words.some((word) => /^(?:package|verify|install)$/.test(word ?? '')),
    )
    if (archive === undefined || builds.length === 0) continue
    const pom = /repackage|shade|assembl|\bjar\s+-?u?c?[a-z]*[em]|gradle/.test(dockerfile.file.text)
      ? undefined
      : await plainPom(project, reader)
    if (pom) found.push({by, at, kind: 'plain', name: archive, build: pom})
  }
  return known(found)
}

/** The one pom.xml, where nothing in it makes an archive that can be started. */
async function plainPom(project: Files, reader: ProjectReader): Promise<FileLocation | undefined> {
  const [path, another] = project.named('pom.xml')
  const file =
    another === undefined && project.ending('.jar').every((each) => each.includes('wrapper'))
      ? await reader.text(path)
      : undefined
  const text = withoutMarkupComments(file?.text ?? '')
  const [, parent] = /<parent>[\s\S]{0,500}?<artifactId>\s*([\w.-]+)/.exec(text) ?? []
  if (!file || /<profiles?>|<packaging>(?!\s*jar)|mainClass|Main-Class/.test(text)) return undefined
  if (parent !== undefined && parent !== 'spring-boot-starter-parent') return undefined
  const plugins = [...text.matchAll(/<plugin>([\s\S]*?)<\/plugin>/g)].map(
    ([, plugin = '']) => /<artifactId>\s*([\w.-]+)/.exec(plugin)?.[1] ?? '?',
  )
  return plugins.every((name) => harmless.test(name)) ? file.whole : undefined
}

/** The version of Spring Boot, where the project says one, and does not ask for the older loader. */
async function bootVersion(project: Files, reader: ProjectReader) {
  const texts = await reader.texts(project.named('pom.xml', 'build.gradle', 'build.gradle.kts', 'libs.versions.toml'))
  if (texts.some(({text}) => /loaderImplementation/.test(text))) return undefined
  const found = texts.flatMap((file) =>
    [
      ...file.text.matchAll(
        /<artifactId>spring-boot-starter-parent<\/artifactId>\s*<version>(\d+)\.(\d+)[\w.-]*|\borg\.springframework\.boot["'][^\n]{0,20}\bversion\b\s*\(?["'](\d+)\.(\d+)[\w.-]*/g,
      ),
    ].map((match) => {
      const [, a, b, c, d] = match
      const [major, minor] = [Number(a ?? c), Number(b ?? d)]
      return {major, minor, version: `${major}.${minor}`, at: file.span(match.index, match.index + match[0].length)}
    }),
  )
  return new Set(found.map(({version}) => version)).size === 1 ? found[0] : undefined
}
