import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, flagOf, type Instruction} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {plainName} from '../base/base-images.ts'
import type {BuiltStage} from '../build-stage.ts'
import {builderOf} from '../packages/linked-builds.ts'
import type {StageImage} from '../stage-image.ts'

/** Something that a program of Swift needs beside itself, and that the final image does not have. */
export interface SwiftLack {
  /** The libraries of the language, one that Foundation is linked to, or the folder of the package's resources. */
  kind: 'runtime' | 'library' | 'resources'
  /** `libxml2`; of `resources` the name of the folder. */
  name: string
  /** What asks for it: the import, or the line of the manifest. */
  wanted: FileLocation | undefined
  /** The COPY that brings the program. */
  at: FileLocation
  /** The final image, and the stage that builds. */
  image: string
  built: FileLocation
}

/** These bring the libraries of the language, and those that it is linked to. */
const withRuntime = /^(?:swift|swiftlang\/swift)(?::|$)/
const swiftLibraries = /libswift|lib\/swift\b|swift\/linux|swift-[\d.]+-RELEASE|swiftly|\bswiftlang\b|\bldd\b/
const holdsThem = /^\/(?:usr(?:\/lib(?:64)?)?)?\/?$/
/** Of their own accord, by the documentation of Vapor's Dockerfile: none of them is in Debian's and Ubuntu's images. */
const foundation: readonly {module: RegExp; name: string; packages: RegExp}[] = [
  {module: /^[ \t]*(?:@\w+[ \t]+)*import[ \t]+FoundationXML\b/m, name: 'libxml2', packages: /\blibxml2/},
  {module: /^[ \t]*(?:@\w+[ \t]+)*import[ \t]+FoundationNetworking\b/m, name: 'libcurl4', packages: /\b(?:lib)?curl/},
]

