import check from '../../../checks/image/dotnet-runtime.ts'
import {testCheck} from '../../harness.ts'

const csproj = (sdk: string, more = '') =>
  `<Project Sdk="${sdk}">\n  <PropertyGroup>\n    <TargetFramework>net8.0</TargetFramework>${more}\n  </PropertyGroup>\n</Project>\n`
const project = (
  last: string,
  {release = '', files = {}, publish = ''}: {release?: string; files?: Record<string, string>; publish?: string} = {},
) => ({
  files: {
    'fly.toml': `app = "shop"\n${release && `[deploy]\nrelease_command = "${release}"\n`}`,
    Dockerfile: `FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -c Release -o /app${publish}\n${last}`,
    'Shop.csproj': csproj('Microsoft.NET.Sdk.Web'),
    ...files,
  },
})
const runtime = (image: string, more = '', command = 'CMD ["dotnet", "Shop.dll"]') =>
  `FROM mcr.microsoft.com/dotnet/${image}\nWORKDIR /app\nCOPY --from=build /app .\n${more}${command}\n`
const migrates = {release: 'dotnet ef database update'}

testCheck(check, {
  clean: {
    'a .dll': project(runtime('aspnet:8.0')),
    'a bundle': project(runtime('aspnet:8.0'), {release: '/app/efbundle'}),
    'an SDK that is installed': project(runtime('aspnet:8.0', 'RUN apt-get install -y dotnet-sdk-8.0\n'), migrates),
    'an SDK that is copied': project(
      runtime('aspnet:8.0', 'COPY --from=build /usr/share/dotnet /usr/share/dotnet\n'),
      migrates,
    ),
    'a tool that is installed': project(runtime('sdk:8.0', 'RUN dotnet tool install -g dotnet-ef\n'), migrates),
    'a tool that is restored': project(runtime('sdk:8.0'), {
      ...migrates,
      files: {'.config/dotnet-tools.json': '{"tools": {"dotnet-ef": {"version": "8.0.4"}}}'},
    }),
    'dotnet run with the SDK': project(runtime('sdk:8.0', '', 'CMD ["dotnet", "run"]')),
    'a worker on runtime': project(runtime('runtime:8.0'), {
      files: {'Shop.csproj': csproj('Microsoft.NET.Sdk.Worker')},
    }),
    'one that brings its runtime': project(runtime('runtime:8.0'), {publish: ' --self-contained'}),
    'another image': project('FROM example/dotnet\nCMD ["dotnet", "run"]\n', migrates),
    'a script that goes on without': project(runtime('aspnet:8.0', 'COPY start.sh .\n', 'CMD ["sh", "start.sh"]'), {
      files: {'start.sh': 'dotnet ef database update || true\nexec dotnet Shop.dll\n'},
    }),
  },
  flagged: {
    'dotnet ef on the runtime': {
      ...project(runtime('aspnet:8.0'), migrates),
      expect: [
        'error fly.toml:3:1 release_command starts dotnet ef, which is of the SDK, and mcr.microsoft.com/dotnet/aspnet:8.0 has the runtime alone',
      ],
    },
    'dotnet run on the runtime': {
      ...project(runtime('aspnet:8.0', '', 'CMD dotnet run --no-build')),
      expect: [
        'error Dockerfile:8:1 CMD starts dotnet run, which is of the SDK, and mcr.microsoft.com/dotnet/aspnet:8.0 has the runtime alone',
      ],
    },
    'dotnet ef on the SDK, without the tool': {
      ...project(runtime('sdk:8.0'), migrates),
      expect: [
        'error fly.toml:3:1 release_command starts dotnet ef, a tool of its own, which neither mcr.microsoft.com/dotnet/sdk:8.0 nor a RUN brings',
      ],
    },
    'ASP.NET on runtime': {
      ...project(runtime('runtime:8.0')),
      expect: [
        'error Dockerfile:8:1 CMD starts Shop.dll, which needs ASP.NET, and mcr.microsoft.com/dotnet/runtime:8.0 does not have it',
      ],
    },
  },
})
