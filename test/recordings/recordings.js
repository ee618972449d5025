// Recorded answers of flyctl, by version and scenario. Plain JavaScript: the stand-in runs it without a build.
import {readFileSync} from 'node:fs'

/** The calls of a scenario, those of the scenarios that it extends included. */
export function readScenario(name, version = '0.4.87') {
  const {extends: base, calls} = JSON.parse(readFileSync(new URL(`${version}/${name}.json`, import.meta.url), 'utf8'))
  return base ? {...readScenario(base, version), ...calls} : calls
}

/** What flyctl answers to arguments: exit code, stdout and stderr, or that it hangs. */
export function replay(calls, args) {
  const words = args.filter((word) => word !== '--json')
  const call = calls[words.join(' ')] ?? calls['*']
  if (!call) return {exitCode: 1, stdout: '', stderr: `Error: unknown command "${words.join(' ')}" for "flyctl"\n`, hangs: false, delayMs: 0}
  const {json, stdout, stderr = '', exitCode = 0, hangs = false, delayMs = 0} = call
  // flyctl indents by four blanks; version prints one line.
  const text = json === undefined ? (stdout ?? '') : `${JSON.stringify(json, null, words[0] === 'version' ? 0 : 4)}\n`
  return {exitCode, stdout: text, stderr, hangs, delayMs}
}
