import {describe, expect, it} from 'vitest'
import {noSuchTag} from '../../src/project/image/base/official-tags.ts'
import {releaseOf} from '../../src/project/image/base/releases.ts'
import {imageVersion, type Language} from '../../src/project/toolchains/image-versions.ts'

describe('the release under an image', () => {
  it.each([
    ['debian:12-slim', 'bookworm stated'],
    ['debian', undefined],
    ['ubuntu:24.04', 'noble stated'],
    ['ubuntu:23.10', 'mantic stated'],
    ['ubuntu:25.04', 'plucky stated'],
    ['python:3.12-slim', 'trixie'],
    ['python:3.12.4-slim', undefined],
    ['python:3.8', 'bookworm'],
    ['node:22.19.0-slim', 'bookworm'],
    ['node:26', 'trixie'],
    ['rust:1', 'trixie'],
    ['rust', 'trixie'],
    ['rust:slim', 'trixie'],
    ['rust:nightly', undefined],
    ['lukemathwalker/cargo-chef:latest-rust-1', 'trixie'],
    ['lukemathwalker/cargo-chef:latest-rust-1.75', 'bookworm'],
    ['lukemathwalker/cargo-chef:latest-rust-1.88.0', undefined],
    ['lukemathwalker/cargo-chef:0.1.67-rust-1-bookworm', 'bookworm stated'],
    ['lukemathwalker/cargo-chef:latest-rust-1-alpine3.20', 'alpine stated'],
    ['lukemathwalker/cargo-chef', 'trixie'],
    ['ruby:alpine', 'alpine stated'],
    ['rust:1.85-slim-bookworm', 'bookworm stated'],
    ['golang:1.23', 'bookworm'],
    ['php:8.3-fpm', 'trixie'],
    ['elixir:1.18-otp-28', 'trixie'],
    ['elixir:1.18-slim', 'bookworm'],
    ['elixir:1.18.4-otp-28', undefined],
    ['erlang:26', 'bookworm'],
    ['hexpm/elixir:1.17.3-erlang-27.1-debian-bookworm-20240926-slim', 'bookworm stated'],
    ['hexpm/elixir:1.17.3-erlang-27.1-alpine-3.20.3', 'alpine stated'],
    ['gcr.io/distroless/cc-debian12:nonroot', 'bookworm stated'],
    ['gcr.io/distroless/static', 'scratch stated'],
    ['mcr.microsoft.com/dotnet/sdk:8.0', 'bookworm'],
    ['docker.io/library/ruby:3.3-alpine3.20', 'alpine stated'],
    ['example.com/app:bookworm', undefined],
  ])('%s: %s', (image, expected) => {
    const found = releaseOf(image)
    expect(found && `${found.name}${found.stated ? ' stated' : ''}`).toBe(expected)
  })
})

describe('the version of a language in a tag', () => {
  it.each<[string, Language, string | undefined]>([
    ['golang:1.23-alpine', 'Go', '1.23'],
    ['golang:1.26rc1', 'Go', undefined],
    ['golang:alpine', 'Go', undefined],
    ['golang:1.23', 'Rust', undefined],
    ['lukemathwalker/cargo-chef:latest-rust-1.80-bookworm', 'Rust', '1.80'],
    ['maven:3.9.6-eclipse-temurin-21-alpine', 'Java', '21'],
    ['eclipse-temurin:21.0.7_6-jre-alpine', 'Java', '21.0.7'],
    ['gradle:8.5-jdk17', 'Java', '17'],
    ['dunglas/frankenphp:1-php8.3', 'PHP', '8.3'],
    ['mcr.microsoft.com/dotnet/sdk:10.0-noble', 'the .NET SDK', '10.0'],
  ])('%s, %s: %s', (image, language, expected) => {
    expect(imageVersion(image, language)).toBe(expected)
  })
})

describe('tags that never were', () => {
  it.each([
    ['python:3.12-bookworm-slim', 'python:3.12-slim-bookworm'],
    ['node:20-slim-bookworm', 'node:20-bookworm-slim'],
    ['php:8.3-fpm-slim', 'php:8.3-fpm'],
    ['golang:1.22-slim', 'golang:1.22'],
    ['openjdk:17-jre-slim', 'openjdk:17-slim'],
    ['python:3.1', 'python:3.14'],
    ['openjdk:17-jdk-alpine', undefined],
    ['elixir:1.17-otp-27-slim', undefined],
    ['node:20.1.0-alpine3.17', undefined],
    ['php:7.4-apache-buster', undefined],
  ])('%s: %s', (image, instead) => {
    expect(noSuchTag(image)?.instead[0]).toBe(instead)
  })
})
