/** Where Puppeteer looks for its browser, held against the one that the image has. */

import {argumentsAt, type Code, closing, type Span} from '../../code/code.ts'
import {javascriptValue} from '../../code/javascript.ts'
import {objectAt, objectOf} from '../../code/object-literal.ts'
import {type CodeWord, unknownWord} from '../../code/word.ts'
import {allInstructions, rootImage, type Stage} from '../../dockerfile/parse.ts'
import type {SetVariables} from '../../environment/set-variables.ts'

/** Why it does not find that one. */
export interface BrowserFault {
  says: string
  hint: string
}

/** What is known of the image and its variables. */
export interface BrowserPlace {
  stages: readonly Stage[]
  final: Stage
  distribution: 'debian' | 'alpine' | 'none'
  /** The packages that it surely has. */
  installed: ReadonlyMap<string, unknown>
  set: SetVariables
}

/** Debian's package has the first alone; Alpine's has the second, and in some releases the first (its APKBUILD). */
const places = {debian: /^\/usr\/bin\/chromium$/, alpine: /^\/usr\/bin\/chromium(?:-browser)?$/}
const browsers =
  /^\/(?:usr\/(?:local\/)?bin|opt\/google\/chrome)\/(?:chromium|chromium-browser|google-chrome(?:-stable)?|chrome)$/
const skips = /\bPUPPETEER_SKIP_(?:CHROMIUM_|CHROME_)?DOWNLOAD\b(?![=\s]{1,5}["']?(?:false|0)\b)/
const isCore = ({text}: Code): boolean =>
  /["']puppeteer-core["']/.test(text) && !/["'](?:rebrowser-puppeteer|puppeteer(?:-extra)?)["']/.test(text)
/** Another way to a browser, or to know whether one is there. */
const otherWay =
  /existsSync|accessSync|\baccess\s*\(|\bchannel\b|executablePath\s*\(|\.executablePath\s*=|findChrome|chrome-?[lL]auncher|process\.env\.\w{1,100}\s{0,9}(?:\|\||\?\?)?=(?!=)|\.launch\([\s\S]{1,5000}?\bpuppeteer\s{0,9}\.\s{0,9}launch\(/

/**
 * undefined: it may well find one. An own browser is where the install laid it, unless it is told not to; on Alpine, whose C
 * library is another one, that does not start. The core of Puppeteer has none at all.
 */
export function browserFault(code: Code, call: Span, place: BrowserPlace): BrowserFault | undefined {
  const {stages, final, distribution, installed, set} = place
  if (distribution === 'none' || !installed.has('chromium') || otherWay.test(code.text)) return undefined
  if (/^(?:\w+\/)?ubuntu\b/.test(rootImage(final) ?? '')) return undefined
  const told = pathOf(code, call, set)
  const name = told?.variable ?? 'PUPPETEER_EXECUTABLE_PATH'
  const right = distribution === 'alpine' ? '/usr/bin/chromium-browser' : '/usr/bin/chromium'
  if (told === undefined || (told.text === undefined && !told.unset)) return undefined
  if (told.unset) {
    const isSkipped = stages.some((stage) => stage.instructions.some(({text}) => skips.test(text)))
    const brings = stages.some((stage) =>
      stage.instructions.some(({text}) => /puppeteer["']?,? ["']?(?:browsers|install)/.test(text)),
    )
    if (brings || !(isCore(code) || isSkipped || distribution === 'alpine')) return undefined
    const own = isCore(code)
      ? 'and puppeteer-core has no browser of its own'
      : isSkipped
        ? 'and the browser of its own was not downloaded (PUPPETEER_SKIP_DOWNLOAD)'
        : 'and the Chrome that it downloads does not start on Alpine'
    return {
      says: `nothing tells it of the chromium that the image has: ${name} is set nowhere, ${own}`,
      hint: `In the final stage: ENV ${name}=${right}`,
    }
  }
  const path = told.text ?? ''
  const base = path.slice(path.lastIndexOf('/') + 1)
  const isMade = allInstructions(final).some(
    ({keyword, text}) => /^(?:RUN|COPY|ADD)$/.test(keyword) && (base === 'chromium' || text.includes(base)),
  )
  if (!browsers.test(path) || places[distribution].test(path) || isMade) return undefined
  return {
    says: `it is told to start ${path}, which is not there: the package chromium has ${right}`,
    hint:
      told.variable && set.given(told.variable) !== undefined ? `Set ${told.variable} to ${right}.` : `Start ${right}.`,
  }
}

/** What the call is given as executablePath; without that, the variable that Puppeteer reads itself. */
function pathOf(code: Code, call: Span, set: SetVariables): CodeWord | undefined {
  const around = {
    variable: (name: string) => {
      const value = set.given(name)
      return value !== undefined || set.mayBeSet(name) ? {value} : undefined
    },
    hasFile: () => false,
    hasFileBeginning: () => false,
    mentions: () => false,
  }
  const open = code.bare.lastIndexOf('(', call.end)
  const [given] = closing(code, open) < code.bare.length ? argumentsAt(code, open) : []
  const object = given && objectOf(code, given)
  if (given && !object) return undefined
  const options = object && objectAt(code, object)
  const path = options?.get('executablePath')
  if (path) {
    const written = code.text.slice(path.start, path.end)
    const end = path.end - (/\s{0,50}(?:\|\||\?\?)\s{0,50}(?:undefined|null|"")$/.exec(written)?.[0].length ?? 0)
    return javascriptValue(code, {...path, end}, {files: [code], imported: () => undefined}, around)
  }
  if (options?.isOpen || /executablePath/.test(code.text)) return unknownWord
  if (isCore(code)) return undefined
  const own = around.variable('PUPPETEER_EXECUTABLE_PATH')
  return own
    ? {text: own.value, fixed: false, variable: 'PUPPETEER_EXECUTABLE_PATH'}
    : {text: '', fixed: false, unset: true}
}
