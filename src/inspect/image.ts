import type {FileLocation} from '../check.ts'
import type {Facts} from '../facts.ts'
import {allInstructions, rootImage} from '../project/dockerfile/parse.ts'

/** The image as preflight sees it, in Docker's own names. */
export interface InspectedImage {
  config: {
    Env: string[]
    /** Empty: none is set in the Dockerfile, so that of the base image counts. */
    WorkingDir: string
    User: string
    /** null: none is set in the Dockerfile, so that of the base image counts. */
    Entrypoint: string[] | null
    Cmd: string[] | null
    ExposedPorts: string[]
  }
  /** The stages that are built, with what is installed in each; empty where the Dockerfile could not be followed. */
  stages: InspectedStage[]
  /** What COPY and ADD bring; a symbolic link as `path -> target`. */
  files: {path: string; source: string; at: FileLocation}[]
  /** Where more may be than is listed, and why. */
  unknown: {path: string; why: string; at: FileLocation}[]
}

export interface InspectedStage {
  /** Its name, or its number. */
  name: string
  /** The image that it is built on, in the end. */
  base: string | undefined
  /** `Debian 12`; undefined where the tag does not tell it. */
  system: string | undefined
  /** OS packages that its RUNs install. */
  packages: {name: string; at: FileLocation}[]
  /** Python packages that are installed in it, or copied from another stage, as far as they are declared. */
  python: {name: string; specifier: string; at: FileLocation}[]
  at: FileLocation
}

export function inspectImage(
  {final: {stage, config, files, unknown}}: Facts['build'],
  image?: Facts['image'],
): InspectedImage {
  const isSet = rootImage(stage) === 'scratch' || allInstructions(stage).some(({keyword}) => keyword === 'WORKDIR')
  return {
    config: {
      Env: [...config.env].map(([name, value]) => `${name}=${value}`),
      WorkingDir: isSet ? config.workingDir : '',
      User: config.user,
      Entrypoint: config.entrypoint?.length ? config.entrypoint : null,
      Cmd: config.cmd?.length ? config.cmd : null,
      ExposedPorts: [...config.exposedPorts],
    },
    stages: (image?.stages ?? []).map(inspectStage),
    files: [...files.files()].map(([path, entry]) => ({
      path: entry.kind === 'link' ? `${path} -> ${entry.target}` : path,
      source: entry.source,
      at: entry.at,
    })),
    unknown: unknown.map(({path, why, at}) => ({path, why, at})),
  }
}

function inspectStage({stage, release, packages, installs, copied}: Facts['image']['stages'][number]): InspectedStage {
  const requirements = [...installs, ...copied].flatMap((install) => install.requirements)
  return {
    name: stage.name ?? String(stage.index),
    base: rootImage(stage),
    system: release?.system,
    packages: [...packages.installed].map(([name, at]) => ({name, at})),
    python: requirements.map(({name, specifier, at}) => ({name, specifier, at})),
    at: stage.at,
  }
}

/** The same for reading: each answer with the line it comes from. */
export function describeImage({config, stages, files, unknown}: InspectedImage): string {
  const place = ({file, line}: FileLocation) => `${file}:${line ?? 1}`
  const list = (words: string[] | null) => (words === null ? '(that of the base image)' : JSON.stringify(words))
  const width = Math.min(60, Math.max(0, ...files.map(({path}) => path.length)))
  return [
    `WorkingDir    ${config.WorkingDir || '(that of the base image)'}`,
    `User          ${config.User || '(that of the base image)'}`,
    `Entrypoint    ${list(config.Entrypoint)}`,
    `Cmd           ${list(config.Cmd)}`,
    `ExposedPorts  ${config.ExposedPorts.join(' ') || '(none)'}`,
    ...config.Env.map((each, index) => `${index === 0 ? 'Env           ' : '              '}${each}`),
    '',
    `Stages (${stages.length})`,
    ...stages.flatMap(({name, base, system, packages, python, at}) => [
      `  ${name}  ${base ?? 'a base that is not known'}${system ? ` (${system})` : ''}  ${place(at)}`,
      ...packages.map((each) => `    ${each.name}  ${place(each.at)}`),
      ...python.map((each) => `    ${each.name}${each.specifier}  ${place(each.at)}`),
    ]),
    '',
    `Files (${files.length})`,
    ...files.map(({path, source, at}) => `  ${path.padEnd(width)}  ${source}  ${place(at)}`),
    '',
    `Not known (${unknown.length})`,
    ...unknown.map(({path, why, at}) => `  below ${path}: ${why}  ${place(at)}`),
    '',
  ].join('\n')
}
