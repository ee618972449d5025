/** `error` blocks the deploy and must be proven; `warning` is likely or risky; `info` is advice. The heaviest first. */
export const severities = ['error', 'warning', 'info'] as const

export type Severity = (typeof severities)[number]

/** Less is heavier. */
export const rankOf = (severity: Severity): number => severities.indexOf(severity)

/** The heaviest of some findings or checks. */
export const worst = (all: readonly {severity: Severity}[]): Severity | undefined =>
  severities.find((severity) => all.some((each) => each.severity === severity))
