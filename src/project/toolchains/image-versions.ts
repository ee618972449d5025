import {plainName} from '../image/base/base-images.ts'

export type Language =
  | 'Go'
  | 'Rust'
  | 'Node'
  | 'PHP'
  | 'Ruby'
  | 'Elixir'
  | 'Gleam'
  | 'the .NET SDK'
  | '.NET'
  | 'Java'
  | 'Swift'
  | 'Dart'

/** The version in a tag, of which nothing but a variant may follow. */
const version = '(\\d+(?:\\.\\d+){0,2})(?=$|[-_+@])'

/** Which images carry which language, and where their tags have its version (the images' own pages on Docker Hub). */
const images: readonly {pattern: string; language: Language}[] = [
  {pattern: `golang:${version}`, language: 'Go'},
  {pattern: `rust:${version}`, language: 'Rust'},
  {pattern: `lukemathwalker/cargo-chef:[\\w.]+-rust-${version}`, language: 'Rust'},
  {pattern: `node:${version}`, language: 'Node'},
  {pattern: `php:${version}`, language: 'PHP'},
  {pattern: `(?:fideloper/fly-laravel|serversideup/php):${version}`, language: 'PHP'},
  {pattern: `dunglas/frankenphp:(?:[\\d.]+-)?php${version}`, language: 'PHP'},
  {pattern: `ruby:${version}`, language: 'Ruby'},
  {pattern: `quay\\.io/evl\\.ms/fullstaq-ruby:${version}`, language: 'Ruby'},
  {pattern: `elixir:${version}`, language: 'Elixir'},
  {pattern: `hexpm/elixir:${version}`, language: 'Elixir'},
  {pattern: `ghcr\\.io/gleam-lang/gleam:v${version}`, language: 'Gleam'},
  {pattern: `mcr\\.microsoft\\.com/dotnet/sdk:${version}`, language: 'the .NET SDK'},
  {pattern: `mcr\\.microsoft\\.com/dotnet/(?:aspnet|runtime):${version}`, language: '.NET'},
  {
    pattern: `(?:eclipse-temurin|openjdk|amazoncorretto|ibm-semeru-runtimes|sapmachine):(?:open-)?${version}`,
    language: 'Java',
  },
  {pattern: `(?:azul/zulu-openjdk(?:-\\w+)?|bellsoft/liberica-\\w+(?:-\\w+)?):${version}`, language: 'Java'},
  {
    pattern: `maven:[\\w.]+-(?:eclipse-temurin|openjdk|jdk|amazoncorretto|ibm-semeru|sapmachine)-${version}`,
    language: 'Java',
  },
  {pattern: `gradle:(?:[\\w.]+-)?jdk-?${version}`, language: 'Java'},
  {pattern: `swift:${version}`, language: 'Swift'},
  {pattern: `dart:${version}`, language: 'Dart'},
]

const patterns = images.map(({pattern, language}) => ({pattern: new RegExp(`^${pattern}`), language}))

/** `1.23` for `golang:1.23-alpine`; undefined where the image is for another language or its tag has no version. */
export function imageVersion(image: string, language: Language): string | undefined {
  const name = plainName(image)
  for (const each of patterns) {
    const found = each.language === language ? each.pattern.exec(name)?.[1] : undefined
    if (found) return found
  }
  return undefined
}
