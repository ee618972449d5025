import type {LostName} from './own-names.ts'
import type {RefusedSetting} from './refused-settings.ts'

/** `problem`, `error`, `cure` and `lacks` of a name. */
export function describeLost(
  setting: string,
  name: string,
  {module, file, instead, isOwn}: LostName,
): Pick<RefusedSetting, 'problem' | 'error' | 'cure' | 'lacks'> {
  if (file !== undefined)
    return {
      problem: `${setting} names ${name}, and ${file} has no ${name.split('.').at(-1)}`,
      error: 'ImportError',
      cure: instead ? `Write ${module}.${instead}` : `Name what ${file} has, or define it there.`,
    }
  return {
    problem: isOwn
      ? `${setting} names ${name}, and there is no module ${module}`
      : `${setting} names ${name}, and neither the project nor what it installs has a module ${module}`,
    error: 'ModuleNotFoundError',
    ...(!isOwn && {lacks: module.split('.')[0]}),
    cure: instead
      ? `The project has ${instead}: write its name in the same letters.`
      : 'Correct the name, add and commit the module, or take it out.',
  }
}
