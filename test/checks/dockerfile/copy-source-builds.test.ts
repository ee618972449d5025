import copySource from '../../../checks/dockerfile/copy-source.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, files: Record<string, string>) => ({
  files: {'fly.toml': 'app = "shop"', Dockerfile: dockerfile, ...files},
})

const pom = (rest = '', head = '<artifactId>shop</artifactId><version>1.2.0</version>') => ({
  'pom.xml': `<project>${head}\n${rest}</project>\n`,
})
const spring =
  '<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.3.0</version></parent>\n'
const maven = (taken: string, target = 'app.jar', run = 'mvn -q package -DskipTests') =>
  `FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY . .\nRUN ${run}\nFROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY --from=build /src/target/${taken} ${target}\n`

const boot = "plugins {\n  id 'java'\n  id 'org.springframework.boot' version '3.3.0'\n}\n"
const gradle = (taken: string, {run = './gradlew build', target = 'app.jar', copy = 'COPY . .'} = {}) =>
  `FROM eclipse-temurin:21 AS build\nWORKDIR /src\n${copy}\nRUN ${run}\nFROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY --from=build /src/build/libs/${taken} ${target}\n`
const gradleFiles = (build: string, settings = "rootProject.name = 'shop'\n") => ({
  'build.gradle': build,
  ...(settings && {'settings.gradle': settings}),
  gradlew: '',
})

const mix = (taken: string, run = 'mix release') =>
  `FROM elixir:1.18 AS build\nENV MIX_ENV=prod\nWORKDIR /src\nCOPY . .\nRUN mix deps.get\nRUN ${run}\nFROM debian\nENV MIX_ENV=prod\nCOPY --from=build ${taken} /app\n`
const mixProject = (more = '', functions = '') =>
  `defmodule Shop.MixProject do\n  def project do\n    [\n      app: :shop,\n      ${more}\n    ]\n  end\n${functions}end\n`
const cargo = (taken: string, run = 'cargo build --release', env = '') =>
  `FROM rust:1.85 AS build\nWORKDIR /src\n${env}COPY . .\nRUN ${run}\nFROM debian\nCOPY --from=build ${taken} /usr/local/bin/\n`
const crate = (rest = '') => ({'Cargo.toml': `[package]\nname = "my-shop"\n${rest}`, 'src/main.rs': ''})

const go = (taken: string, run: string) =>
  `FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN ${run}\nFROM debian\nCOPY --from=build ${taken} /app\n`
const goFiles = {
  'go.mod': 'module example.com/acme\n',
  'cmd/web/main.go': 'package main\n',
  'main.go': 'package main\n',
}

const csproj = (framework: string) =>
  `<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>${framework}</TargetFramework></PropertyGroup></Project>\n`
const dotnet = (taken: string, run: string) =>
  `FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY . .\nRUN ${run}\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY --from=build ${taken} /app\n`

