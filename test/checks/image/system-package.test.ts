import check from '../../../checks/image/system-package.ts'
import {testCheck} from '../../harness.ts'

const python = (requirements: string, dockerfile = 'FROM python:3.12-slim\n', more = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'requirements.txt': requirements,
    Dockerfile: `${dockerfile}COPY requirements.txt .\nRUN pip install -r requirements.txt\n${more}`,
  },
})

/** A program of Rust that is linked to OpenSSL. */
const rust = (last: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM rust:1.83-bookworm AS build\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nFROM ${last}COPY --from=build /app/target/release/shop /usr/local/bin/\nCMD ["shop"]\n`,
    'Cargo.toml': '[package]\nname = "shop"\n\n[dependencies]\nnative-tls = "0.2"\n',
    'Cargo.lock':
      '[[package]]\nname = "shop"\ndependencies = [\n "native-tls",\n]\n\n[[package]]\nname = "native-tls"\ndependencies = [\n "openssl-sys",\n]\n\n[[package]]\nname = "openssl-sys"\n',
    'src/main.rs': 'fn main() {}\n',
  },
})

/** … and one that is linked to libpq. */
const diesel = (last: string) => {
  const {files} = rust(last)
  return {
    files: {
      ...files,
      'Cargo.toml': '[package]\nname = "shop"\n\n[dependencies]\ndiesel = {version = "2", features = ["postgres"]}\n',
      'Cargo.lock': files['Cargo.lock'].replaceAll('native-tls', 'diesel').replaceAll('openssl-sys', 'pq-sys'),
    },
  }
}

/** A Rails app with image_processing, which brings both libraries along. */
const rails = (config: string, packages = 'libpq5', code = 'avatar.variant(resize_to_limit: [100, 100])') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Gemfile: "gem 'rails'\ngem 'image_processing'\n",
    'Gemfile.lock':
      'GEM\n  specs:\n    activestorage (7.1.0)\n    image_processing (1.12.2)\n      mini_magick (>= 4.9.5)\n      ruby-vips (>= 2.0.17)\n    mini_magick (4.11.0)\n    rails (7.1.0)\n      activestorage (= 7.1.0)\n    ruby-vips (2.1.4)\n',
    'config/application.rb': `module Shop\n  class Application < Rails::Application\n    ${config}\n  end\nend\n`,
    'app/models/user.rb': `class User\n  def small = ${code}\nend\n`,
    Dockerfile: `FROM ruby:3.3-slim\nRUN apt-get update && apt-get install -y ${packages}\nCOPY . .\nRUN bundle install\n`,
  },
})
const magick = (code: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Gemfile: "gem 'rails'\ngem 'mini_magick'\n",
    'Gemfile.lock': 'GEM\n  specs:\n    mini_magick (4.11.0)\n    rails (7.1.0)\n',
    'app/models/user.rb': `class User\n  def small(path)\n    ${code}\n  end\nend\n`,
    Dockerfile: 'FROM ruby:3.3-slim\nRUN apt-get update && apt-get install -y libpq5\nCOPY . .\nRUN bundle install\n',
  },
})
/** A Rails app whose gem loads execjs; Node.js is in the stage that builds. */
const execjs = (gem = "gem 'react-rails'", {version = '2.9.1', lines = '', more = ''} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Gemfile: `gem 'rails'\n${gem}\n`,
    'Gemfile.lock': `GEM\n  specs:\n    execjs (${version})\n    rails (7.1.0)\n      railties (= 7.1.0)\n    railties (7.1.0)\n    react-rails (3.2.0)\n      execjs\n${gem.includes('mini_racer') ? '    mini_racer (0.9.0)\n' : ''}`,
    Dockerfile: `FROM ruby:3.3-slim AS base\nFROM base AS build\nRUN apt-get update && apt-get install -y nodejs\nCOPY . .\nRUN bundle install\nFROM base\nRUN apt-get update && apt-get install -y libpq5 ${more}\nCOPY --from=build /usr/local/bundle /usr/local/bundle\n${lines}COPY . .\nCMD ["bin/rails", "server"]\n`,
  },
})
const litefs = (version: string, packages: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM alpine:3.20\nRUN apk add --no-cache ${packages}\nCOPY --from=flyio/litefs:${version} /usr/local/bin/litefs /usr/local/bin/litefs\nENTRYPOINT litefs mount\n`,
  },
})

