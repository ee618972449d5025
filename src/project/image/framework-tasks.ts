import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {lostArtisanCommand} from '../php/artisan-commands.ts'
import {isKnown} from '../processes/listening-words.ts'
import {djangoCommandOf, lostDjangoCommand} from '../python/commands/django-commands.ts'
import {lostDatabaseTask, lostRakeTask} from '../ruby/rake-names.ts'
import type {BuildCommand} from './build-commands.ts'
import {commandIn, finalMoment} from './final-moment.ts'
import type {Project} from './programs/missing-tasks.ts'

/** A task that a machine asks a framework for, and that is surely, or likely, nowhere. */
export interface FrameworkTask {
  /** `release_command`, `CMD`. */
  by: string
  /** `python manage.py seed` */
  command: string
  name: string
  /** What would define it. */
  what: 'management command' | 'rake task' | 'artisan command'
  at: FileLocation
  related: FileLocation[]
  hint: string
  /** Whatever may define it has been read. */
  sure: boolean
  /** A supervisor starts it, and goes on with the others. */
  supervised?: boolean
}

export async function loadFrameworkTasks({reader}: Inputs, facts: FactStore): Promise<Fact<FrameworkTask[]>> {
  const [[build, processes], files, flyConfig] = await Promise.all([
    facts.needAll('build', 'processes'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const moment = finalMoment(build, flyConfig)
  if (!moment) return known([])
  const project: Project = {reader, tracked: files ?? noFiles}
  const found: FrameworkTask[] = []
  for (const {by, text, at, certain, folder, supervised} of processes.commands) {
    if (!(certain || supervised) || !isKnown(text) || folder === undefined) continue
    const words = text.split(' ')
    const command = commandIn({...moment, workingDir: folder}, words, at)
    const task = await lost(command, project, processes.mayAssign('DJANGO_SETTINGS_MODULE'))
    if (task && !found.some(({name}) => name === task.name))
      found.push({by, command: text, at, ...task, ...(supervised && {supervised})})
  }
  return known(found)
}

/** What a command asks for in vain. */
async function lost(
  command: BuildCommand,
  project: Project,
  isDjangoOpen: boolean,
): Promise<Omit<FrameworkTask, 'by' | 'command' | 'at'> | undefined> {
  const django = isDjangoOpen || !djangoCommandOf(command.words) ? undefined : await lostDjangoCommand(command, project)
  if (django) {
    const {name, settings, own} = django
    const has = own.length > 0 ? `The project has ${own.join(', ')}.` : 'The project has no commands of its own.'
    return {
      ...{name, what: 'management command', related: [settings.file.whole], sure: true},
      hint: `${has} A command is a file of an installed app: management/commands/${name}.py`,
    }
  }
  const rake = await lostRakeTask(command, project)
  if (rake) {
    const {name, lock} = rake
    return {
      ...{name, what: 'rake task', related: [lock.whole], sure: false},
      hint: `Add the file that defines it, such as lib/tasks/${name.split(':')[0]}.rake, and commit it.`,
    }
  }
  const database = await lostDatabaseTask(command, project)
  if (database) {
    const {name, application} = database
    return {
      ...{name, what: 'rake task', related: [application.whole], sure: false},
      hint: `${application.path} loads no Active Record, which has this task: leave the command out, or require "active_record/railtie" there.`,
    }
  }
  const artisan = await lostArtisanCommand(command, project)
  if (artisan === undefined) return undefined
  const {name, meant, package: owner} = artisan
  return {
    ...{name, what: 'artisan command', related: owner ? [owner.lock.whole] : [], sure: owner !== undefined},
    hint: owner
      ? `${name} is a command of ${owner.name}, which ${owner.lock.path} does not have: composer require ${owner.name}`
      : meant
        ? `Did you mean ${meant}?`
        : `Correct the name, or commit the class whose $signature begins with ${name}.`,
  }
}