/** Pages that a stage builds in /app, and the last one takes by a path without a / before it. */
const pages = (copy: string, {before = '', build = 'RUN npm run build', files = {}} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\n${before}WORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\n${build}\nFROM nginx:1.27-alpine\nCOPY --from=build ${copy} /usr/share/nginx/html\n`,
    'package.json': '{"scripts": {"build": "vite build"}}',
    'index.html': '',
    'robots.txt': '',
    ...files,
  },
})
const fromRoot = (path: string) => [
  `warning Dockerfile:8:1 the stage build is not seen to make ${path}: a path of COPY --from begins at the root of the stage, and that works in /app`,
]
const deployed = (taken: string, run = 'pnpm --filter web deploy --prod ./out', work = '/repo') =>
  `FROM node:22 AS build\nWORKDIR ${work}\nCOPY . .\nRUN pnpm install\nRUN pnpm --filter web build\nRUN ${run}\nFROM node:22\nCOPY --from=build ${taken} /app/\n`
const members = {
  'package.json': '{}',
  'pnpm-workspace.yaml': 'packages: [web]\n',
  'web/package.json': '{"name": "web"}',
}

testCheck(copySource, {
  clean: {
    'pages by their whole path': pages('/app/dist'),
    'pages that the build is told to lay above': pages('./dist', {
      files: {'vite.config.ts': "export default {build: {outDir: '../dist'}}\n"},
    }),
    'pages that a RUN lays at the root': pages('dist', {build: 'RUN npm run build -- --outDir /dist'}),
    'pages of a script': pages('dist', {build: 'RUN ./build.sh'}),
    'pages of a RUN before the folder': pages('dist', {before: 'RUN npm create vite\n'}),
    'a folder of the stage that is named without its root': pages('app/dist'),
    'a folder of the base': pages('etc/ssl/certs'),
    'what pnpm deploy writes, by its whole path': project(deployed('/out', 'pnpm --filter web deploy /out'), members),
    'what pnpm deploy writes at the top': project(deployed('/out', 'pnpm --filter web deploy ./out', '/'), members),
    'a folder of the same name below, which a build may write': project(deployed('/repo/web/out'), members),
    'pnpm deploy, and a move behind it': project(
      deployed('/out', 'pnpm --filter web deploy ./out && mv out /'),
      members,
    ),
    'pnpm deploy into a folder that a variable names': project(
      deployed('/out', 'pnpm --filter web deploy $TARGET'),
      members,
    ),
    'a program that bun builds, taken in quotes': project(
      deployed('"/repo/server"', 'bun build --compile --outfile=server main.ts'),
      members,
    ),
    'bun build, which is not told where': project(deployed('/server', 'bun build server.ts --compile'), members),
    'a cache, and another RUN that brings the folder out of it': project(
      cargo(
        '/src/target/site',
        '--mount=type=cache,target=/src/target cargo leptos build\nRUN cp -r /cached target/site',
      ),
      crate(),
    ),
    'a cache whose folder an earlier stage filled': project(
      cargo(
        '/src/target/site',
        '--mount=type=cache,target=/src/target cargo leptos build\nCOPY --from=other /a target',
      ),
      crate(),
    ),
    'the folder of a cache itself': project(
      cargo('/src/target', '--mount=type=cache,target=/src/target cargo leptos build'),
      crate(),
    ),
    'Maven: artifactId and version': project(maven('shop-1.2.0.jar'), pom()),
    'Maven: the version of the parent': project(
      maven('shop-3.3.0.jar'),
      pom('', `${spring}<artifactId>shop</artifactId>`),
    ),
    'Maven: a pattern': project(maven('*.jar'), pom()),
    'Maven: finalName': project(maven('app.jar'), pom('<build><finalName>app</finalName></build>')),
    'Maven: finalName made of properties': project(
      maven('shop-7.jar'),
      pom('<properties><rev>7</rev></properties><build><finalName>${project.artifactId}-${rev}</finalName></build>'),
    ),
    'Maven: a property that is not known': project(
      maven('other.jar'),
      pom('', '<artifactId>shop</artifactId><version>${revision}</version>'),
    ),
    'Maven: an archive that a plugin makes beside it': project(maven('shop-1.2.0-jar-with-dependencies.jar'), pom()),
    'Maven: a name that a plugin is told of': project(
      maven('runner.jar'),
      pom(
        '<build><plugins><plugin><configuration><destFileName>runner.jar</destFileName></configuration></plugin></plugins></build>',
      ),
    ),
    'Maven: a name that is given afterwards': project(
      maven('app.jar', 'app.jar', 'mvn package && mv target/shop-1.2.0.jar target/app.jar'),
      pom(),
    ),
    'Maven: a version that is set before': project(
      maven('shop-9.jar', 'app.jar', 'sed -i s/1.2.0/9/ pom.xml && mvn package'),
      pom(),
    ),
    'Gradle: the name and the version': project(gradle('shop-1.0.jar'), gradleFiles(`${boot}version = '1.0'\n`)),
    'Gradle: no version': project(gradle('shop.jar'), gradleFiles(boot)),
    'Gradle: a version that is worked out': project(gradle('x.jar'), gradleFiles(`${boot}version = file('V').text\n`)),
    'Gradle: another name for the archive': project(
      gradle('app.jar'),
      gradleFiles(`${boot}bootJar { archiveFileName = 'app.jar' }\n`),
    ),
    'Gradle: the version of gradle.properties': project(gradle('shop-2.jar'), {
      ...gradleFiles(boot),
      'gradle.properties': 'version=2\n',
    }),
    'Gradle: bootJar makes one archive': project(gradle('*.jar', {run: './gradlew bootJar'}), gradleFiles(boot)),
    'Gradle: the plain one is off': project(
      gradle('*.jar'),
      gradleFiles(`${boot}tasks.named('jar') {\n  enabled = false\n}\n`),
    ),
    'Gradle: COPY takes the last of both, which is the one that starts': project(gradle('*.jar'), gradleFiles(boot)),
    'Gradle: a version of something else': project(
      gradle('shop.jar'),
      gradleFiles(`${boot}node {\n  version = '20'\n}\n`),
    ),
    'Gradle: the pattern finds one of them': project(
      gradle('*-SNAPSHOT.jar'),
      gradleFiles(`${boot}version = '1-SNAPSHOT'\n`),
    ),
    'mix: the name of the app': project(mix('/src/_build/prod/rel/shop'), {'mix.exs': mixProject()}),
    'mix: a release of another name': project(mix('/src/_build/${MIX_ENV}/rel/web'), {
      'mix.exs': mixProject('releases: [web: [include_executables_for: [:unix], applications: [shop: :permanent]]]'),
    }),
    'mix: the release that the command names': project(mix('/src/_build/prod/rel/worker', 'mix release worker'), {
      'mix.exs': mixProject('releases: releases()', 'defp releases do\n    [web: [], worker: []]\n  end\n'),
    }),
    'mix: releases that a function makes': project(mix('/src/_build/prod/rel/other'), {
      'mix.exs': mixProject('releases: Shop.Releases.all()'),
    }),
    'mix: a name that is not written out, beside the app of a dependency': project(mix('/src/_build/prod/rel/other'), {
      'mix.exs': mixProject('', 'defp deps, do: [{:icons, github: "acme/icons", app: :icons}]\n').replace(
        'app: :shop',
        'app: @app',
      ),
    }),
    'mix: releases that more are added to': project(mix('/src/_build/prod/rel/other'), {
      'mix.exs': mixProject('releases: [shop: []] ++ more()'),
    }),
    'mix: a release that an alias moves': project(mix('/src/_build/prod/rel/app'), {
      'mix.exs': mixProject(
        'aliases: [release: ["release", &rename/1]]',
        'defp rename(_), do: File.rename!("_build/prod/rel/shop", "_build/prod/rel/app")\n',
      ),
    }),
    'mix: another task of that beginning': project(mix('/src/_build/prod/rel/other', 'mix release.all'), {
      'mix.exs': mixProject(),
    }),
    'mix: a name by an ENV of an ARG': project(
      mix('/src/_build/prod/rel/$NAME').replace('FROM debian\n', 'FROM debian\nARG APP=other\nENV NAME=$APP\n'),
      {'mix.exs': mixProject()},
    ),
    'mix: the environment of the RUN': project(
      mix('/src/_build/prod/rel/shop', 'MIX_ENV=prod mix release').replace('ENV MIX_ENV=prod\n', ''),
      {'mix.exs': mixProject()},
    ),
    'mix: an environment that mix.exs chooses': project(
      mix('/src/_build/prod/rel/shop').replace('ENV MIX_ENV=prod\n', ''),
      {'mix.exs': mixProject('preferred_cli_env: [release: :prod]')},
    ),
    'mix: an environment that a build is given': project(
      mix('/src/_build/prod/rel/shop').replace('ENV MIX_ENV=prod\n', 'ARG MIX_ENV\n'),
      {'mix.exs': mixProject()},
    ),
    'mix: a release that an alias makes': project(mix('/src/_build/prod/rel/shop', 'mix compile && mix ship'), {
      'mix.exs': mixProject('aliases: aliases()', 'defp aliases, do: [ship: ["release"]]\n'),
    }),
    'mix: a release that a task of its own may make': project(
      mix('/src/_build/prod/rel/shop', 'mix compile && mix shop.build'),
      {'mix.exs': mixProject()},
    ),
    'mix: a release that a script may make': project(mix('/src/_build/prod/rel/shop', 'mix compile && ./build.sh'), {
      'mix.exs': mixProject(),
      'build.sh': '',
    }),
    'mix: a release as one of several tasks': project(
      mix('/src/_build/prod/rel/shop', 'mix do deps.get, compile, release'),
      {'mix.exs': mixProject()},
    ),
    'mix: an umbrella': project(mix('/src/_build/prod/rel/other'), {'mix.exs': mixProject('apps_path: "apps"')}),
    'mix: a release that a RUN moves': project(
      mix('/src/_build/prod/rel/app', 'mix release && mv _build/prod/rel/shop _build/prod/rel/app'),
      {'mix.exs': mixProject()},
    ),
    'Cargo: the name of the package': project(cargo('/src/target/release/my-shop'), crate()),
    'Cargo: an image that sets the target': project(
      cargo('/src/target/x86_64-unknown-linux-musl/release/my-shop').replace('rust:1.85', 'clux/muslrust:stable'),
      crate(),
    ),
    'Cargo: [[bin]]': project(cargo('/src/target/release/web'), crate('[[bin]]\nname = "web"\npath = "src/main.rs"\n')),
    'Cargo: src/bin': project(cargo('/src/target/release/worker'), {...crate(), 'src/bin/worker.rs': ''}),
    'Cargo: a member of the workspace': project(cargo('/src/target/release/api'), {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
      'crates/api/Cargo.toml': '[package]\nname = "api"\n',
    }),
    'Cargo: a member that is not copied': project(
      cargo('/src/target/release/other').replace('COPY . .', 'COPY Cargo.toml ./'),
      {'Cargo.toml': '[workspace]\nmembers = ["api"]\n', 'api/Cargo.toml': '[package]\nname = "other"\n'},
    ),
    'Cargo: for another target': project(
      cargo(
        '/src/target/x86_64-unknown-linux-musl/release/my-shop',
        'cargo build -r --target x86_64-unknown-linux-musl',
      ),
      crate(),
    ),
    'Cargo: out of the cache in the same RUN': project(
      'FROM rust:1 AS build\nWORKDIR /src\nCOPY . .\nRUN --mount=type=cache,target=target cargo build --release && cp target/release/my-shop /out\nFROM debian\nCOPY --from=build /out /app\n',
      crate(),
    ),
    '.NET: -o': project(dotnet('/out', 'dotnet publish -o /out'), {'Shop.csproj': csproj('net10.0')}),
    '.NET: a folder above': project(dotnet('/out/', 'dotnet publish -o /out/app'), {'Shop.csproj': csproj('net10.0')}),
    '.NET: the folder of the framework': project(dotnet('/src/bin/Release/net10.0/publish', 'dotnet publish'), {
      'Shop.csproj': csproj('net10.0'),
    }),
    '.NET: a project that lays it elsewhere': project(dotnet('/src/out', 'dotnet publish'), {
      'Shop.csproj': csproj('net10.0').replace('</PropertyGroup>', '<PublishDir>out</PublishDir></PropertyGroup>'),
    }),
    'Go: -o': project(go('/src/web', 'go build -o web ./cmd/web'), goFiles),
    'Go: a folder that another command may make': project(
      go('/src/docs', 'swag init && go build -o web ./cmd/web'),
      goFiles,
    ),
    'Cargo: a package that is in the workspace because another needs it': project(
      cargo('/src/target/release/worker', 'cargo build --release --workspace'),
      {
        ...crate('[workspace]\n[build-dependencies]\nworker = { path = "worker" }\n'),
        'worker/Cargo.toml': '[package]\nname = "worker"\n',
      },
    ),
    'Cargo: a folder of its own': project(cargo('/src/target/release/deps'), crate()),
    'Cargo: all of it, for another target': project(
      cargo('/src/target/x86_64-unknown-linux-musl/release', 'cargo build -r --target x86_64-unknown-linux-musl'),
      crate(),
    ),
    '.NET: a folder that another command may make': project(
      dotnet('/src/out', 'npm run build && dotnet publish -o /app'),
      {
        'Shop.csproj': csproj('net10.0'),
      },
    ),
    'Go: -o into a folder': project(go('/out/web', 'go build -o /out/ ./cmd/web'), goFiles),
    'Go: another folder, to which something else may have taken it': project(
      go('/out/web', 'go build -o web ./cmd/web && install -D web /out/web'),
      goFiles,
    ),
    'Go: the folder of a tool that go installs': project(
      go('/go/bin/migrate', 'go install example.com/migrate@latest && go build -o /out/web ./cmd/web'),
      goFiles,
    ),
    'Cargo: the folder that .cargo/config.toml names': project(cargo('/src/out/release/my-shop'), {
      ...crate(),
      '.cargo/config.toml': '[build]\ntarget-dir = "out"\n',
    }),
    'Cargo: several configurations': project(cargo('/src/target/release/my-shop'), {
      ...crate(),
      '.cargo/config.toml': '[build]\ntarget-dir = "out"\n',
      'tools/.cargo/config.toml': '',
    }),
    'Cargo: a folder that is fetched': project(
      cargo('/src/target/release/other', 'tar xf target.tgz target/release && cargo build --release'),
      crate(),
    ),
    'Leptos: a name of its own': project(cargo('/src/target/release/web', 'cargo leptos build --release'), {
      ...crate('[package.metadata.leptos]\nbin-exe-name = "web"\n'),
    }),
    'Go: one of two': project(go('/out/b', 'go build -o /out/a . && go build -o /out/b ./cmd/web'), goFiles),
  },
  flagged: {
    'pages without their folder': {...pages('./dist'), expect: fromRoot('/dist')},
    'pages below another folder': {...pages('web/dist'), expect: fromRoot('/web/dist')},
    'a file of the context': {...pages('robots.txt'), expect: fromRoot('/robots.txt')},
    'what pnpm deploy writes below its folder': {
      ...project(deployed('/out'), members),
      expect: ['warning Dockerfile:8:1 the stage build has no /out: pnpm deploy writes /repo/out, as ./out says'],
    },
    'a part of what pnpm deploy writes': {
      ...project(deployed('/out/node_modules/'), members),
      expect: [
        'warning Dockerfile:8:1 the stage build has no /out/node_modules/: pnpm deploy writes /repo/out/node_modules, as ./out says',
      ],
    },
    'a program that bun builds beside the sources': {
      ...project(deployed('/server', 'bun build --compile --outfile=server main.ts'), members),
      expect: ['warning Dockerfile:8:1 the stage build has no /server: bun build writes /repo/server, as server says'],
    },
    'mix: another name than that of the app': {
      ...project(mix('/src/_build/${MIX_ENV}/rel/store'), {'mix.exs': mixProject()}),
      expect: [
        'error Dockerfile:9:1 the stage build has no /src/_build/prod/rel/store: mix release writes /src/_build/prod/rel/shop, after app: :shop of mix.exs',
      ],
    },
    'mix: as one of several tasks': {
      ...project(mix('/src/_build/prod/rel/store', 'mix do compile, release'), {'mix.exs': mixProject()}),
      expect: [
        'error Dockerfile:9:1 the stage build has no /src/_build/prod/rel/store: mix release writes /src/_build/prod/rel/shop, after app: :shop of mix.exs',
      ],
    },
    'mix: beside a dependency that is no app': {
      ...project(mix('/src/_build/${MIX_ENV}/rel/store'), {
        'mix.exs': mixProject().replace(
          /end\n$/,
          '  defp deps, do: [{:heroicons, github: "tailwindlabs/heroicons", app: false, compile: false}]\nend\n',
        ),
      }),
      expect: [
        'error Dockerfile:9:1 the stage build has no /src/_build/prod/rel/store: mix release writes /src/_build/prod/rel/shop, after app: :shop of mix.exs',
      ],
    },
    'mix: the environment of development': {
      ...project(mix('/src/_build/prod/rel/shop').replace('ENV MIX_ENV=prod\n', ''), {'mix.exs': mixProject()}),
      expect: [
        'error Dockerfile:8:1 the stage build has no /src/_build/prod/rel/shop: mix release writes /src/_build/dev/rel/shop, without MIX_ENV',
      ],
    },
    'mix: another environment than that of the build': {
      ...project(mix('/src/_build/dev/rel/shop'), {'mix.exs': mixProject()}),
      expect: [
        'error Dockerfile:9:1 the stage build has no /src/_build/dev/rel/shop: mix release writes /src/_build/prod/rel/shop, with MIX_ENV=prod',
      ],
    },
    'mix: no release at all': {
      ...project(mix('/src/_build/prod/rel/shop', 'mix compile'), {'mix.exs': mixProject()}),
      expect: ['error Dockerfile:9:1 the stage build has no /src/_build/prod/rel/shop: no RUN of it makes a release'],
    },
    'mix: another name than those of the releases': {
      ...project(mix('/src/_build/prod/rel/shop'), {
        'mix.exs': mixProject('releases: [web: [include_executables_for: [:unix]]]'),
      }),
      expect: [
        'error Dockerfile:9:1 the stage build has no /src/_build/prod/rel/shop: mix release writes /src/_build/prod/rel/web, after releases: of mix.exs',
      ],
    },
    'Maven: the version has gone on': {
      ...project(maven('shop-1.1.0.jar'), pom()),
      expect: [
        'error Dockerfile:7:1 the stage build has no /src/target/shop-1.1.0.jar: mvn package writes /src/target/shop-1.2.0.jar, after artifactId and version in pom.xml',
      ],
    },
    'Maven: another finalName': {
      ...project(maven('shop-1.2.0.jar'), pom('<build><finalName>app</finalName></build>')),
      expect: [
        'error Dockerfile:7:1 the stage build has no /src/target/shop-1.2.0.jar: mvn package writes /src/target/app.jar, after finalName in pom.xml',
      ],
    },
    'Maven: a war': {
      ...project(maven('shop-1.2.0.jar'), pom('<packaging>war</packaging>')),
      expect: [
        'error Dockerfile:7:1 the stage build has no /src/target/shop-1.2.0.jar: mvn package writes /src/target/shop-1.2.0.war, after artifactId and version in pom.xml',
      ],
    },
    'Maven: a parent from elsewhere may name it': {
      ...project(
        maven('app.jar'),
        pom(
          '',
          '<parent><groupId>com.acme</groupId><artifactId>base</artifactId><version>1</version></parent><artifactId>shop</artifactId>',
        ),
      ),
      expect: [
        'warning Dockerfile:7:1 the stage build has no /src/target/app.jar: mvn package writes /src/target/shop-1.jar, after artifactId and version in pom.xml',
      ],
    },
    'Maven: what cp takes': {
      ...project(maven('*.jar', 'app.jar', 'mvn package && cp target/app.jar /out/app.jar'), pom()),
      expect: [
        'error Dockerfile:4:20 the stage build has no /src/target/app.jar: mvn package writes /src/target/shop-1.2.0.jar, after artifactId and version in pom.xml',
      ],
    },
    'Gradle: another version': {
      ...project(gradle('shop-0.9.jar'), gradleFiles(`${boot}version = '1.0'\n`)),
      expect: [
        'error Dockerfile:7:1 the stage build has no /src/build/libs/shop-0.9.jar: gradle build writes /src/build/libs/shop-1.0.jar and /src/build/libs/shop-1.0-plain.jar, after rootProject.name and the version in build.gradle',
      ],
    },
    'Gradle: settings.gradle is not copied, so that the folder gives the name': {
      ...project(
        gradle('shop-1.0.jar', {run: 'gradle bootJar', copy: 'COPY build.gradle ./'}),
        gradleFiles(`${boot}version = '1.0'\n`),
      ),
      expect: [
        'error Dockerfile:7:1 the stage build has no /src/build/libs/shop-1.0.jar: gradle build writes /src/build/libs/src-1.0.jar, after the folder and the version in build.gradle',
      ],
    },
    'Gradle: two archives into one file': {
      ...project(gradle('x', {run: './gradlew build && cp build/libs/*.jar /app.jar'}), gradleFiles(boot)),
      expect: [
        'error Dockerfile:4:24 /src/build/libs/*.jar finds shop.jar and shop-plain.jar, which do not fit into one file: the command stops',
      ],
    },
    'Gradle: a pattern that finds nothing': {
      ...project(gradle('*-SNAPSHOT.jar', {run: './gradlew bootJar'}), gradleFiles(boot)),
      expect: [
        'warning Dockerfile:7:1 /src/build/libs/*-SNAPSHOT.jar finds nothing in the stage build: gradle build writes /src/build/libs/shop.jar, after rootProject.name and no version in build.gradle',
      ],
    },
    'Cargo: an underscore': {
      ...project(cargo('/src/target/release/my_shop'), crate()),
      expect: [
        'error Dockerfile:6:1 the stage build has no /src/target/release/my_shop: cargo build writes /src/target/release/my-shop, after the package my-shop',
      ],
    },
    'Cargo: not built for release': {
      ...project(cargo('/src/target/release/my-shop', 'cargo build'), crate()),
      expect: [
        'error Dockerfile:6:1 the stage build has no /src/target/release/my-shop: cargo build writes /src/target/debug/my-shop, after the package my-shop',
      ],
    },
    'Cargo: a target has a folder of its own': {
      ...project(
        cargo('/src/target/release/my-shop', 'cargo build --release --target=x86_64-unknown-linux-musl'),
        crate(),
      ),
      expect: [
        'error Dockerfile:6:1 the stage build has no /src/target/release/my-shop: cargo build writes /src/target/x86_64-unknown-linux-musl/release/my-shop, after the package my-shop',
      ],
    },
    'Cargo: .cargo/config.toml names another folder, and a tool was fetched before': {
      ...project(
        cargo(
          '/src/target/release/my-shop',
          'cargo build --release',
          'RUN curl -L https://example.com/releases/tool.tgz | tar xz\n',
        ),
        {...crate(), '.cargo/config.toml': '[build]\ntarget-dir = ".cache/target"\n'},
      ),
      expect: [
        'warning Dockerfile:7:1 the stage build has no /src/target/release/my-shop: cargo build writes /src/.cache/target/release/my-shop, as target-dir in .cargo/config.toml says',
      ],
    },
    'Cargo: .cargo/config.toml builds for a target': {
      ...project(cargo('/src/target/release/my-shop'), {
        ...crate(),
        '.cargo/config.toml': '[build]\ntarget = "x86_64-unknown-linux-musl"\n',
      }),
      expect: [
        'error Dockerfile:6:1 the stage build has no /src/target/release/my-shop: cargo build writes /src/target/x86_64-unknown-linux-musl/release/my-shop, after the package my-shop',
      ],
    },
    'Leptos: the folder of an earlier version': {
      ...project(cargo('/src/target/server/release/my-shop', 'cargo leptos build --release'), crate()),
      expect: [
        'warning Dockerfile:6:1 the stage build has no /src/target/server/release/my-shop: cargo build writes /src/target/release/my-shop, after the package my-shop',
      ],
    },
    'Cargo: left in a cache': {
      ...project(
        cargo('/src/target/release/my-shop', '--mount=type=cache,target=/src/target cargo build --release'),
        crate(),
      ),
      expect: [
        'error Dockerfile:6:1 the stage build has no /src/target/release/my-shop: its RUN writes it into a cache mount, which is in no layer of the image',
      ],
    },
    'left in a cache, where no rule knows the tool': {
      ...project(
        cargo('/src/target/site', '--mount=type=cache,target=target if true; then cargo leptos build; fi'),
        crate(),
      ),
      expect: [
        'error Dockerfile:6:1 the stage build has no /src/target/site: its RUN writes it into a cache mount, which is in no layer of the image',
      ],
    },
    'left in a cache, beside a RUN of the same folder': {
      ...project(
        cargo('/src/target/site', '--mount=type=cache,target=/src/target cargo leptos build\nRUN ./finish.sh'),
        crate(),
      ),
      expect: [
        'warning Dockerfile:7:1 the stage build has no /src/target/site: its RUN writes it into a cache mount, which is in no layer of the image',
      ],
    },
    '.NET: another folder': {
      ...project(dotnet('/app/out', 'dotnet publish -c Release -o /app/publish'), {'Shop.csproj': csproj('net10.0')}),
      expect: [
        'error Dockerfile:6:1 the stage build has no /app/out: dotnet publish writes /app/publish, as -o /app/publish says',
      ],
    },
    '.NET: the folder of another framework': {
      ...project(dotnet('/src/bin/Release/net8.0/publish', 'dotnet publish -c Release'), {
        'Shop.csproj': csproj('net10.0'),
      }),
      expect: [
        'error Dockerfile:6:1 the stage build has no /src/bin/Release/net8.0/publish: dotnet publish writes /src/bin/Release/net10.0/publish, for net10.0 in Shop.csproj',
      ],
    },
    'Go: -o in another folder, with a flag that is not known, and looked at afterwards': {
      ...project(
        'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nARG V\nRUN go build -ldflags "-X main.v=$V" -o web ./cmd/web\nRUN test -f web || (echo none && exit 1)\nFROM debian\nCOPY --from=build /app/web /app\n',
        goFiles,
      ),
      expect: ['error Dockerfile:8:1 the stage build has no /app/web: go build writes /src/web, as -o web says'],
    },
    'Go: a version of its own': {
      ...project(
        go(
          '/app/web',
          'go install golang.org/dl/go1.24.5@latest && go1.24.5 download && go1.24.5 build -o web ./cmd/web',
        ),
        goFiles,
      ),
      expect: ['error Dockerfile:6:1 the stage build has no /app/web: go build writes /src/web, as -o web says'],
    },
    'Go: -o under another name': {
      ...project(go('/src/server', 'CGO_ENABLED=0 go build -o web ./cmd/server'), {
        ...goFiles,
        'cmd/server/main.go': '',
      }),
      expect: ['error Dockerfile:6:1 the stage build has no /src/server: go build writes /src/web, as -o web says'],
    },
  },
})
