import {atLeast} from './ranges.ts'
import type {Rule} from './rule.ts'

/**
 * "package 'shop' is using Swift tools version 6.0.0 but the installed version is 5.9.2": the first line of
 * Package.swift says from which version on the package is to be read (SwiftPM, "Package.swift manifest file format").
 */
export const swift: Rule = {
  language: 'Swift',
  command: /^swift (?:build|run|test|package (?:resolve|update|show-dependencies|dump-package))\b/,
  replaced: /\bswiftly\b|\bswiftenv\b|download\.swift\.org/,
  precision: 2,
  async demands(project) {
    // `--package-path`: another one.
    if (project.words.some((word) => word.startsWith('--package-path'))) return []
    const file = await project.read('Package.swift')
    const [, version] = /^\/\/\s*swift-tools-version\s*:\s*(\d+(?:\.\d+){0,2})/i.exec(file?.text.line(1) ?? '') ?? []
    // A manifest for one version comes before it: Package@swift-5.9.swift.
    const others = (await project.names('.')).some((name) => name.startsWith('Package@swift-'))
    if (!file || version === undefined || others) return []
    return [
      {
        range: atLeast(version),
        said: `${file.text.path} takes the tools of Swift ${version}`,
        at: file.text.lineSpan(1),
      },
    ]
  },
}
