export interface RecordedCall {
  json?: unknown
  stdout?: string
  stderr?: string
  exitCode?: number
  hangs?: boolean
  /** How long it takes, in milliseconds. */
  delayMs?: number
}

export function readScenario(name: string, version?: string): Record<string, RecordedCall>
export function replay(
  calls: Record<string, RecordedCall>,
  args: readonly string[],
): {exitCode: number; stdout: string; stderr: string; hangs: boolean; delayMs: number}
