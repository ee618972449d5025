import type {FileLocation} from '../../check.ts'
import {withoutMarkupComments} from '../code/comments.ts'
import type {TextFile} from '../files/text.ts'

/** A command line that a target of a project file runs while the project is built. */
export interface Exec {
  command: string
  at: FileLocation
  /** The target has outputs, and is left out where these are newer than its inputs. */
  mayBeSkipped: boolean
}

/** Targets that every build goes through, and those that only publish adds (Microsoft.Common, Microsoft.NET.Publish). */
const built =
  words(`BeforeBuild Build AfterBuild CoreBuild PreBuildEvent PostBuildEvent PrepareForBuild AssignTargetPaths
  ResolveReferences ResolveAssemblyReferences BeforeCompile CoreCompile Compile AfterCompile`)
const published = words('Publish PrepareForPublish ComputeFilesToPublish ComputeResolvedFilesToPublishList')

/** Conditions that hold in a build on the command line. */
const holds = /^\s*'\$\((?:DesignTimeBuild|BuildingInsideVisualStudio)\)'\s*!=\s*'true'\s*$/i

const tag = /<(\/?)([A-Za-z]+)(?![A-Za-z])((?:[^<>"']|"[^"]*"|'[^']*')*)>/g

/** What the Exec tasks run, of targets that dotnet build or publish surely comes to. */
export function targetExecs(file: TextFile, isPublish: boolean): Exec[] {
  const text = withoutMarkupComments(file.text)
  const targets: {attributes: ReadonlyMap<string, string>; execs: Exec[]}[] = []
  /** Elements around, and whether one of them has a condition that is not known to hold. */
  const around: {name: string; open: boolean}[] = []
  for (const {0: whole, 1: close, 2: name = '', 3: rest = '', index} of text.matchAll(tag)) {
    if (close) {
      while (around.length > 0 && around.pop()?.name !== name);
      continue
    }
    const attributes = attributesOf(rest)
    const condition = attributes.get('Condition')
    const open = around.some((each) => each.open) || (condition !== undefined && !holds.test(condition))
    if (name === 'Target' && !open) targets.push({attributes, execs: []})
    const command = name === 'Exec' ? attributes.get('Command') : undefined
    const target = targets.at(-1)
    const caught = attributes.has('ContinueOnError') || attributes.has('IgnoreExitCode')
    if (command !== undefined && target && !open && !caught && around.some((each) => each.name === 'Target')) {
      const mayBeSkipped = target.attributes.has('Outputs')
      target.execs.push({command, at: file.span(index, index + whole.length), mayBeSkipped})
    }
    if (!rest.endsWith('/')) around.push({name, open})
  }
  const reached = new Set([...built, ...(isPublish ? published : [])])
  const runs = new Set<(typeof targets)[number]>()
  for (let before = -1; before !== runs.size; ) {
    before = runs.size
    for (const target of targets) {
      const listed = (name: string) => (target.attributes.get(name) ?? '').split(/[;\s]+/).filter(Boolean)
      const name = target.attributes.get('Name') ?? ''
      const hooks = [...listed('BeforeTargets'), ...listed('AfterTargets')]
      if (runs.has(target) || !(hooks.some((each) => reached.has(each)) || (!built.has(name) && reached.has(name))))
        continue
      runs.add(target)
      for (const each of [name, ...listed('DependsOnTargets')]) reached.add(each)
    }
  }
  return targets.flatMap((target) => (runs.has(target) ? target.execs : []))
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/(?<![\w.:])([\w.:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = '', double, single]) => [
      name,
      plain(double ?? single ?? ''),
    ]),
  )
}

const entities: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['apos', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['#xA', '\n'],
  ['#xD', ''],
])
const plain = (text: string): string =>
  text.replace(/&([#\w]+);/g, (whole, name: string) => entities.get(name) ?? whole)

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/))
}