const puppeteer = (dependencies: string, packages: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'package.json': `{"dependencies": ${dependencies}}`,
    Dockerfile: `FROM node:22-bookworm-slim\nRUN apt-get update && apt-get install -y ${packages}\nCOPY . .\nRUN npm install\n`,
  },
})

const temporal = (lines: string, base = 'node:22-bookworm-slim') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'package.json': '{"workspaces": ["apps/*"]}',
    'apps/worker/package.json': '{"name": "@shop/worker", "dependencies": {"@temporalio/worker": "^1.11.0"}}',
    'apps/web/package.json': '{"name": "@shop/web", "dependencies": {"next": "^15.0.0"}}',
    Dockerfile: `FROM node:22 AS build\nWORKDIR /repo\nCOPY . .\nRUN pnpm --filter @shop/worker --prod deploy /out\nFROM ${base}\n${lines}COPY --from=build /out ./\n`,
  },
})

const phoenix = (
  deps: string,
  packages = 'libstdc++6',
  more: Record<string, string> = {},
  base = 'debian:bookworm-slim',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'mix.exs': `defp deps do\n  [{:phoenix, "~> 1.8"},\n   ${deps}]\nend\n`,
    Dockerfile: `FROM hexpm/elixir:1.18.1-erlang-27.2-debian-bookworm-20250113-slim AS builder\nWORKDIR /app\nCOPY . .\nRUN mix release\nFROM ${base}\nRUN apt-get update && apt-get install -y ${packages}\nCOPY --from=builder /app/_build/prod/rel/shop ./\n`,
    ...more,
  },
})
const go = (module: string, packages = 'ca-certificates', main = 'main.go') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'go.mod': `module shop\n\nrequire (\n\t${module} v1.2.3\n)\n`,
    [main]: `package main\n\nimport "${module}"\n`,
    Dockerfile: `FROM golang:1.25 AS builder\nWORKDIR /src\nCOPY . .\nRUN go build -o /shop .\nFROM alpine:3.22\nRUN apk add --no-cache ${packages}\nCOPY --from=builder /shop /shop\n`,
  },
})

