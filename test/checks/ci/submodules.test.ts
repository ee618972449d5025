import check from '../../../checks/ci/submodules.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const list = (path: string) => `[submodule "shop"]\n\tpath = ${path}\n\turl = https://github.com/shop/${path}.git\n`
const files = {
  Dockerfile: 'FROM nginx:1\nCOPY site /usr/share/nginx/html\n',
  '.gitmodules': list('site'),
}
const fetching = (step: string) => workflow({steps: `${step}${setup}      - run: flyctl deploy\n${token}`, files})
const building = (more: Readonly<Record<string, string>>) => workflow({files: {...files, ...more}})
const told = (path: string) => [
  `warning .github/workflows/deploy.yml:6:7 ${path} is a submodule, and this checkout does not fetch it: the image is built with an empty folder`,
]

testCheck(check, {
  clean: {
    'the checkout fetches it': fetching(`${checkout}        with:\n          submodules: true\n`),
    'and all of its own': fetching(`${checkout}        with:\n          submodules: recursive\n`),
    'the checkout may fetch it': fetching(`${checkout}        with:\n          submodules: \${{ inputs.all }}\n`),
    'a step fetches it': fetching(`${checkout}      - run: git submodule update --init\n`),
    'an artifact of another job': fetching(`${checkout}      - uses: actions/download-artifact@v4\n`),
    'another repository': fetching(`${checkout}        with:\n          repository: shop/site\n`),
    'two checkouts': fetching(`${checkout}${checkout}`),
    'nothing names it': building({Dockerfile: 'FROM nginx:1\nCOPY . /srv\n'}),
    'another folder of that beginning': building({
      Dockerfile: 'FROM nginx:1\nCOPY site-map /srv\n',
      'site-map/a.xml': '',
    }),
    'the image has none of it': building({'.dockerignore': 'site\n'}),
    'git has its files': building({'site/index.html': ''}),
    'the build fetches it': building({Dockerfile: 'FROM alpine:3\nCOPY . .\nRUN git clone https://x.y/site site\n'}),
    'a pattern of a project of .NET, which may match nothing': building({
      '.gitmodules': list('src/Models/json'),
      Dockerfile: 'FROM mcr.microsoft.com/dotnet/sdk:8.0\nCOPY . .\nRUN dotnet publish src/Models\n',
      'src/Models/Models.csproj': '<Project>\n<AdditionalFiles Include="json/*.json" />\n</Project>\n',
    }),
    'a ready image': workflow({run: 'flyctl deploy --image shop:1', files}),
  },
  flagged: {
    'a plain checkout': {...building({}), expect: told('site')},
    'it is told not to': {
      ...fetching(`${checkout}        with:\n          submodules: false\n`),
      expect: told('site'),
    },
    'from a stage in which all was copied': {
      ...building({
        Dockerfile:
          'FROM golang:1 AS build\nWORKDIR /app\nCOPY . .\nFROM alpine:3\nCOPY --from=build /app/site ./site\n',
      }),
      expect: told('site'),
    },
    'a project of .NET that takes a file of it in': {
      ...building({
        '.gitmodules': list('src/Models/json'),
        Dockerfile: 'FROM mcr.microsoft.com/dotnet/sdk:8.0\nCOPY . .\nRUN dotnet publish src/Models\n',
        'src/Models/Models.csproj': '<Project>\n<AdditionalFiles Include="json/planets.json" />\n</Project>\n',
      }),
      expect: told('src/Models/json'),
    },
    'a manifest that names it': {
      ...building({
        '.gitmodules': list('vendor/money'),
        Dockerfile: 'FROM rust:1\nCOPY . .\nRUN cargo build\n',
        'Cargo.toml': '[package]\nname = "shop"\n[dependencies]\nmoney = { path = "vendor/money" }\n',
      }),
      expect: told('vendor/money'),
    },
  },
})
