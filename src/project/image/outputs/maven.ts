import {posix} from 'node:path'
import {withoutMarkupComments} from '../../code/comments.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {StepFile, StepProject} from '../../toolchains/step-project.ts'
import {isBelow} from '../files/image-path.ts'
import {mayBeChanged} from '../moment.ts'
import {type Made, type OutputRule, stepOf} from './output.ts'

/** Parents that leave the name as it is. */
const plainParents = /^(?:org\.springframework\.boot|io\.quarkus|io\.micronaut|io\.helidon)/

/** An archive is called finalName, which is artifactId-version unless the pom says otherwise (maven.apache.org/pom.html). */
export const maven: OutputRule = {
  tool: 'mvn package',
  builds: /^mvnw? .*\b(?:package|verify|install|deploy)\b/,
  harmless: /^\s*(?:\S*\/)?mvnw? /,
  wanted: /\/target\/[^/]+\.[jw]ar$/,
  ownFolder: true,
  async made(command, wanted, project): Promise<Made | undefined> {
    const text = command.words.join(' ')
    if (
      command.words.includes(undefined) ||
      /\s(?:-f|--file)\b|-D(?:\S{0,200}[fF]inalName|revision|changelist|sha1|project\.)/.test(text)
    )
      return undefined
    const folder = posix.dirname(wanted)
    const step = stepOf(command, project)
    const place = posix.dirname(folder)
    const own = isBelow(place, command.folder) ? await step.read(posix.join(place, 'pom.xml')) : undefined
    if (!own || mayBeChanged(command, own.path)) return undefined
    const poms = await withParents(own, step)
    const texts = poms.map(({text: {text: pom}}) => withoutMarkupComments(pom))
    const name = posix.basename(wanted)
    // A plugin is told of it.
    if (texts.some((pom) => pom.includes(name) || namesFolder(pom))) return undefined
    const [pom = ''] = texts
    const top = topLevel(pom)
    const parent = /<parent>([\s\S]*?)<\/parent>/.exec(pom)?.[1] ?? ''
    const artifact = tag(top, 'artifactId')
    const version = tag(top, 'version') ?? tag(parent, 'version')
    const packaging = tag(top, 'packaging') ?? 'jar'
    const fill = (value: string) => filled(value, {pom: texts, artifact, version})
    const all = texts.flatMap((each) =>
      [...each.matchAll(/<finalName>\s*([^<\s]+)\s*</g)].map(([, value = '']) => value),
    )
    const direct = texts.map((each) => tag(ownBuild(each), 'finalName')).find(Boolean)
    const usual = artifact && version ? `${artifact}-${version}` : undefined
    const names = [direct ?? usual, ...(all.length > 1 || !direct ? [...all, usual] : [])].map(
      (each) => each && fill(each),
    )
    const [first] = names
    if (first === undefined || names.includes(undefined) || !/^[jw]ar$/.test(packaging)) return undefined
    const bases = [...new Set(names as string[])]
    const external = parent !== '' && poms.length === 1 && !plainParents.test(tag(parent, 'groupId') ?? '')
    return {
      folder,
      names: bases.map((each) => `${each}.${packaging}`),
      mayWrite: new RegExp(`^(?:original-)?(?:${bases.map(escapePattern).join('|')})-`),
      because: `after ${direct ? 'finalName' : 'artifactId and version'} in ${own.text.path}`,
      ...(external && {likely: true}),
    }
  },
}

/** A pom and those above it that are its parents. */
async function withParents(file: StepFile, step: StepProject): Promise<StepFile[]> {
  const found = [file]
  for (let last = file; found.length < 10; ) {
    const parent = /<parent>([\s\S]*?)<\/parent>/.exec(withoutMarkupComments(last.text.text))?.[1]
    if (parent === undefined || /<relativePath\s*\/>|<relativePath>\s*</.test(parent)) return found
    const path = tag(parent, 'relativePath') ?? '../pom.xml'
    const next = await step.read(posix.join(posix.dirname(last.path), path.endsWith('.xml') ? path : `${path}/pom.xml`))
    if (!next?.text.text.includes(`<artifactId>${tag(parent, 'artifactId') ?? ''}</artifactId>`)) return found
    found.push(next)
    last = next
  }
  return found
}

/** What stands directly in <project>. */
const topLevel = (pom: string): string =>
  [
    'parent',
    'dependencies',
    'dependencyManagement',
    'build',
    'profiles',
    'properties',
    'reporting',
    'modules',
    'developers',
    'licenses',
    'scm',
    'organization',
    'repositories',
    'pluginRepositories',
    'distributionManagement',
    'issueManagement',
    'ciManagement',
  ].reduce(
    withoutElements,
    // A build has dependencies of plugins in it: it goes first.
    without('build', pom),
  )

function withoutElements(text: string, name: string): string {
  const [open, close] = [`<${name}>`, `</${name}>`]
  const kept: string[] = []
  let done = 0
  for (let from = text.indexOf(open); from >= 0; from = text.indexOf(open, done)) {
    const end = text.indexOf(close, from)
    if (end < 0) break
    kept.push(text.slice(done, from))
    done = end + close.length
  }
  return kept.join('') + text.slice(done)
}

/** Whether a build says where it lays its files, before its plugins, which lay others. */
const namesFolder = (pom: string): boolean =>
  pom.split('<build>').some((part, index) => index > 0 && part.split('<plugins>', 1)[0]?.includes('<directory>'))

/** Without all from the first such tag to the last one: of several builds, the last one is a profile's. */
function without(name: string, pom: string): string {
  const [from, to] = [pom.indexOf(`<${name}>`), pom.lastIndexOf(`</${name}>`)]
  return from < 0 || to < from ? pom : pom.slice(0, from) + pom.slice(to + name.length + '</>'.length)
}

/** What `<build>` says itself, without its lists of plugins and files. */
function ownBuild(pom: string): string {
  const [, behind = ''] = /<build>([\s\S]*)/.exec(without('profiles', pom)) ?? []
  const end = behind.indexOf('</build>')
  if (end < 0) return ''
  // Management first: it has plugins of its own.
  const lists = ['pluginManagement', 'plugins', 'extensions', 'resources']
  return lists.reduce((rest, name) => without(name, rest), behind.slice(0, end))
}

const tag = (text: string, name: string): string | undefined =>
  new RegExp(`<${name}>\\s*([^<\\s]+)\\s*</${name}>`).exec(text)?.[1]

/** The value with its properties; undefined where one of them is not known. */
function filled(
  value: string,
  {pom, artifact, version}: {pom: readonly string[]; artifact: string | undefined; version: string | undefined},
): string | undefined {
  const own = new Map([
    ['project.artifactId', artifact],
    ['artifactId', artifact],
    ['project.name', pom[0] && tag(topLevel(pom[0]), 'name')],
    ['project.version', version],
    ['version', version],
    ['pom.version', version],
  ])
  let text = value
  for (let round = 0; round < 5 && text.includes('${'); round++) {
    text = text.replace(/\$\{([\w.-]+)\}/g, (whole, name: string) => {
      const property = pom.map((each) =>
        tag(/<properties>([\s\S]*?)<\/properties>/.exec(each)?.[1] ?? '', escapePattern(name)),
      )
      return own.get(name) ?? property.find(Boolean) ?? whole
    })
  }
  return text.includes('${') ? undefined : text
}
