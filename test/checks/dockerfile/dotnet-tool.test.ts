import check from '../../../checks/dockerfile/dotnet-tool.ts'
import {testCheck} from '../../harness.ts'

const project = (
  dockerfile: string,
  files: Record<string, string> = {},
  from = 'mcr.microsoft.com/dotnet/sdk:10.0',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${from}\nWORKDIR /src\n${dockerfile}`,
    'Shop.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web" />\n',
    ...files,
  },
})
const install = 'RUN dotnet tool install --global dotnet-ef --version 10.0.0\n'
const bundle = 'COPY . .\nRUN dotnet ef migrations bundle -o /app/efbundle\n'
const manifest = {
  '.config/dotnet-tools.json': '{"tools": {"dotnet-ef": {"version": "10.0.0", "commands": ["dotnet-ef"]}}}',
}

testCheck(check, {
  clean: {
    'PATH has its folder': project(`${install}ENV PATH="$PATH:/root/.dotnet/tools"\n${bundle}`),
    'PATH is set before': project(`ENV PATH="/root/.dotnet/tools/:$PATH"\n${install}${bundle}`),
    'PATH in the RUN itself': project(
      `${install}COPY . .\nRUN export PATH="$PATH:/root/.dotnet/tools" && dotnet ef migrations bundle\n`,
    ),
    'its place is named': project(`${install}COPY . .\nRUN /root/.dotnet/tools/dotnet-ef migrations bundle\n`),
    'a folder of its own': project(`RUN dotnet tool install dotnet-ef --tool-path /usr/local/bin\n${bundle}`),
    'a manifest that is restored': project(
      `COPY . .\nRUN dotnet tool restore && dotnet ef migrations bundle\n`,
      manifest,
    ),
    'a manifest that the build makes': project(
      `RUN dotnet new tool-manifest && dotnet tool install dotnet-ef\n${bundle}`,
    ),
    'a link on PATH': project(`${install}RUN ln -s /root/.dotnet/tools/dotnet-ef /usr/local/bin/\n${bundle}`),
    'a script that may install it': project(`COPY . .\nRUN ./tools.sh && dotnet ef migrations bundle\n`),
    'another image': project(bundle, {}, 'registry.example.com/sdk:10'),
    'an ef that may fail': project('COPY . .\nRUN dotnet ef migrations bundle || true\n'),
  },
  flagged: {
    'a global tool': {
      ...project(`${install}${bundle}`),
      expect: [
        'error Dockerfile:5:5 this RUN calls dotnet ef, which is installed into /root/.dotnet/tools, and PATH does not name that folder: the build stops with "Could not execute"',
      ],
    },
    'a global tool of the same RUN': {
      ...project('COPY . .\nRUN dotnet tool install -g dotnet-ef && dotnet-ef migrations bundle\n'),
      expect: [
        'error Dockerfile:4:41 this RUN calls dotnet-ef, which is installed into /root/.dotnet/tools, and PATH does not name that folder: the build stops with "dotnet-ef: not found"',
      ],
    },
    'no tool': {
      ...project(bundle),
      expect: [
        'error Dockerfile:4:5 this RUN calls dotnet ef, which is no part of the SDK, and nothing installs it before: the build stops with "Could not execute"',
      ],
    },
    'a manifest that is not restored': {
      ...project(bundle, manifest),
      expect: [
        'error Dockerfile:4:5 this RUN calls dotnet ef, which /src/.config/dotnet-tools.json lists, and nothing restores it before: the build stops with "Could not execute"',
      ],
    },
  },
})
