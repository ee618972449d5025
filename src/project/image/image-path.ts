import {posix} from 'node:path'

/** A path of the image, absolute and without `.` and `..`, as a program in this folder means it. */
export const imagePath = (folder: string, path: string): string => posix.resolve('/', folder, path)
