import {once} from '../../../once.ts'
import {plainName, rustOfChef} from './base-images.ts'

/** What is known of a base image's programs. */
export interface BasePrograms {
  /** Of the programs that are looked for, those that it has on PATH. */
  has: ReadonlySet<string>
  distribution: 'debian' | 'alpine' | 'none'
  /** Its ENTRYPOINT: none, a script that starts what it is given, or an interpreter that takes the command as a file. */
  entrypoint: 'none' | 'passes' | 'interpreter'
}

export const words = (text: string): string[] => text.split(/\s+/).filter(Boolean)

const debian = words('sh bash perl useradd groupadd usermod')
const alpine = words('sh wget nc ps vi less unzip ip crond')
/** buildpack-deps: what Debian's full images have more. */
const full = words('curl wget git gpg openssl ps gcc make unzip python3 patch file convert ssh')

/** Programs that a command may name, and which base images or packages bring them. */
export const lookedFor: ReadonlySet<string> = new Set([
  ...debian,
  ...words('curl wget git gpg openssl ps nc gcc make unzip jq sudo sqlite3 ffmpeg psql pg_isready pg_dump redis-cli'),
  ...words('redis-server supervisord supervisorctl envsubst cron crond nginx caddy tini dumb-init gosu su-exec'),
  ...words('python python3 pip pip3 uv uvx poetry pipenv pdm honcho conda'),
  ...words('node npm npx corepack yarn pnpm bun bunx deno ruby bundle gem rake irb php composer java go dotnet'),
  ...words('ffprobe pdftotext pdftoppm pdfinfo tesseract wkhtmltopdf pandoc libreoffice soffice gs dot exiftool qpdf'),
  ...words('convert chromium xauth php-fpm apache2-foreground install-php-extensions rsync zip'),
  ...words('litestream litefs overmind hivemind doppler infisical mix iex elixir cargo mvn gradle'),
  // What migrates a database beside the app; `migrate` may be a program of the project's own.
  ...words('goose dbmate sqlx diesel atlas sea-orm-cli flyway liquibase air'),
  // What writes sources of Go before they are compiled.
  ...words('templ sqlc swag buf'),
])

interface Family {
  pattern: RegExp
  distribution: BasePrograms['distribution']
  entrypoint?: BasePrograms['entrypoint']
  /** What it has depends on the day: of one that a digest names nothing is known. */
  isOfDay?: boolean
  has: readonly string[]
}

const tag = '(?::|$)'
const python = words('python python3 pip pip3')
const node = words('node npm npx')
const ruby = words('ruby bundle gem rake irb')
const elixir = words('elixir iex mix')
const php = words('php curl openssl')

/** Node's images whose names begin like this. */
const nodeImages = (name: string, own: readonly string[]): Family[] =>
  [
    {tag: '-?alpine[\\d.]*', distribution: 'alpine' as const, has: alpine},
    {tag: '(?:-?\\w+)?-?slim', distribution: 'debian' as const, has: debian},
    {tag: '(?:-?(?:trixie|bookworm|bullseye))?', distribution: 'debian' as const, has: [...debian, ...full]},
  ].map(({tag, distribution, has}) => ({
    pattern: new RegExp(`${name}${tag}$`),
    distribution,
    entrypoint: 'passes',
    isOfDay: own.length === 0,
    has: [...has, ...node, ...own],
  }))

/**
 * The official images (docker-library/official-images, and the Dockerfiles that these are made by). The first that
 * matches counts; an image that none does is not known, and may have any program.
 */
