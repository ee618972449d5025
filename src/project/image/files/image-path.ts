import {posix} from 'node:path'

/** PATH_MAX of Linux, with the zero at the end: no call of the system takes more. */
export const longestPath = 4096

/** A path of the image, absolute and without `.` and `..`, as a program in this folder means it. */
export const imagePath = (folder: string, path: string): string => posix.resolve('/', folder, path)

/** The same of a folder that is absolute and clean already: one more name is put behind it, however deep it is. */
export const pathIn = (folder: string, path: string): string =>
  folder !== '/' && /^(?!\.{1,2}$)[^/]+$/.test(path) ? `${folder}/${path}` : imagePath(folder, path)

/** Whether an absolute path is this folder, or something in it. */
export const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)

/** Whether one path is the other, or below it. */
export const overlaps = (a: string, b: string): boolean => isBelow(a, b) || isBelow(b, a)

/** Folders that builds fill, on whoever's computer, as .nuxt; and that of git, which is sent with the others. */
const filled = /\/(?:node_modules|vendor|dist|build|out|target|_build|deps|\.(?!mvn\/)[\w-]+|bin|[\w-]+\.egg-info)\//
/** Whether a folder is one of those, or below. */
export const isOfBuilds = (folder: string): boolean => filled.test(`${folder}/`)

/** A folder of the image and those above it. */
export const withAbove = (folder: string): string[] =>
  folder === '/' ? ['/'] : [folder, ...withAbove(posix.dirname(folder))]

/** Folders that every base image of Linux has: a file that is copied to one goes into it, with or without a `/` at the end. */
export const ofEverySystem =
  /^\/(?:(?:usr\/)?(?:bin|lib|sbin)|usr|usr\/(?:share|local|local\/(?:bin|lib|share))|etc|home|media|mnt|opt|root|srv|tmp|var|var\/(?:cache|lib|log|tmp))$/
