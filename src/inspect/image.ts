import type {FileLocation} from '../check.ts'
import type {Facts} from '../facts.ts'

/** The image as preflight sees it, in Docker's own names. */
export interface InspectedImage {
  config: {
    Env: string[]
    WorkingDir: string
    User: string
    /** null: none is set in the Dockerfile, so that of the base image counts. */
    Entrypoint: string[] | null
    Cmd: string[] | null
    ExposedPorts: string[]
  }
  /** What COPY and ADD bring; a symbolic link as `path -> target`. */
  files: {path: string; source: string; at: FileLocation}[]
  /** Where more may be than is listed, and why. */
  unknown: {path: string; why: string; at: FileLocation}[]
}

export function inspectImage({final: {config, files, unknown}}: Facts['build']): InspectedImage {
  return {
    config: {
      Env: [...config.env].map(([name, value]) => `${name}=${value}`),
      WorkingDir: config.workingDir,
      User: config.user,
      Entrypoint: config.entrypoint?.length ? config.entrypoint : null,
      Cmd: config.cmd?.length ? config.cmd : null,
      ExposedPorts: [...config.exposedPorts],
    },
    files: [...files.files()].map(([path, entry]) => ({
      path: entry.kind === 'link' ? `${path} -> ${entry.target}` : path,
      source: entry.source,
      at: entry.at,
    })),
    unknown: unknown.map(({path, why, at}) => ({path, why, at})),
  }
}

/** The same for reading: each answer with the line it comes from. */
export function describeImage({config, files, unknown}: InspectedImage): string {
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
    `Files (${files.length})`,
    ...files.map(({path, source, at}) => `  ${path.padEnd(width)}  ${source}  ${place(at)}`),
    '',
    `Not known (${unknown.length})`,
    ...unknown.map(({path, why, at}) => `  below ${path}: ${why}  ${place(at)}`),
    '',
  ].join('\n')
}
