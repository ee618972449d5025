import {posix} from 'node:path'
import {withoutHashLines, withoutSlashComments} from '../../code/comments.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {StepProject} from '../../toolchains/step-project.ts'
import {mayBeChanged} from '../moment.ts'
import {type Made, type OutputRule, stepOf} from './output.ts'

/** What gives archives other names than the project's own, or versions that are worked out. */
const renamed =
  /archive(?:File|Base)?Name|archivesName|archivesBaseName|archiveVersion|archiveAppendix|archiveClassifier|destinationDir|libsDir|buildDir|\bapply\s{0,20}\(?\s{0,20}from|jgitver|axion|nebula|reckon|git-version|semver|\bbaseName\b|ktor|multiplatform/i

/** An archive is called name-version, and name alone without a version (docs.gradle.org, the base plugin). */
export const gradle: OutputRule = {
  tool: 'gradle build',
  builds: /^gradlew?\b.* (?::?[\w:-]*(?:build|assemble|[jJ]ar|[wW]ar))(?![\w:])/,
  harmless: /^\s*(?:\S*\/)?gradlew?\b/,
  wanted: /\/build\/libs\/[^/]+\.[jw]ar$/,
  ownFolder: true,
  async made(command, wanted, project): Promise<Made | undefined> {
    const text = command.words.join(' ')
    if (
      command.words.includes(undefined) ||
      /\s(?:-b|-c|-p|--build-file|--project-dir)\b|-P\S{0,200}[vV]ersion/.test(text)
    )
      return undefined
    const folder = posix.dirname(wanted)
    const place = posix.dirname(posix.dirname(folder))
    const step = stepOf(command, project)
    const build = await either(step, place, 'build.gradle')
    if (!build || mayBeChanged(command, build.path)) return undefined
    const isRoot = place === command.folder
    const settings = await either(step, command.folder, 'settings.gradle')
    const above = isRoot ? undefined : await either(step, command.folder, 'build.gradle')
    const texts = [build, settings, above].map((each) => withoutSlashComments(each?.text.text ?? ''))
    const [own = '', set = '', root = ''] = texts
    const name = posix.basename(wanted)
    if (
      texts.some((each) => renamed.test(each) || each.includes(name)) ||
      /includeBuild|\.name\s*=(?!\s*['"])|projectDir/.test(set)
    )
      return undefined
    if (project.tracked.hasFolderNamed('buildSrc')) return undefined
    const [, called] = /^[ \t]*rootProject\.name\s{0,20}=\s{0,20}['"]([^'"$]+)['"]/m.exec(set) ?? []
    if (/rootProject\.name/.test(set) && called === undefined) return undefined
    const base = isRoot && called ? called : posix.basename(place)
    const properties = withoutHashLines(
      (await step.read(posix.join(command.folder, 'gradle.properties')))?.text.text ?? '',
    )
    const version =
      versionIn(own) ?? versionIn(root) ?? /^[ \t]*version[ \t]*[=:][ \t]*(\S+)[ \t]*$/m.exec(properties)?.[1] ?? ''
    if (base === '' || version === unread) return undefined
    const full = version ? `${base}-${version}` : base
    const boot = /org\.springframework\.boot['")\s]{0,50}\)?\s{0,20}version\s{0,20}\(?['"](?:2\.[5-9]|[3-9])/.test(own)
    // The plain archive is made by `build` and `assemble`, unless its task is off (Spring Boot's reference, "Packaging").
    const alsoPlain =
      boot &&
      / :?[\w:-]*(?:build|assemble)(?![\w:])/.test(text) &&
      !/\bjar\b[\s\S]{0,80}enabled\s{0,20}=?\s{0,20}\(?false/.test(own)
    // What sets a version may be a plugin.
    const isVersioned = version === '' && new RegExp(`^${escapePattern(base)}-\\d`).test(name)
    return {
      folder,
      names: [`${full}.${posix.extname(name).slice(1)}`, ...(alsoPlain ? [`${full}-plain.jar`] : [])],
      // No classifier is called as a version is.
      mayWrite: new RegExp(`^${escapePattern(full)}-(?!SNAPSHOT\\b|\\d)`),
      ...(isVersioned && {likely: true}),
      because: isRoot
        ? `after ${called ? 'rootProject.name' : 'the folder'} and ${version ? 'the version' : 'no version'} in ${build.text.path}`
        : `after the folder and ${version ? 'the version' : 'no version'} of the project`,
    }
  },
}

const unread = '?'

/** The version that a build file sets for the project; `unread` where it is worked out. */
function versionIn(file: string): string | undefined {
  const text = topLevel(file)
  const [line, value] =
    /^[ \t]*(?:project\.)?version[ \t]{0,20}(?:=|[ \t])[ \t]{0,20}(?:['"]([^'"$]{1,200})['"][ \t]{0,50}$)?/m.exec(
      text,
    ) ?? []
  return line === undefined ? undefined : (value ?? unread)
}

/** The text without its blocks, but for what holds for all projects. */
function topLevel(file: string): string {
  let text = file.replace(/\b(?:allprojects|subprojects)\s*\{/g, '')
  for (let before = ''; before !== text; ) {
    before = text
    text = text.replace(/\{[^{}]*\}/g, '')
  }
  return text
}

const either = async (step: StepProject, folder: string, name: string) =>
  (await step.read(posix.join(folder, name))) ?? (await step.read(posix.join(folder, `${name}.kts`)))
