import systemFiles from '../../../checks/image/system-files.ts'
import {testCheck} from '../../harness.ts'

const calling = 'package main\n\nfunc pay() {\n\thttp.Get("https://api.stripe.com/v1/charges")\n}\n'
const local = 'package main\n\nvar zone, _ = time.LoadLocation("Europe/Berlin")\n'
const go = (
  image: string,
  code: string,
  after = '',
  {mod = 'module shop\n', fly = '', build = 'go build -o /shop .'} = {},
) => ({
  files: {
    'fly.toml': `app = "shop"\n${fly}`,
    Dockerfile: `FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN ${build}\nFROM ${image}\nCOPY --from=build /shop /shop\n${after}CMD ["/shop"]\n`,
    'go.mod': mod,
    'main.go': code,
  },
})
const rust = (lock: string, crate = 'reqwest = "0.12"') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM rust:1-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:bookworm-slim\nCOPY --from=build /src/target/release/shop /shop\nCMD ["/shop"]\n',
    'Cargo.toml': `[package]\nname = "shop"\n\n[dependencies]\n${crate}\n`,
    'Cargo.lock': lock,
  },
})
const apt = (names: string) => `RUN apt-get update && apt-get install -y --no-install-recommends ${names}\n`

testCheck(systemFiles, {
  clean: {
    'no call is seen': go('scratch', 'package main\nfunc main() {}\n'),
    'a package of the workspace that is not in the image calls': {
      files: {
        ...rust(
          '[[package]]\nname = "api"\n\n[[package]]\nname = "cli"\ndependencies = [\n "reqwest",\n]\n\n[[package]]\nname = "reqwest"\ndependencies = [\n "native-tls",\n]\n',
        ).files,
        Dockerfile:
          'FROM rust:1-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release -p api\nFROM debian:bookworm-slim\nCOPY --from=build /src/target/release/api /api\nCMD ["/api"]\n',
        'Cargo.toml': '[workspace]\nmembers = ["api", "cli"]\n',
        'api/Cargo.toml': '[package]\nname = "api"\n',
        'cli/Cargo.toml': '[package]\nname = "cli"\n\n[dependencies]\nreqwest = "0.12"\n',
      },
    },
    'certificates are copied': go(
      'scratch',
      calling,
      'COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n',
    ),
    'a whole root is copied': go('scratch', calling, 'COPY --from=build /rootfs /\n'),
    'distroless has them': go('gcr.io/distroless/static-debian12', calling),
    'alpine has certificates': go('alpine:3.22', calling),
    'another base is not known': go('ghcr.io/acme/base', calling),
    'Debian, with the package': go('debian:bookworm-slim', calling, apt('ca-certificates')),
    'curl recommends it': go('debian:bookworm-slim', calling, 'RUN apt-get update && apt-get install -y curl\n'),
    'they are in the program': go('scratch', calling, '', {
      mod: 'module shop\n\nrequire golang.org/x/crypto/x509roots/fallback v0.0.0\n',
    }),
    'certificates of its own': go('scratch', calling.replace('{\n', '{\n\tx := tls.Config{RootCAs: pool}\n')),
    'a variable leads to them': go('scratch', calling, 'ENV SSL_CERT_FILE=/ca.pem\n'),
    'a client that is not called directly': go('scratch', 'package main\n', '', {
      mod: 'module shop\n\nrequire github.com/stripe/stripe-go/v76 v76.0.0 // indirect\n',
    }),
    'a server on the private network': go('scratch', calling.replace('https://api.stripe.com', 'http://api.internal')),
    'an address that no call has': go('scratch', 'package main\n\nconst home = "https://shop.example.com"\n'),
    'a name for an address within': go(
      'scratch',
      'package main\n\nfunc main() {\n\taddress := os.Getenv("API")\n\thttp.Get(address)\n}\n',
    ),
    'a call in a comment': go('scratch', calling.replace('http.Get', '// http.Get')),
    'a call of the tests alone': {
      files: {...go('scratch', 'package main\n').files, 'main_test.go': calling},
    },
    'zones are in the program': go('scratch', `import _ "time/tzdata"\n${local}`),
    'zones, by a tag of the build': go('scratch', local, '', {build: 'go build -tags timetzdata -o /shop .'}),
    'Debian has zones': go('debian:bookworm-slim', local),
    'Alpine, with tzdata': go('alpine:3.22', local, 'RUN apk add --no-cache tzdata\n'),
    'a zone that is handed over': go(
      'scratch',
      'package main\n\nfunc zone(name string) {\n\ttime.LoadLocation(name)\n}\n\nvar name = "Europe/Berlin"\n',
    ),
    'a zone with another value later': go(
      'scratch',
      'package main\n\nfunc main() {\n\tname := "Europe/Berlin"\n\tname = zoneOf()\n\ttime.LoadLocation(name)\n}\n',
    ),
    'UTC needs none': go('scratch', local.replace('Europe/Berlin', 'UTC')),
    'Rust with certificates in the program': rust(
      '[[package]]\nname = "reqwest"\ndependencies = [\n "native-tls",\n "webpki-roots 0.26.8",\n]\n',
    ),
    'Rust without TLS': rust('name = "hyper"\n'),
    'Rust, which asks the system, and has roots of its own': rust(
      '[[package]]\nname = "rustls-native-certs"\n',
      'rustls-native-certs = "0.8"\nwebpki-roots = "1"',
    ),
    'Rust, which may ask the system': rust(
      '[[package]]\nname = "rustls-native-certs"\n',
      'rustls-native-certs = {version = "0.8", optional = true}',
    ),
  },
  flagged: {
    'a call from scratch': {
      ...go('scratch', calling),
      expect: [
        'warning Dockerfile:5:1 scratch has no certificates: https to api.stripe.com (main.go) fails, for nothing tells which servers to trust',
      ],
    },
    'the address has a name': {
      ...go(
        'scratch',
        'package main\n\nconst (\n\tapi = "https://api.stripe.com/v1"\n)\n\nfunc pay() {\n\treq, _ := http.NewRequest("POST", api+"/charges", nil)\n}\n',
      ),
      expect: [
        'warning Dockerfile:5:1 scratch has no certificates: https to api.stripe.com (main.go) fails, for nothing tells which servers to trust',
      ],
    },
    'a client of a service': {
      ...go('scratch', 'package main\n', '', {
        mod: 'module shop\n\nrequire (\n\tgithub.com/stripe/stripe-go/v76 v76.0.0\n)\n',
      }),
      expect: [
        'warning Dockerfile:5:1 scratch has no certificates: https to the servers that github.com/stripe/stripe-go asks (go.mod) fails, for nothing tells which servers to trust',
      ],
    },
    'slim Debian, with other packages': {
      ...go('debian:bookworm-slim', calling, apt('tini')),
      expect: [
        'warning Dockerfile:7:23 debian:bookworm-slim has no certificates: https to api.stripe.com (main.go) fails, for nothing tells which servers to trust',
      ],
    },
    'curl, without what it recommends': {
      ...go(
        'debian:bookworm-slim',
        calling,
        'RUN apt-get update && \\\n  apt-get install -y --no-install-recommends curl libssl3\n',
      ),
      expect: [
        'warning Dockerfile:8:3 debian:bookworm-slim has no certificates: https to api.stripe.com (main.go) fails, for nothing tells which servers to trust',
      ],
    },
    Rust: {
      ...rust(
        '[[package]]\nname = "reqwest"\ndependencies = [\n "hyper-tls",\n]\n\n[[package]]\nname = "hyper-tls"\ndependencies = [\n "native-tls",\n]\n',
      ),
      expect: [
        'warning Dockerfile:5:1 debian:bookworm-slim has no certificates: https to what reqwest calls (Cargo.toml) fails, for nothing tells which servers to trust',
      ],
    },
    'Rust, which asks the system itself': {
      ...rust('[[package]]\nname = "rustls-native-certs"\n', 'rustls-native-certs = "0.8"'),
      expect: [
        'warning Dockerfile:5:1 debian:bookworm-slim has no certificates: https to what the program calls (Cargo.toml) fails, for nothing tells which servers to trust',
      ],
    },
    'Rust, where only the database brings certificates of its own': {
      ...rust(
        '[[package]]\nname = "reqwest"\ndependencies = [\n "rustls-platform-verifier",\n]\n\n[[package]]\nname = "sqlx-core"\ndependencies = [\n "webpki-roots 0.26.8",\n]\n\n[[package]]\nname = "webpki-roots"\n',
      ),
      expect: [
        'warning Dockerfile:5:1 debian:bookworm-slim has no certificates: https to what reqwest calls (Cargo.toml) fails, for nothing tells which servers to trust',
      ],
    },
    'a zone in scratch': {
      ...go('scratch', local),
      expect: [
        'warning Dockerfile:5:1 scratch has no time zones: LoadLocation("Europe/Berlin") in main.go fails ("unknown time zone")',
      ],
    },
    'a zone that has a name': {
      ...go(
        'alpine:3.22',
        'package main\n\nfunc main() {\n\tname := "Asia/Jakarta"\n\tzone, err := time.LoadLocation(name)\n}\n',
      ),
      expect: [
        'warning Dockerfile:5:1 alpine:3.22 has no time zones: LoadLocation("Asia/Jakarta") in main.go fails ("unknown time zone")',
      ],
    },
    'TZ on Alpine': {
      ...go('alpine:3.22', 'package main\n', '', {fly: '[env]\n  TZ = "Europe/Berlin"\n'}),
      expect: [
        'warning Dockerfile:5:1 alpine:3.22 has no time zones: TZ is Europe/Berlin, and the program goes by UTC all the same',
      ],
    },
  },
})
