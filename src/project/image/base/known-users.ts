/** Users that images and packages bring. */

import {mayInstallAnything} from '../programs/programs.ts'
import {nameParts} from './base-images.ts'
import type {BasePrograms} from './base-programs.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
/** /etc/passwd of the distributions (base-passwd of Debian, alpine-baselayout). */
const users = {
  debian: words(
    'root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc _apt nobody gnats ubuntu',
  ),
  alpine: words(
    'root bin daemon adm lp sync shutdown halt mail news uucp operator man postmaster cron ftp sshd at squid xfs games cyrus vpopmail ntp smmsp guest nobody',
  ),
  none: words('root nobody nonroot'),
}
/** Users that images make for their own program. */
const ofImages: ReadonlyMap<string, string> = new Map([
  ['node', 'node'],
  ['nginx', 'nginx'],
  ['php', 'www-data'],
  ['oven/bun', 'bun'],
  ['denoland/deno', 'deno'],
  // Since .NET 8 (dotnet/dotnet-docker).
  ['mcr.microsoft.com/dotnet/aspnet', 'app'],
  ['mcr.microsoft.com/dotnet/runtime', 'app'],
])
/** Users that packages make whose name does not say so. */
const ofPackages = /^(mysql|messagebus|sshd|systemd-\w+|git|apache|www|http)$/

/** Whether a base image has the user by itself. */
export const comesWith = (image: string, distribution: BasePrograms['distribution'], name: string): boolean =>
  users[distribution].has(name) || ofImages.get(nameParts(image)[0]) === name

/** Whether a RUN may make the user: by its name, or as one of any name. */
export const mayMakeUser = (text: string, name: string): boolean => mayMakeAny(text) || mayBringUser(text, name)

/** It speaks of the name (Debian's own for a package: debian-tor, _chrony), or of packages one of which may bring a user of this name. */
export const mayBringUser = (text: string, name: string): boolean =>
  text.includes(name.replace(/^(?:debian-|_)/i, '')) || (ofPackages.test(name) && /\b(apt|apt-get|apk)\b/.test(text))

/** Packages that are no list of names: files, and what a variable or another command says. */
const unnamedPackages =
  /\bdpkg\s+(?:-i|--install)\b|\.deb\b|\b(?:apt|apt-get|apk)\b[^;&|\n]{0,500}(?:\$\(|`|\s\$\{?\w+\}?(?:\s|$))|\bxargs\b[^;&|\n]{0,300}\b(?:apt|apt-get|apk)\b/
/** Other ways than useradd and adduser. */
export const writesUsers = /\/etc\/passwd|\b(?:usermod|newusers|vipw|systemd-sysusers)\b/

export const mayMakeAny = (text: string): boolean =>
  mayInstallAnything(text) ||
  writesUsers.test(text) ||
  unnamedPackages.test(text) ||
  /\b(useradd|adduser)\b[^;&|]{0,500}\$/.test(text)
