import {onTestFinished} from 'vitest'

/** Until the test has finished, the system calls itself Windows: for what asks its name only. */
export function onWindows(): void {
  const {platform} = process
  const name = (value: string) => Object.defineProperty(process, 'platform', {value, configurable: true})
  name('win32')
  onTestFinished(() => void name(platform))
}
