/** What the gems of a Rails app call while it is built, and its stage does not have. */
import {posix} from 'node:path'
import {allInstructions} from '../dockerfile/parse.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import type {Image} from '../image/image.ts'
import {sourceAt} from '../image/moment.ts'
import type {Lack} from '../image/programs/fetched-programs.ts'
import type {Project} from '../image/programs/missing-tasks.ts'
import {mountsOnPath, programsAt} from '../image/programs/programs-at.ts'
import {rakeFiles, rakeTaskRun} from './rake-tasks.ts'

const managers = ['yarn', 'npm', 'pnpm', 'bun'] as const
const locks: Readonly<Record<(typeof managers)[number], readonly string[]>> = {
  yarn: ['yarn.lock'],
  npm: ['package-lock.json'],
  pnpm: ['pnpm-lock.yaml'],
  bun: ['bun.lock', 'bun.lockb'],
}

/**
 * jsbundling-rails and cssbundling-rails put a task before assets:precompile that installs the packages and builds them with
 * one of these (their lib/tasks): "Command install failed, ensure yarn is installed".
 */
export async function bundlingLack(command: BuildCommand, image: Image, project: Project): Promise<Lack | undefined> {
  const {moment, folder} = command
  const run = await rakeTaskRun(command, 'assets:precompile', project)
  if (!run || run.mayDefine || mountsOnPath(command)) return undefined
  const text = `${moment.instruction.text} ${[...moment.variables.keys()].join(' ')}`
  if (/\bSKIP_(?:JS|CSS)_BUILD\b/.test(text)) return undefined
  const lock = await project.reader.text(sourceAt(moment, posix.join(folder, 'Gemfile.lock'), project.tracked))
  const [, gem] = /^ {4}((?:js|css)bundling-rails) \(/m.exec(lock?.text ?? '') ?? []
  if (gem === undefined) return undefined
  // The project may do it in a way of its own.
  const files = await rakeFiles(command, project.reader, project.tracked)
  if (files.some((file) => /(?:javascript|css):(?:build|install)|\bassets:precompile\b/.test(file.text)))
    return undefined
  if (!lacksAll(command, image, managers)) return undefined
  const has = (name: string) => moment.files.get(posix.join(folder, name)) !== undefined
  const program = managers.find((name) => locks[name].some(has)) ?? 'yarn'
  return {
    command,
    program,
    by: 'assets:precompile',
    says: `${gem}: Command ${gem.startsWith('js') ? 'install' : 'build'} failed`,
  }
}

/** Gems that require execjs as they are loaded. */
const ofExecjs = ['uglifier', 'terser', 'autoprefixer-rails', 'coffee-script', 'react-rails']

/**
 * Before 2.10 execjs looks for a program that runs JavaScript when it is loaded (its lib/execjs.rb): every command of Rails
 * then ends with "Could not find a JavaScript runtime".
 */
export async function runtimeLack(command: BuildCommand, image: Image, project: Project): Promise<Lack | undefined> {
  const {moment, folder} = command
  if (mountsOnPath(command) || !(await rakeTaskRun(command, 'assets:precompile', project))) return undefined
  const read = (name: string) => project.reader.text(sourceAt(moment, posix.join(folder, name), project.tracked))
  const [lock, gemfile] = [await read('Gemfile.lock'), await read('Gemfile')]
  if (!needsRuntime(lock?.text ?? '', gemfile?.text ?? '') || moment.variables.has('EXECJS_RUNTIME')) return undefined
  if (/\bEXECJS_RUNTIME=/.test(moment.instruction.text)) return undefined
  if (!lacksAll(command, image, ['node', 'nodejs', 'bun', 'js', 'd8'])) return undefined
  return {command, program: 'node', by: 'execjs', says: 'Could not find a JavaScript runtime'}
}

/** Whether none of these programs is there; `bundle` has nothing of bun. */
function lacksAll(command: BuildCommand, image: Image, names: readonly string[]): boolean {
  const programs = programsAt(command, image)
  const isBun = allInstructions(command.moment.stage).some(({text}) => /\bbunx?\b/.test(text))
  return (
    programs?.base !== undefined && !isBun && names.every((name) => name === 'bun' || programs.has(name, true) === 'no')
  )
}

/** Whether Bundler.require loads an execjs that looks for it at once, and no gem brings one. */
function needsRuntime(lock: string, gemfile: string): boolean {
  const [, minor = ''] = /^ {4}execjs \(2\.(\d+)\.\d+\)$/m.exec(lock) ?? []
  const isBrought = /^ {4}(?:mini_racer|therubyracer|therubyrhino|duktape|graaljs) \(/m.test(lock)
  if (minor === '' || Number(minor) >= 10 || isBrought) return false
  // At the beginning of a line it stands in no group.
  return ofExecjs.some((name) =>
    new RegExp(`^gem[ (]+["']${name}["'](?!.*\\b(?:require|group|platform)s?\\b)`, 'm').test(gemfile),
  )
}