export async function loadSwiftLacks({reader}: Inputs, facts: FactStore): Promise<Fact<SwiftLack[]>> {
  const [build, {final, stages}] = await facts.needAll('build', 'image')
  const name = plainName(final.root.image ?? '')
  if (!/^(?:debian|ubuntu)(?::|$)|^scratch$|^gcr\.io\/distroless\//.test(name)) return known([])
  const own = allInstructions(final.stage)
  for (const copy of own.filter(({keyword}) => keyword === 'COPY')) {
    const from = flagOf(copy, 'from')
    const source = stages.findLast(({stage}) => from && stage !== final.stage && isNamed(stage, from))
    const paths = copy.words.slice(0, -1)
    if (!source || !withRuntime.test(plainName(source.root.image ?? ''))) continue
    if (!builderOf(source, paths, [])?.what.includes('swift')) continue
    const made = build.stages.find(({stage}) => stage === source.stage)
    if (made) return known(await lacksOf({copy, own, source, made, image: final.root.image ?? name}, reader))
  }
  return known([])
}

interface Program {
  copy: Instruction
  /** The instructions of the final stage. */
  own: readonly Instruction[]
  source: StageImage
  made: BuiltStage
  image: string
}

async function lacksOf(program: Program, reader: ProjectReader): Promise<SwiftLack[]> {
  const {copy, own, source, made, image} = program
  const builds = source.commands.filter(({words}) => words[0] === 'swift' && words[1] === 'build')
  const [first] = builds
  if (!first) return []
  const texts = [...allInstructions(source.stage), ...own].map(({text}) => text)
  const manifests = await packages(made, reader)
  const around = {at: copy.at, image, built: first.at}
  const found: SwiftLack[] = []
  // Flags of a variable, and another SDK, may say it.
  const isKnown = builds.every(
    ({words}) => !words.some((word) => word === undefined || /^--(?:swift-)?sdk\b/.test(word)),
  )
  const isStatic = [...texts, ...manifests.map(({text}) => text)].some((text) => /static-(?:swift-)?stdlib/.test(text))
  const isWhole = own.some(
    ({keyword, words}) => keyword === 'COPY' && words.slice(0, -1).some((path) => holdsThem.test(path)),
  )
  if (isKnown && !isStatic && !isWhole && !texts.some((text) => swiftLibraries.test(text)))
    found.push({kind: 'runtime', name: 'libswiftCore.so', wanted: undefined, ...around})
  const code = await sources(made, reader)
  // Distroless images have no package manager, and nothing of these.
  for (const {module, name: library, packages: names} of foundation) {
    const user = code.find(({text}) => module.test(text))
    const match = user && module.exec(user.text)
    if (!user || !match || !lacks(own, names)) continue
    const wanted = user.span(match.index, match.index + match[0].length)
    found.push({kind: 'library', name: library, wanted, ...around})
  }
  const resources = manifests.map((each) => resourcesOf(each)).find((each) => each !== undefined)
  const usesThem = code.some(({text}) => /\bBundle\.module\b/.test(text))
  // A folder that is copied whole may hold anything.
  const isFile = copy.words.slice(0, -1).every((path) => posix.extname(path) === '' && isProgram(path, made))
  if (resources && usesThem && isFile && !texts.some((text) => /\.resources\b|\.bundle\b/.test(text)))
    found.push({kind: 'resources', name: `${resources.target}.resources`, wanted: resources.at, ...around})
  return found
}

/** Neither a package, nor a script that is not read, nor libraries of the system that are copied bring it. */
const lacks = (own: readonly Instruction[], names: RegExp): boolean =>
  !own.some(
    ({keyword, text}) =>
      (keyword === 'RUN' && (names.test(text) || /\.sh\b|\bwget\b|\bdpkg\b/.test(text))) ||
      (keyword === 'COPY' && (names.test(text) || /\/lib(?:64)?\/(?!swift\b)/.test(text))),
  )

/** The manifests of the packages that the stage has. */
async function packages({files}: BuiltStage, reader: ProjectReader): Promise<TextFile[]> {
  return reader.texts(
    [...files.files((names) => names.ending('Package.swift'))].flatMap(([, entry]) => entry.source ?? []),
  )
}

/** The code in it that is no test. */
async function sources({files}: BuiltStage, reader: ProjectReader): Promise<TextFile[]> {
  const found = [...files.files((names) => names.ending('.swift'))]
    .filter(([path]) => !/\/Tests\/|\/Package\.swift$/.test(path))
    .flatMap(([, entry]) => entry.source ?? [])
  return reader.texts(found.slice(0, 2000))
}

/** A program that a RUN installs under its own name, or takes out of the folder of the build. */
const isProgram = (path: string, {files}: BuiltStage): boolean =>
  /\/(?:release|debug)\/[\w-]+$/.test(path) || (/\/s?bin\/[\w-]+$/.test(path) && files.get(path)?.kind !== 'folder')

/** `resources: [.process("Resources")]` of a target that is no test: a folder PACKAGE_TARGET.resources beside the program. */
function resourcesOf(manifest: TextFile): {target: string; at: FileLocation} | undefined {
  const text = manifest.text.replace(/(?<!:)\/\/[^\n]*/g, (comment) => ' '.repeat(comment.length))
  const [, own = ''] = /\bPackage\(\s{0,50}name:\s{0,50}"([^"\n]+)"/.exec(text) ?? []
  const targets = [...text.matchAll(/\.(executableTarget|target|testTarget)\(\s{0,50}name:\s{0,50}"([^"\n]+)"/g)]
  for (const [index, {1: kind, 2: name = '', index: at}] of targets.entries()) {
    const body = text.slice(at, targets[index + 1]?.index)
    const match = /\bresources:\s{0,50}\[\s{0,50}\.(?:process|copy)\(/.exec(body)
    if (!match || kind === 'testTarget') continue
    return {target: `${own}_${name}`, at: manifest.span(at + match.index, at + match.index + match[0].length)}
  }
  return undefined
}
