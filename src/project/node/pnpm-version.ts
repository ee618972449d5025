/** Whether pnpm is surely 10 or later: by packageManager, or because corepack or npm take the newest. `texts` are the commands of the build. */
export function isPnpmTen(packageManager: string | undefined, texts: readonly string[]): boolean {
  if (packageManager) return Number(/^pnpm@(\d+)/.exec(packageManager)?.[1]) >= 10
  const named = texts.flatMap((text) => [...text.matchAll(/\bpnpm@(\S+)/g)].map(([, version]) => version))
  if (named.length > 0)
    return named.every((version) => Number.parseInt(version ?? '', 10) >= 10 || version === 'latest')
  return texts.some((text) =>
    /^corepack enable\b|^npm (install|i|add) .*(-g|--global)\b.*\bpnpm\b|^npm (install|i|add) .*\bpnpm\b.*(-g|--global)/.test(
      text,
    ),
  )
}