testCheck(check, {
  clean: {
    'a package of Python that no code names': {
      files: {...python('cairosvg==2.7.1\n').files, 'main.py': 'import fastapi\n'},
    },
    'OpenSSL, which certificates bring along': rust(
      'debian:bookworm-slim\nRUN apt-get update && apt-get install -y ca-certificates\n',
    ),
    'libpq, which the final stage gets': diesel(
      'debian:bookworm-slim\nRUN apt-get update && apt-get install -y libpq5 ca-certificates\n',
    ),
    'libpq, which another package may bring': diesel(
      'debian:bookworm-slim\nRUN apt-get update && apt-get install -y postgis\n',
    ),
    'OpenSSL of a Debian that has it': rust('debian:trixie-slim\n'),
    'OpenSSL on the image that builds': rust('rust:1.83-bookworm\n'),
    'OpenSSL that is copied': rust(
      'debian:bookworm-slim\nCOPY --from=build /usr/lib/x86_64-linux-gnu/libssl.so.3 /usr/lib/\n',
    ),
    'a browser for ChromicPDF': phoenix('{:chromic_pdf, "~> 1.17"}', 'libstdc++6 chromium'),
    'a browser elsewhere': phoenix('{:chromic_pdf, "~> 1.17"}', 'libstdc++6', {
      'config/runtime.exs': 'config :shop, ChromicPDF, chrome_address: {"chrome.internal", 9222}\n',
    }),
    'a browser of another image': go(
      'github.com/chromedp/chromedp',
      'ca-certificates\nCOPY --from=chromedp/headless-shell:latest /headless-shell /headless-shell',
    ),
    'a module that tests alone import': go('github.com/chromedp/chromedp', 'ca-certificates', 'page_test.go'),
    'a package that is left out': phoenix('# {:chromic_pdf, "~> 1.17"}'),
    'a package of the build': phoenix('{:chromic_pdf, "~> 1.17", runtime: false}'),
    'for tests only': phoenix('{:chromic_pdf, "~> 1.17", only: :test}'),
    'a full image of the language': phoenix('{:mogrify, "~> 0.9"}', 'curl', {}, 'elixir:1.18'),
    'libvips for a module of Go': go('github.com/davidbyttow/govips/v2', 'vips'),
    'a module that is needed by others only': go('github.com/chromedp/chromedp v0.1.0 // indirect\n\tgithub.com/a/b'),
    'the certificates are installed': temporal('RUN apt-get update && apt-get install -y ca-certificates\n'),
    'the certificates are named': temporal('ENV SSL_CERT_FILE=/etc/certs.pem\n'),
    'Alpine has certificates': temporal('', 'node:22-alpine'),
    'an image for another member': {
      files: {
        ...temporal('').files,
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /repo\nCOPY . .\nRUN npm ci\nFROM node:22-slim\nCOPY --from=build /repo/apps/web/dist dist\n',
      },
    },
    'puppeteer with the Chromium of Debian': puppeteer('{"puppeteer": "^24.0.0"}', 'chromium'),
    'puppeteer with the libraries alone': puppeteer('{"puppeteer": "^24.0.0"}', 'libnss3 libatk1.0-0 libgbm1'),
    'puppeteer that is told to leave its Chrome out': puppeteer(
      '{"puppeteer": "^24.0.0"}',
      'fuse3 openssl\nENV PUPPETEER_SKIP_DOWNLOAD=true',
    ),
    'puppeteer without a Chrome of its own': puppeteer('{"puppeteer-core": "^24.0.0"}', 'fuse3 openssl'),
    'puppeteer with a Chromium from npm': puppeteer('{"puppeteer": "*", "@sparticuz/chromium": "*"}', 'fuse3 openssl'),
    'execjs with Node.js': execjs(undefined, {more: 'nodejs'}),
    'execjs with a Node.js that is copied': execjs(undefined, {
      lines: 'COPY --from=build /usr/local/node /usr/local/node\n',
    }),
    'an execjs that looks when it is used': execjs(undefined, {version: '2.10.0'}),
    'execjs that works with a gem of one system': execjs("gem 'react-rails'\ngem 'mini_racer', platforms: :ruby"),
    'execjs that is told so by fly.toml': {
      files: {...execjs().files, 'fly.toml': 'app = "shop"\n[env]\nEXECJS_RUNTIME = "Disabled"\n'},
    },
    'execjs that works with a gem': execjs("gem 'react-rails'\ngem 'mini_racer'"),
    'execjs that Bundler does not load': execjs("gem 'react-rails', require: false"),
    'execjs that is told to do without': execjs(undefined, {lines: 'ENV EXECJS_RUNTIME=Disabled\n'}),
    'the library of pictures that Rails 7 works with': rails('config.load_defaults 7.1', 'libvips'),
    'a gem of pictures that nothing uses': magick('# MiniMagick is for later'),
    'the one that the app sets': rails('config.active_storage.variant_processor = :mini_magick', 'imagemagick'),
    'another one, that the app sets': rails('config.active_storage.variant_processor = PROCESSOR'),
    'both libraries in the Gemfile, and the one that works': {
      files: {
        ...rails('config.load_defaults 7.1', 'libvips').files,
        Gemfile: "gem 'rails'\ngem 'image_processing'\ngem 'mini_magick'\ngem 'ruby-vips'\n",
      },
    },
    'no picture is made smaller': rails('config.load_defaults 7.1', 'libpq5', 'avatar.url'),
    'a script of the project, which may install anything': {
      files: {
        ...rails('config.load_defaults 7.1').files,
        Dockerfile: 'FROM ruby:3.3-slim\nCOPY . .\nRUN bundle install && bin/setup\n',
      },
    },
    'LiteFS with fuse3': litefs('0.5', 'ca-certificates fuse3'),
    'a stage that is only called so': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM flyio/litefs:0.3 AS litefs\nFROM alpine:3.20\nRUN apk add --no-cache fuse\nCOPY --from=litefs /usr/local/bin/litefs /bin/litefs\nENTRYPOINT litefs mount\n',
      },
    },
    'a LiteFS that works with fuse 2': litefs('0.3', 'fuse'),
    'a LiteFS of which the version is not known': litefs('sha-0123456', 'fuse'),
    'the program is installed': python(
      'pydub\n',
      'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y ffmpeg\n',
    ),
    'another package brings it': python('python-magic\n', 'FROM python:3.12-slim\nRUN apt-get install -y file\n'),
    'a full image has much that is not looked at': python('pydub\n', 'FROM python:3.12\n'),
    'a script may have brought it': python('pydub\n', 'FROM python:3.12-slim\nRUN ./install.sh\n'),
    'a package of the language brings it': python('pydub\nstatic-ffmpeg\n'),
    'a Java for pyspark': python(
      'pyspark\n',
      'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y openjdk-17-jre-headless\n',
    ),
    'packages that need nothing': python('flask\nopencv-python-headless\n'),
  },
  flagged: {
    'a package of Python that another hands on': {
      files: {...python('weasyprint==62.3\n').files, 'views.py': 'from django_weasyprint import WeasyTemplateView\n'},
      expect: [
        'warning Dockerfile:1:1 weasyprint needs the library Pango when it is imported, and the final stage (python:3.12-slim) has none',
      ],
    },
    'OpenSSL on a Debian without it': {
      ...rust('debian:bookworm-slim\nRUN apt-get update && apt-get install -y tini\n'),
      expect: [
        'warning Dockerfile:6:23 native-tls links the program to OpenSSL, and debian:bookworm-slim has none: it stops with "libssl.so.3: cannot open shared object file"',
      ],
    },
    'libpq on a Debian without it': {
      ...diesel('debian:trixie-slim\nRUN apt-get update && apt-get install -y ca-certificates curl\n'),
      expect: [
        'warning Dockerfile:6:23 diesel links the program to libpq.so.5, and the final stage has none: it stops with "libpq.so.5: cannot open shared object file"',
      ],
    },
    'chromedp without a browser': {
      ...go('github.com/chromedp/chromedp'),
      expect: [
        'warning Dockerfile:6:5 github.com/chromedp/chromedp needs the program Chrome when it is used, and the final stage (alpine:3.22) has none',
      ],
    },
    'ChromicPDF without a browser': {
      ...phoenix('{:chromic_pdf, "~> 1.17"}'),
      expect: [
        'warning Dockerfile:6:23 chromic_pdf needs the program Chrome when it is used, and the final stage (debian:bookworm-slim) has none',
      ],
    },
    'ffmpex without ffmpeg': {
      ...phoenix('{:ffmpex, "~> 0.11"}'),
      expect: [
        'warning Dockerfile:6:23 ffmpex needs the program ffmpeg when it is used, and the final stage (debian:bookworm-slim) has none',
      ],
    },
    'a module of Go that loads libvips': {
      ...go('github.com/davidbyttow/govips/v2'),
      expect: [
        'warning Dockerfile:6:5 github.com/davidbyttow/govips/v2 needs the library libvips when it is imported, and the final stage (alpine:3.22) has none',
      ],
    },
    'the gems of another stage, where they lie in that image of Ruby, and a task of the app': {
      files: {
        ...rails('config.load_defaults Rails::VERSION::STRING.to_f').files,
        Dockerfile:
          'FROM quay.io/evl.ms/fullstaq-ruby:3.1.2-jemalloc-slim AS base\nFROM base AS gems\nCOPY . .\nRUN bundle install\nFROM base\nARG TASK="bin/rails fly:build"\nRUN apt-get update && apt-get install -y libpq5\nCOPY --from=gems /usr/lib/fullstaq-ruby/versions /usr/lib/fullstaq-ruby/versions\nCOPY . .\nRUN ${TASK}\n',
      },
      expect: [
        'warning Dockerfile:7:23 ruby-vips needs the library libvips when it is used, and the final stage has none',
      ],
    },
    'what a member of the workspace needs, of which the image is made': {
      ...temporal(''),
      expect: [
        'warning Dockerfile:5:1 @temporalio/worker needs the certificates of the system when it is used, and the final stage (node:22-bookworm-slim) has none',
      ],
    },
    'a package that draws with another program': {
      ...python('graphviz\n'),
      expect: [
        'warning Dockerfile:1:1 graphviz needs the program dot of Graphviz when it is used, and the final stage (python:3.12-slim) has none',
      ],
    },
    'a gem of pictures that code uses': {
      ...magick("MiniMagick::Image.open(path).resize('100x100')"),
      expect: [
        'warning Dockerfile:2:23 mini_magick needs the program ImageMagick when it is used, and the final stage (ruby:3.3-slim) has none',
      ],
    },
    'pictures that Rails 7 makes smaller': {
      ...rails('config.load_defaults 7.1'),
      expect: [
        'warning Dockerfile:2:23 ruby-vips needs the library libvips when it is used, and the final stage (ruby:3.3-slim) has none',
      ],
    },
    'and Rails 6, with the other program': {
      ...rails('config.load_defaults 6.1', 'libvips'),
      expect: [
        'warning Dockerfile:2:23 mini_magick needs the program ImageMagick when it is used, and the final stage (ruby:3.3-slim) has none',
      ],
    },
    'execjs without Node.js': {
      ...execjs(),
      expect: [
        'warning Dockerfile:7:23 react-rails needs a program that runs JavaScript, for execjs, when it is imported, and the final stage has none',
      ],
    },
    'LiteFS without fuse': {
      ...litefs('0.3.0-beta5', 'sqlite'),
      expect: [
        'warning Dockerfile:2:5 litefs needs the program fusermount when it mounts, and the final stage (alpine:3.20) has none',
      ],
    },
    'LiteFS without fuse3': {
      ...litefs('0.5.11', 'sqlite'),
      expect: [
        'warning Dockerfile:2:5 litefs needs the program fusermount3 when it mounts, and the final stage (alpine:3.20) has none',
      ],
    },
    'LiteFS by the name of its stage': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM flyio/litefs:0.4 AS litefs\nFROM alpine:3.20\nRUN apk add --no-cache fuse\nCOPY --from=litefs /usr/local/bin/litefs /bin/litefs\nENTRYPOINT litefs mount\n',
      },
      expect: [
        'warning Dockerfile:3:5 litefs needs the program fusermount3 when it mounts, and the final stage (alpine:3.20) has only the one of fuse 2',
      ],
    },
    'LiteFS with an old fuse': {
      ...litefs('0.5', 'fuse'),
      expect: [
        'warning Dockerfile:2:5 litefs needs the program fusermount3 when it mounts, and the final stage (alpine:3.20) has only the one of fuse 2',
      ],
    },
    'a program': {
      ...python('pydub\n'),
      expect: [
        'warning Dockerfile:1:1 pydub needs the program ffmpeg when it is used, and the final stage (python:3.12-slim) has none',
      ],
    },
    'a library, where other packages are installed': {
      ...python('python-magic\n', 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y curl\n'),
      expect: [
        'warning Dockerfile:2:23 python-magic needs the library libmagic when it is imported, and the final stage (python:3.12-slim) has none',
      ],
    },
    "puppeteer's own Chrome": {
      ...puppeteer('{"puppeteer": "^24.0.0"}', 'fuse3 openssl'),
      expect: [
        'warning Dockerfile:2:23 puppeteer needs the libraries of Chrome when it is used, and the final stage (node:22-bookworm-slim) has none',
      ],
    },
    'JavaScript on Alpine': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'package.json': '{"dependencies": {"fluent-ffmpeg": "^2.1.0"}}',
        Dockerfile: 'FROM node:22-alpine\nCOPY . .\nRUN npm install\n',
      },
      expect: [
        'warning Dockerfile:1:1 fluent-ffmpeg needs the program ffmpeg when it is used, and the final stage (node:22-alpine) has none',
      ],
    },
  },
})
