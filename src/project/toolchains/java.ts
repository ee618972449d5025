import {atLeast, everyOf, withoutEnd} from './ranges.ts'
import type {Demand, Rule} from './rule.ts'
import type {StepFile, StepProject} from './step-project.ts'

/** javac builds for its own version and older ones: `release version 21 not supported`. */
export const java: Rule = {
  language: 'Java',
  command:
    /^(?:mvnw?\b.* (?:compile|test|package|verify|install|deploy|spring-boot:\S+)|gradlew?\b.* (?::?[\w:-]*(?:build|assemble|[jJ]ar|installDist|test|stage|native\w*)))(?![\w:])(?!.*-D(?:java\.version|maven\.compiler))/,
  replaced: /\bsdk install\b|JAVA_HOME|\bapt-get\b[^\n]{0,500}\b(?:openjdk|temurin)-|\bapk\b[^\n]{0,500}openjdk/,
  packages: /\bopenjdk-(\d+)-jdk\b/g,
  precision: 1,
  runtime: {
    language: 'Java',
    outcome: 'it stops with UnsupportedClassVersionError',
    demands: async (_project, atBuild) => atBuild.map((each) => ({...each, range: withoutEnd(each.range)})),
  },
  async demands(project) {
    const gradle = /gradlew?$/.test(project.words[0] ?? '')
    if (!gradle) return mavenDemands(project)
    const own = /gradlew$/.test(project.words[0] ?? '') ? await wrapperDemands(project) : []
    return [...own, ...(await gradleDemands(project))]
  },
}

async function mavenDemands(project: StepProject): Promise<Demand[]> {
  const index = project.words.findIndex((word) => word === '-f' || word === '--file')
  const file = await project.read(index >= 0 ? (project.words[index + 1] ?? '') : 'pom.xml')
  // A profile may set another one.
  if (!file || /<profiles>/.test(file.text.text)) return []
  // With several of them it is not read which one counts.
  const tag =
    /^\s*<(maven\.compiler\.(?:release|source|target)|java\.version|release|source|target)>\s*(?:1\.)?(\d+)\s*<\//
  const versions = new Set(
    Array.from({length: file.text.lineCount}, (_, index) => tag.exec(file.text.line(index + 1))?.[2] ?? '').filter(
      Boolean,
    ),
  )
  return firstLine(file, tag, ([, name, version]) => ({
    range: atLeast(version as string),
    said: `${file.text.path} sets ${name} to ${version}`,
    likely: versions.size > 1,
  }))
}

/** The first Gradle that runs on a version of Java (docs.gradle.org, "Compatibility Matrix"). */
const firstGradle: readonly (readonly [java: number, gradle: number])[] = [
  [11, 5.0],
  [17, 7.03],
  [18, 7.05],
  [19, 7.06],
  [20, 8.03],
  [21, 8.05],
  [22, 8.08],
  [23, 8.1],
  [24, 8.14],
  [25, 9.01],
  [26, 9.04],
]

/** "Unsupported class file major version 65": the Gradle that gradlew fetches is older than the Java that it is to run on. */
async function wrapperDemands(project: StepProject): Promise<Demand[]> {
  const file = await project.read('gradle/wrapper/gradle-wrapper.properties')
  const jvm = await project.read('gradle/gradle-daemon-jvm.properties')
  const properties = await project.read('gradle.properties')
  if (!file || jvm || /org\.gradle\.java\.home/.test(properties?.text.text ?? '')) return []
  return firstLine(
    file,
    /^\s*distributionUrl\s*=.*\bgradle-(\d+)\.(\d+)(?:\.\d+)?-(?:bin|all)\.zip/,
    ([, major, minor]) => {
      // 8.10 is behind 8.9.
      const gradle = Number(major) + Number(minor) / 100
      const newer = firstGradle.find(([, first]) => first > gradle)?.[0]
      const range = newer === undefined ? atLeast('0') : [{from: [0, 0, 0] as const, to: [newer, 0, 0] as const}]
      const hint =
        'Take a newer Gradle, and commit what that writes: ./gradlew wrapper --gradle-version 8.14. Or an image of an older Java.'
      return {
        range,
        hint,
        said: `${file.text.path} takes Gradle ${major}.${minor}, which does not run on Java ${newer} yet`,
      }
    },
  )
}

/**
 * A Gradle toolchain must be that version exactly, and is fetched only where settings.gradle has a resolver for it, or
 * by Gradle before 8 (docs.gradle.org, "Toolchains for JVM projects").
 */
async function gradleDemands(project: StepProject): Promise<Demand[]> {
  for (const name of ['build.gradle', 'build.gradle.kts']) {
    const file = await project.read(name)
    if (!file) continue
    const settings = (await project.read('settings.gradle')) ?? (await project.read('settings.gradle.kts'))
    const wrapper = await project.read('gradle/wrapper/gradle-wrapper.properties')
    const [, major] = /gradle-(\d+)\./.exec(wrapper?.text.text ?? '') ?? []
    const fetches = /foojay|toolchainManagement/.test(settings?.text.text ?? '') || !settings || !(Number(major) >= 8)
    const toolchain =
      /^\s*(?:languageVersion\b.*JavaLanguageVersion\.of\(|(?:kotlin\.)?jvmToolchain\(|kotlin\s*\{\s*jvmToolchain\()(\d+)\)/
    const exact = firstLine(file, toolchain, ([, version]) => ({
      range: [everyOf(version as string)],
      said: `the toolchain of ${file.text.path} is ${version}`,
    }))
    if (exact.length > 0) return fetches ? [] : exact
    const compatibility =
      /^\s*(?:java\.)?(?:source|target)Compatibility\s*=\s*(?:JavaVersion\.VERSION_|JavaVersion\.toVersion\(|['"])?(?:1[._])?(\d+)\b/
    return firstLine(file, compatibility, ([, version]) => ({
      range: atLeast(version as string),
      said: `${file.text.path} sets its Java to ${version}`,
    }))
  }
  return []
}

function firstLine({text}: StepFile, pattern: RegExp, read: (match: RegExpExecArray) => Omit<Demand, 'at'>): Demand[] {
  for (let number = 1; number <= text.lineCount; number++) {
    const match = pattern.exec(text.line(number))
    if (match) return [{...read(match), at: text.lineSpan(number)}]
  }
  return []
}
