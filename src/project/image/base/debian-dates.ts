/**
 * The days of which Debian has images (`debian:bookworm-20250520-slim`), each for all of its releases of that time: from the
 * history of github.com/docker-library/official-images up to 21 August 2026. Docker Hub keeps them all.
 */
const days = `
2019: 0708 0812 0910 1014 1118 1224
2020: 0130 0224 0327 0414 0422 0511 0514 0607 0720 0803 0908 1012 1117 1209
2021: 0111 0208 0311 0326 0329 0408 0511 0621 0721 0816 0902 0927 1011 1115 1201 1220
2022: 0125 0228 0316 0328 0418 0509 0527 0622 0711 0801 0822 0912 1004 1024 1114 1205 1219
2023: 0109 0202 0208 0227 0320 0411 0502 0522 0612 0703 0725 0814 0904 0919 1009 1030 1120 1218
2024: 0110 0130 0211 0311 0330 0408 0423 0513 0612 0701 0722 0812 0904 0926 1016 1111 1202 1223
2025: 0113 0203 0224 0317 0407 0428 0520 0610 0630 0721 0811 0908 0929 1020 1103 1117 1208 1229
2026: 0112 0202 0223 0316 0406 0421 0505 0518 0610 0623 0713 0803`

/** `20250520`, the oldest first. */
export const debianDates: readonly string[] = days
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [year = '', of = ''] = line.split(': ')
    return of.split(' ').map((day) => year + day)
  })

/** Between which of them a release has images; one that goes on has no end. */
const releases: Readonly<Record<string, readonly [from: string, to?: string]>> = {
  buster: ['20190708', '20240612'],
  bullseye: ['20190708'],
  bookworm: ['20210816'],
  trixie: ['20230612'],
}

/** Why a release of Debian surely has no image of a day, and days near it that it has; undefined where it has or may have one. */
export function noSuchDay(release: string, day: string): {why: string; near: string[]} | undefined {
  const [from, to = debianDates.at(-1) ?? ''] = Object.hasOwn(releases, release) ? (releases[release] ?? []) : []
  if (from === undefined || day < from || day > to) return undefined
  if (debianDates.includes(day)) return undefined
  const next = debianDates.findIndex((each) => each > day)
  return {
    why: `Debian has no images of ${day}`,
    near: debianDates.slice(next - 1, next + 1).filter((each) => each <= to),
  }
}
