import {atLeast, everyOf, isBelow} from './ranges.ts'
import type {Demand, Rule} from './rule.ts'

/**
 * Since 1.21 the go line of go.mod and go.work is a hard minimum (go.dev/doc/toolchain). Elsewhere go fetches what it
 * asks for; the official images set GOTOOLCHAIN=local. A `toolchain` line only proposes one.
 */
export const go: Rule = {
  language: 'Go',
  command: /^go (?:build|test|vet|generate|list|run|mod (?:download|vendor|verify|tidy)|install)\b(?!.*(?:@| -C))/,
  replaced:
    /GOTOOLCHAIN|GOWORK|GOFLAGS|go\.dev\/dl|dl\.google\.com\/go|\/usr\/local\/go\b|\bgo (?:mod (?:init|edit)|get|work)\b/,
  precision: 2,
  async demands(project, has) {
    // Before 1.21 go built what it could, and only said at an error that the module wants a newer one.
    const isOld = isBelow(everyOf(has), atLeast('1.21'))
    const demands: Demand[] = []
    for (const name of ['go.work', 'go.mod']) {
      const file = await project.find(name)
      if (!file) continue
      const {text} = file
      for (let number = 1; number <= text.lineCount; number++) {
        const [, version] = /^go\s+(\d+(?:\.\d+){1,2})/.exec(text.line(number)) ?? []
        if (!version || (isOld && isBelow(everyOf(version), atLeast('1.21')))) continue
        demands.push({
          range: atLeast(version),
          said: `${name} asks for ${version}`,
          at: text.lineSpan(number),
          likely: isOld,
        })
        break
      }
    }
    return demands
  },
}
