import check from '../../../checks/image/swift-libraries.ts'
import {testCheck} from '../../harness.ts'

const manifest =
  'let package = Package(\n  name: "Shop",\n  targets: [\n    .executableTarget(name: "App"),\n    .testTarget(name: "AppTests", resources: [.copy("Fixtures")]),\n  ]\n)\n'
const withResources = manifest.replace('name: "App"', 'name: "App", resources: [.process("Resources")]')

const swift = (
  {
    flags = ' --static-swift-stdlib',
    final = 'ubuntu:22.04',
    more = '',
    copy = '/build/.build/release/App /usr/local/bin/App',
  },
  code = 'print("shop")\n',
  written = manifest,
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM swift:6.1-jammy AS build\nWORKDIR /build\nCOPY . .\nRUN swift build -c release${flags}\nFROM ${final}\n${more}COPY --from=build ${copy}\nCMD ["App"]\n`,
    'Package.swift': written,
    'Sources/App/App.swift': code,
    'Tests/AppTests/AppTests.swift': 'import FoundationXML\nlet url = Bundle.module.resourceURL\n',
  },
})

const apt = (name: string) => `RUN apt-get update && apt-get install -y ${name}\n`

testCheck(check, {
  clean: {
    'the libraries are linked in': swift({}),
    'the image has them': swift({flags: '', final: 'swift:6.1-jammy-slim'}),
    'they are copied': swift({flags: '', more: 'COPY --from=build /usr/lib/swift/linux /usr/lib/swift/linux\n'}),
    'a program for musl': swift({flags: ' --swift-sdk x86_64-swift-linux-musl', final: 'scratch'}),
    'the whole program is static': swift({flags: ' -Xswiftc -static-executable', final: 'scratch'}),
    'the static SDK by its short name': swift({flags: ' --swift-sdk aarch64-swift-linux-musl', final: 'scratch'}),
    'the SDK is an argument': swift({flags: ' --swift-sdk $SDK', final: 'scratch'}),
    'flags of a variable': swift({flags: ' $FLAGS'}),
    'ldd says what is copied': swift({
      flags: " && mkdir /libs && ldd .build/release/App | awk '{print $3}' | xargs -I{} cp {} /libs",
      more: 'COPY --from=build /libs /usr/lib\n',
    }),
    'all libraries are copied': swift({flags: '', more: 'COPY --from=build /usr/lib /usr/lib\n'}),
    'all libraries are copied from the slim image': swift({flags: '', more: 'COPY --from=swift:6.1-slim /usr /usr\n'}),
    'Debian has a package of it': swift({flags: '', final: 'debian:trixie-slim', more: apt('swiftlang')}),
    'the manifest says it': swift(
      {flags: ''},
      '',
      manifest.replace('name: "App"', 'name: "App", linkerSettings: [.unsafeFlags(["-static-stdlib"])]'),
    ),
    'the library of the system is installed': swift({more: apt('libxml2')}, 'import FoundationXML\n'),
    'curl brings its library': swift({more: apt('curl')}, 'import FoundationNetworking\n'),
    'resources that nobody reads': swift({}, '', withResources),
    'the resources are copied': swift(
      {more: 'COPY --from=build /build/.build/release/Shop_App.resources /usr/local/bin/Shop_App.resources\n'},
      'let url = Bundle.module.resourceURL\n',
      withResources,
    ),
    'the whole folder is copied': swift(
      {copy: '/build/.build/release /app'},
      'let url = Bundle.module.resourceURL\n',
      withResources,
    ),
  },
  flagged: {
    'the libraries of Swift': {
      ...swift({flags: ''}),
      expect: [
        'error Dockerfile:6:1 the program is linked to the libraries of Swift, which ubuntu:22.04 does not have: it stops with "libswiftCore.so: cannot open shared object file"',
      ],
    },
    'a library of the system': {
      ...swift({}, '#if canImport(FoundationXML)\nimport FoundationXML\n#endif\n'),
      expect: [
        'warning Dockerfile:6:1 Foundation loads libxml2 for what the code imports, and ubuntu:22.04 does not have it: the program is likely to stop when it starts',
      ],
    },
    'the resources of a target': {
      ...swift(
        {
          flags: ' --static-swift-stdlib && install -m 755 .build/release/App /usr/local/bin/App',
          copy: '/usr/local/bin/App /usr/local/bin/App',
        },
        'let url = Bundle.module.resourceURL\n',
        withResources,
      ),
      expect: [
        'warning Dockerfile:6:1 the code reads Bundle.module, and no COPY brings Shop_App.resources beside the program: it stops there with "unable to find bundle"',
      ],
    },
  },
})