const families: readonly Family[] = [
  {pattern: /^scratch$/, distribution: 'none', has: []},
  {
    pattern: /^gcr\.io\/distroless\/(nodejs|python3|java)[^:]*(?::(?!.*debug).*)?$/,
    distribution: 'none',
    entrypoint: 'interpreter',
    has: words('python3 java'),
  },
  {pattern: /^gcr\.io\/distroless\/(static|base|cc)[^:]*(?::(?!.*debug).*)?$/, distribution: 'none', has: []},
  {pattern: /^debian:[\w.-]+$|^debian$/, distribution: 'debian', has: debian},
  {pattern: new RegExp(`^ubuntu${tag}`), distribution: 'debian', has: debian},
  {pattern: new RegExp(`^alpine${tag}`), distribution: 'alpine', has: alpine},
  {pattern: /^python:(?:[\w.]+-)?alpine[\d.]*$/, distribution: 'alpine', has: [...alpine, ...python]},
  {
    pattern: /^python:(?:[\w.]+-)?slim(?:-\w+)?$/,
    distribution: 'debian',
    has: [...debian, ...python, 'openssl'],
  },
  {
    pattern: /^python(?::(?:\d[\d.]*(?:-(?:trixie|bookworm|bullseye))?|latest))?$/,
    distribution: 'debian',
    has: [...debian, ...full, ...python],
  },
  {
    pattern: /^ghcr\.io\/astral-sh\/uv:(?:\d[\d.]*-)?python[\d.]+-(?:trixie|bookworm)-slim$/,
    distribution: 'debian',
    has: [...debian, ...python, ...words('openssl uv uvx')],
  },
  {
    pattern: /^ghcr\.io\/astral-sh\/uv:(?:\d[\d.]*-)?python[\d.]+-alpine[\d.]*$/,
    distribution: 'alpine',
    has: [...alpine, ...python, ...words('uv uvx')],
  },
  // Corepack came with node until 24, Yarn until 25: of tags with a version the rules of toolchains tell it.
  ...nodeImages('^node:(?:(?:1[4-9]|2[0-9])[\\d.]*|lts)', words('yarn corepack')),
  ...nodeImages('^node(?::(?:latest|current))?', []),
  ...nodeImages('^node:(?=alpine|slim|trixie|bookworm|bullseye)', []),
  {
    pattern: /^ruby:(?:[\w.]+-)?slim(?:-\w+)?$/,
    distribution: 'debian',
    // The older ones have procps.
    has: [...debian, ...ruby, 'openssl', 'ps'],
  },
  {pattern: /^ruby:(?:[\w.]+-)?alpine[\d.]*$/, distribution: 'alpine', has: [...alpine, ...ruby]},
  {
    pattern: /^ruby(?::(?:\d[\d.]*(?:-(?:trixie|bookworm|bullseye))?|latest))?$/,
    distribution: 'debian',
    has: [...debian, ...full, ...ruby],
  },
  // Those of the Hex team (hexpm/bob): Erlang and Elixir on what Debian, Ubuntu or Alpine is.
  {
    pattern: /^hexpm\/elixir(?:-a\w+64)?:[\w.-]+-(?:debian|ubuntu)-[\w.-]+$/,
    distribution: 'debian',
    has: [...debian, ...elixir, 'openssl'],
  },
  {
    pattern: /^hexpm\/elixir(?:-a\w+64)?:[\w.-]+-alpine-[\d.]+$/,
    distribution: 'alpine',
    has: [...alpine, ...elixir, 'openssl'],
  },
  // What builds them is removed again from the slim ones and those on Alpine (erlef/docker-elixir).
  {pattern: /^elixir:(?:[\w.-]+-)?slim$/, distribution: 'debian', has: [...debian, ...elixir, 'openssl']},
  {pattern: /^elixir:(?:[\w.-]+-)?alpine$/, distribution: 'alpine', has: [...alpine, ...elixir, 'openssl']},
  {
    pattern: /^elixir(?::(?:latest|\d[\d.]*(?:-otp-\d+)?))?$/,
    distribution: 'debian',
    has: [...debian, ...full, ...elixir],
  },
  {
    pattern: /^php:[\w.-]*fpm-alpine[\d.]*$/,
    distribution: 'alpine',
    entrypoint: 'passes',
    has: [...alpine, ...php, 'php-fpm'],
  },
  {pattern: /^php:[\w.-]*alpine[\d.]*$/, distribution: 'alpine', entrypoint: 'passes', has: [...alpine, ...php]},
  ...[
    // PHP for the command line is in each of them.
    {kinds: 'fpm', own: words('php-fpm')},
    {kinds: 'apache', own: words('apache2-foreground')},
    {kinds: 'cli|zts', own: []},
  ].map(({kinds, own}): Family => {
    const plain = own.length > 0 ? '' : '|latest|\\d[\\d.]*'
    return {
      pattern: new RegExp(
        `^php:(?:(?:\\d[\\d.]*-)?(?:${kinds})${plain})(?:-(?:trixie|bookworm|bullseye|buster))?$${plain && '|^php$'}`,
      ),
      distribution: 'debian',
      entrypoint: 'passes',
      has: [...debian, ...php, ...words('gcc make'), ...own],
    }
  }),
  // "Additional related tools (such as git, gcc, or bash) are not included in Alpine-based images."
  {pattern: /^golang:(?:[\w.]+-)?alpine[\d.]*$/, distribution: 'alpine', has: [...alpine, 'go']},
  {
    pattern: /^golang(?::(?:\d[\w.]*(?:-(?:trixie|bookworm|bullseye))?|latest|trixie|bookworm|bullseye))?$/,
    distribution: 'debian',
    has: [...debian, ...full, 'go'],
  },
  {pattern: /^rust:(?:[\w.]+-)?alpine[\d.]*$/, distribution: 'alpine', has: [...alpine, ...words('cargo gcc')]},
  {
    pattern: /^rust:(?:[\w.]+-)?slim(?:-\w+)?$/,
    distribution: 'debian',
    has: [...debian, ...words('cargo gcc openssl')],
  },
  {
    pattern: /^rust(?::(?:\d[\d.]*(?:-(?:trixie|bookworm|bullseye|buster))?|latest|trixie|bookworm|bullseye|buster))?$/,
    distribution: 'debian',
    has: [...debian, ...full, 'cargo'],
  },
  // Adoptium's Java, on Ubuntu unless it is named otherwise; its script starts what it is given.
  {
    pattern: /^eclipse-temurin:\d[\w.]*-(?:jdk|jre)-alpine[\d.-]*$/,
    distribution: 'alpine',
    entrypoint: 'passes',
    has: [...alpine, ...words('java openssl gpg curl')],
  },
  {
    pattern: /^eclipse-temurin:\d[\w.]*(?:-(?:jdk|jre)(?:-(?:noble|jammy|focal))?)?$/,
    distribution: 'debian',
    entrypoint: 'passes',
    has: [...debian, ...words('java curl wget gpg openssl ps unzip file python3')],
  },
  // Java of Amazon, and the images that were there before: nothing beside it is laid on Alpine.
  {pattern: /^amazoncorretto:[\w.-]+-alpine[\d.]*(?:-j[dr][ke])?$/, distribution: 'alpine', has: [...alpine, 'java']},
  {pattern: /^openjdk:\d[\w.]*-(?:j[dr][ke]-)?alpine[\d.]*$/, distribution: 'alpine', has: [...alpine, 'java']},
  // What runs programs of .NET (dotnet/dotnet-docker); that of the SDK has more.
  {
    pattern: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime):(?:[5-9]|\d\d)\.[\d.]+-alpine[\d.]*$/,
    distribution: 'alpine',
    has: [...alpine, 'dotnet'],
  },
  {
    pattern:
      /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime):(?:[5-9]|\d\d)\.[\d.]+(?:-(?:\w+-slim|noble|jammy|focal))?$/,
    distribution: 'debian',
    has: [...debian, ...words('dotnet openssl')],
  },
  // A script starts deno with what it is given, where that is no program (denoland/deno_docker).
  {
    pattern: /^denoland\/deno:(?:alpine-\d[\d.]*|alpine)$/,
    distribution: 'alpine',
    entrypoint: 'passes',
    has: [...alpine, ...words('deno tini')],
  },
  {
    pattern: /^denoland\/deno(?::(?:(?:debian-)?\d[\d.]*|debian|latest))?$/,
    distribution: 'debian',
    entrypoint: 'passes',
    has: [...debian, ...words('deno tini openssl')],
  },
  {
    pattern: /^nginx:(?:[\w.]+-)?alpine[\d.]*$/,
    distribution: 'alpine',
    entrypoint: 'passes',
    has: [...alpine, ...words('nginx curl envsubst openssl')],
  },
  {
    pattern: /^nginx(?::(?:latest|mainline|stable|\d[\d.]*))?$/,
    distribution: 'debian',
    entrypoint: 'passes',
    has: [...debian, ...words('nginx curl envsubst openssl')],
  },
  {
    pattern: /^oven\/bun:(?:[\w.]+-)?alpine$/,
    distribution: 'alpine',
    entrypoint: 'passes',
    has: [...alpine, ...words('bun bunx node')],
  },
  {
    pattern: /^oven\/bun(?::(?:latest|\d[\d.]*|debian)(?:-(?:slim|debian))?|:slim)?$/,
    distribution: 'debian',
    entrypoint: 'passes',
    has: [...debian, ...words('bun bunx node openssl')],
  },
]

/** What a base image has of the programs that are looked for; undefined where the image is not known. */
export const basePrograms = once((name: string): BasePrograms | undefined => {
  const plain = plainName(rustOfChef(name) ?? name)
  const found = families.find(({pattern, isOfDay}) => pattern.test(plain) && !(isOfDay && name.includes('@')))
  return found && {has: new Set(found.has), distribution: found.distribution, entrypoint: found.entrypoint ?? 'none'}
})
