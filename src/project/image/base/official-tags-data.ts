/**
 * Which variants of the official images there are, and ever were, for which versions: made from the history of
 * github.com/docker-library/official-images up to 21 August 2026. `-` is the tag without a variant. Docker Hub keeps the
 * tags that are no longer built, so that one is missing only if it never was.
 */
export const officialTags: Readonly<Record<string, string>> = {
  node: `
- alpine slim: 8..26
alpine3.10: 8 10 12..15
alpine3.11: 8 10 12..16
alpine3.12 alpine3.13: 12 14..17
alpine3.14: 12 14 16..18
alpine3.15: 12 14 16..19
alpine3.16: 14 16 18..20
alpine3.17: 14 16 18..21
alpine3.18: 16 18..22
alpine3.19: 18 20..23
alpine3.20: 18 20..24
alpine3.21: 18 20 22..25
alpine3.22: 20 22..26
alpine3.23 trixie trixie-slim: 20 22 24..26
alpine3.24: 22 24 26
alpine3.9: 8 10 12
bookworm bookworm-slim: 16 18 20..26
bullseye bullseye-slim: 12 14 16..26
buster buster-slim: 8 10 12..20
jessie wheezy: 8..10
jessie-slim: 8 10
stretch: 8..17
stretch-slim: 8 10..17`,
  python: `
- slim: 2.7 3.2..3.14
alpine: 2.7 3.3..3.14
alpine3.10 alpine3.11: 2.7 3.5..3.8
alpine3.12: 3.5..3.9
alpine3.13 alpine3.14: 3.6..3.10
alpine3.15: 3.6..3.11
alpine3.16: 3.7..3.11
alpine3.17 alpine3.18: 3.7..3.12
alpine3.19 alpine3.20: 3.8..3.13
alpine3.21 alpine3.22 slim-trixie trixie: 3.9..3.14
alpine3.23 alpine3.24: 3.10..3.14
alpine3.4 jessie: 2.7 3.3..3.6
alpine3.6: 2.7 3.6
alpine3.7 alpine3.8 alpine3.9 slim-stretch stretch: 2.7 3.4..3.7
bookworm slim-bookworm: 3.7..3.14
bullseye slim-bullseye: 3.6..3.13
buster slim-buster: 2.7 3.5..3.11
slim-jessie: 2.7 3.4..3.6
wheezy: 2.7 3.2..3.4`,
  ruby: `
- alpine slim: 2.3..2.7 3.0..3.4 4.0
alpine3.10 alpine3.11: 2.4..2.7
alpine3.12 alpine3.13: 2.5..2.7 3.0
alpine3.14 alpine3.15: 2.6..2.7 3.0..3.1
alpine3.16: 2.7 3.0..3.2
alpine3.17: 3.1..3.2
alpine3.18 alpine3.19: 3.1..3.3
alpine3.20 alpine3.21: 3.1..3.4
alpine3.22 alpine3.23 slim-trixie trixie: 3.2..3.4 4.0
alpine3.24: 3.3..3.4 4.0
alpine3.4 jessie slim-jessie: 2.3..2.4
alpine3.6: 2.4
alpine3.7 alpine3.8 slim-stretch stretch: 2.3..2.6
alpine3.9: 2.4..2.6
bookworm slim-bookworm: 3.1..3.4 4.0
bullseye slim-bullseye: 2.6..2.7 3.0..3.4
buster slim-buster: 2.4..2.7 3.0..3.2`,
  golang: `
- alpine: 1.8..1.27
alpine3.10: 1.11..1.13
alpine3.11: 1.12..1.14
alpine3.12: 1.13..1.16
alpine3.13: 1.14..1.17
alpine3.14: 1.15..1.18
alpine3.15: 1.16..1.19
alpine3.16: 1.17..1.20
alpine3.17: 1.18..1.21
alpine3.18: 1.19..1.22
alpine3.19: 1.20..1.23
alpine3.20: 1.21..1.24
alpine3.21: 1.22..1.25
alpine3.22: 1.23..1.26
alpine3.23 trixie: 1.24..1.27
alpine3.24: 1.25..1.27
alpine3.5 jessie wheezy: 1.8
alpine3.6: 1.8..1.9
alpine3.7 alpine3.8: 1.9..1.11
alpine3.9: 1.10..1.12
bookworm: 1.19..1.27
bullseye: 1.16..1.24
buster: 1.11..1.20
stretch: 1.8..1.18`,
  rust: `
- slim: 1.31..1.98
alpine: 1.37..1.98
alpine3.10: 1.37..1.44
alpine3.11: 1.40..1.49
alpine3.12: 1.44..1.53
alpine3.13: 1.50..1.57
alpine3.14: 1.54..1.61
alpine3.15: 1.58..1.65
alpine3.16: 1.61..1.69
alpine3.17: 1.66..1.74
alpine3.18: 1.70..1.78
alpine3.19: 1.75..1.83
alpine3.20: 1.78..1.94
alpine3.21: 1.83..1.98
alpine3.22: 1.87..1.98
alpine3.23: 1.91..1.98
alpine3.24: 1.96..1.98
bookworm slim-bookworm: 1.67..1.98
bullseye slim-bullseye: 1.51..1.98
buster slim-buster: 1.36..1.79
slim-stretch stretch: 1.31..1.45
slim-trixie trixie: 1.72 1.88..1.98`,
  php: `
- alpine apache cli cli-alpine fpm fpm-alpine zts zts-alpine: 7.0..7.4 8.0..8.5
alpine3.10 cli-alpine3.10 fpm-alpine3.10 zts-alpine3.10: 7.1..7.4
alpine3.11 cli-alpine3.11 fpm-alpine3.11 zts-alpine3.11 zts-alpine3.12: 7.2..7.4
alpine3.12 cli-alpine3.12 fpm-alpine3.12: 7.2..7.4 8.0
alpine3.13 cli-alpine3.13 fpm-alpine3.13: 7.3..7.4 8.0
alpine3.14 alpine3.15 cli-alpine3.14 cli-alpine3.15 fpm-alpine3.14 fpm-alpine3.15 zts-alpine3.14 zts-alpine3.15: 7.3..7.4 8.0..8.1
alpine3.16 cli-alpine3.16 fpm-alpine3.16 zts-alpine3.16: 7.4 8.0..8.2
alpine3.17 alpine3.18 cli-alpine3.17 cli-alpine3.18 fpm-alpine3.17 fpm-alpine3.18 zts-alpine3.17 zts-alpine3.18: 8.1..8.3
alpine3.19 alpine3.20 cli-alpine3.19 cli-alpine3.20 fpm-alpine3.19 fpm-alpine3.20 zts-alpine3.19 zts-alpine3.20: 8.1..8.4
alpine3.21 alpine3.22 apache-bookworm apache-trixie bookworm cli-alpine3.21 cli-alpine3.22 cli-bookworm cli-trixie fpm-alpine3.21 fpm-alpine3.22 fpm-bookworm fpm-trixie trixie zts-alpine3.21 zts-alpine3.22 zts-bookworm zts-trixie: 8.1..8.5
alpine3.23 alpine3.24 cli-alpine3.23 cli-alpine3.24 fpm-alpine3.23 fpm-alpine3.24 zts-alpine3.23 zts-alpine3.24: 8.2..8.5
alpine3.4 apache-jessie cli-alpine3.4 cli-jessie fpm-alpine3.4 fpm-jessie jessie zts-alpine3.4 zts-jessie: 7.0..7.1
alpine3.6 cli-alpine3.6 fpm-alpine3.6 zts-alpine3.6: 7.2
alpine3.7 cli-alpine3.7 fpm-alpine3.7 zts-alpine3.7: 7.0..7.2
alpine3.8 alpine3.9 cli-alpine3.8 cli-alpine3.9 fpm-alpine3.8 fpm-alpine3.9 zts-alpine3.8 zts-alpine3.9: 7.1..7.3
apache-bullseye bullseye cli-bullseye fpm-bullseye zts-bullseye: 7.3..7.4 8.0..8.4
apache-buster buster cli-buster fpm-buster zts-buster: 7.1..7.4 8.0..8.2
apache-stretch cli-stretch fpm-stretch stretch zts-stretch: 7.0..7.3
zts-alpine3.13: 7.3..7.4`,
  elixir: `
- alpine slim: 1.8..1.20`,
  nginx: `
- alpine alpine-perl perl: 1.18..1.31
alpine-slim: 1.22..1.31
alpine3.17 alpine3.17-perl alpine3.17-slim bullseye bullseye-perl: 1.22..1.25
alpine3.18 alpine3.18-perl alpine3.18-slim: 1.25
alpine3.19 alpine3.19-perl alpine3.19-slim: 1.25..1.27
alpine3.20 alpine3.20-perl alpine3.20-slim: 1.26..1.27
alpine3.21 alpine3.21-perl alpine3.21-slim: 1.27..1.28
alpine3.22 alpine3.22-perl alpine3.22-slim: 1.29
alpine3.23 alpine3.23-perl alpine3.23-slim trixie trixie-perl: 1.28..1.31
alpine3.24 alpine3.24-perl alpine3.24-slim: 1.30..1.31
bookworm bookworm-perl: 1.25..1.29`,
  'eclipse-temurin': `
- alpine jdk jdk-alpine: 8 11 16..26
alpine-3.20 jdk-alpine-3.20 jre-alpine-3.20: 8 11 17 21 23..24
alpine-3.21 jdk-alpine-3.21 jre-alpine-3.21: 8 11 17 21 23..25
alpine-3.22 jdk-alpine-3.22 jre-alpine-3.22: 8 11 17 21 24..25
alpine-3.23 alpine-3.24 jdk-alpine-3.23 jdk-alpine-3.24 jdk-resolute jre-alpine-3.23 jre-alpine-3.24 jre-resolute resolute: 8 11 17 21 25..26
focal jdk-focal: 8 11 16..19
jammy jdk-jammy jre-jammy: 8 11 17..22 25..26
jdk-noble jre-noble noble: 8 11 17 21..26
jre jre-alpine: 8 11 17..26
jre-focal: 8 11 17..19`,
  openjdk: `
-: 8..26
alpine: 8 12..19
alpine3.10: 13..14
alpine3.11: 15
alpine3.12: 15..17
alpine3.13: 16..18
alpine3.14: 17..19
alpine3.15: 18..19
alpine3.16: 19
alpine3.7 jre-alpine jre-alpine3.7 jre-alpine3.8 jre-alpine3.9: 8
alpine3.8 alpine3.9: 8 12..13
bookworm slim-bookworm: 21..26
bullseye slim-bullseye: 8 11 16..26
buster slim-buster: 8 11 13..22
jre jre-slim: 8..11
jre-bullseye jre-buster jre-slim-bullseye jre-slim-buster jre-slim-stretch jre-stretch slim-stretch stretch: 8 11
slim: 8..11 13..26
slim-trixie trixie: 25..26`,
}
